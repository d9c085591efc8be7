import { connect } from 'node:http2';
import { afterEach, expect, test } from 'vitest';
import { createCertificate } from './certificate.ts';
import { startModelServer } from './model-server.ts';
import { scriptOf, withFaults } from './script.ts';
import type { ModelServer } from './types.ts';

let server: ModelServer | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

/** One request over a connection of its own: status and body, or what broke it. */
async function ask(url: string, prompt: string): Promise<string> {
  const session = connect(new URL(url).origin, { rejectUnauthorized: false });
  session.on('error', () => {});
  const body = JSON.stringify({ model: 'm', stream: true, messages: [{ role: 'user', content: prompt }] });
  try {
    return await new Promise<string>((resolve) => {
      const stream = session.request({ ':method': 'POST', ':path': '/v1/chat/completions', 'content-type': 'application/json' });
      let text = '';
      stream.setEncoding('utf8');
      stream.on('response', (headers) => (text += `${headers[':status']} `));
      stream.on('data', (part: string) => (text += part));
      stream.on('error', () => resolve(`${text}broken`));
      stream.on('end', () => resolve(text));
      stream.end(body);
    });
  } finally {
    session.destroy();
  }
}

test('the same script and faults go over HTTP/2', async () => {
  const script = withFaults(scriptOf({ root: [], sub: ({ prompt }) => `reply to ${prompt}` }), [
    { when: ({ prompt }) => prompt === 'busy', fault: { kind: 'status', status: 429 } },
    { when: ({ prompt }) => prompt === 'reset', fault: { kind: 'reset' } },
    { when: ({ prompt }) => prompt === 'cut', fault: { kind: 'cut', afterChunks: 1 } },
  ]);
  server = await startModelServer({ script, certificate: await createCertificate() });
  expect(server.url).toMatch(/^https:/);
  expect(await ask(server.url, 'one')).toMatch(/^200 data: .*reply to one.*\[DONE\]\n\n$/s);
  expect(await ask(server.url, 'busy')).toMatch(/^429 /);
  expect(await ask(server.url, 'reset')).toBe('broken');
  expect(await ask(server.url, 'cut')).toMatch(/^200 data: .*reply.*broken$/s);
  expect(server.stats()).toMatchObject({ sub: 4, aborted: 0 });
});
