import { afterEach, expect, test } from 'vitest';
import { startModelServer } from '../../e2e/model-server/model-server.ts';
import type { ModelServer, ModelServerOptions } from '../../e2e/model-server/types.ts';
import { checkConnection, type ConnectionResult } from './connection.ts';

let server: ModelServer | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

async function check(options: Partial<ModelServerOptions>, key: string | null = null): Promise<ConnectionResult> {
  server = await startModelServer({ script: () => 'x', ...options });
  return checkConnection({ baseUrl: server.url, key, fetch });
}

const page = (status: number, type: string, body: string): Partial<ModelServerOptions> => ({ models: { status, type, body } });

test('lists models, sorted and once each', async () => {
  const result = await check({ models: ['zeta', 'alpha', 'zeta', 'beta'] });
  expect(result).toMatchObject({ ok: true, models: ['alpha', 'beta', 'zeta'] });
});

test('lists at most a thousand', async () => {
  const result = await check({ models: Array.from({ length: 1_500 }, (_, n) => `model-${n}`) });
  expect(result.ok && result.models.length).toBe(1_000);
});

test('understands a bare list and Ollama’s', async () => {
  for (const body of ['[{"id":"b"},{"id":"a"}]', '{"models":[{"name":"b"},{"name":"a"}]}']) {
    expect(await check(page(200, 'application/json', body))).toMatchObject({ models: ['a', 'b'] });
    await server?.close();
  }
});

test('sends the key, and no header without one', async () => {
  expect((await check({ key: 'sk-right' }, 'sk-right')).ok).toBe(true);
  expect(server?.requests[0]?.headers['authorization']).toBe('Bearer sk-right');
  await server?.close();
  await check({}, null);
  expect(server?.requests[0]?.headers).not.toHaveProperty('authorization');
});

test.each<[string, Partial<ModelServerOptions>, string | null, RegExp]>([
  ['a wrong key', { key: 'sk-right', echoKey: 'whole' }, 'sk-wrong-key', /refused the API key \(401\)/],
  ['no key where one is wanted', { key: 'sk-right' }, null, /wants an API key/],
  ['a forbidden key', page(403, 'application/json', '{}'), 'sk-a', /does not allow this \(403\)/],
  ['a wrong path', page(404, 'text/plain', 'nope'), null, /does not know this address \(404\)/],
  ['a server error', page(500, 'text/plain', 'oops'), null, /could not answer now \(500\)/],
  ['a web page', page(200, 'text/html', '<html></html>'), null, /it sent a web page/],
  ['other JSON', page(200, 'application/json', '{"hello":1}'), null, /no list of models/],
])('%s is told', async (_name, options, key, words) => {
  const result = await check(options, key);
  expect(result.ok).toBe(false);
  if (result.ok) return;
  expect(result.message).toMatch(words);
  expect(result.message).not.toContain('sk-wrong-key');
});

test('a dead host, a silent host and a bad URL are told apart', async () => {
  const { url, close } = await startModelServer({ script: () => 'x' });
  await close();
  expect(await checkConnection({ baseUrl: url, key: null, fetch })).toMatchObject({ message: expect.stringMatching(/Could not reach/) });
  const silent: typeof fetch = (_url, init) =>
    new Promise((_resolve, reject) => {
      init?.signal?.addEventListener('abort', () => reject(new DOMException('', 'TimeoutError')));
    });
  const slow = await checkConnection({ baseUrl: 'https://slow.example.com', key: null, fetch: silent, timeoutMs: 50 });
  expect(slow).toEqual({ ok: false, message: expect.stringMatching(/did not answer within 0\.05 seconds/) });
  const bad = await checkConnection({ baseUrl: 'https://me:pw@host', key: null, fetch });
  expect(bad).toEqual({ ok: false, message: expect.stringMatching(/password/) });
  const far = await checkConnection({ baseUrl: 'https://api.example.invalid/v1', key: 'k', fetch: () => Promise.reject(new TypeError('Failed to fetch')) });
  expect(far).toEqual({ ok: false, message: expect.stringMatching(/key is refused.*CORS.*local network/s) });
});
