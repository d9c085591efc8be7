import { afterEach, describe, expect, test } from 'vitest';
import { startModelServer } from '../../e2e/model-server/model-server.ts';
import type { ModelServer, ModelServerOptions } from '../../e2e/model-server/types.ts';
import { checkConnection, type ConnectionRequest, type ConnectionResult } from './connection.ts';

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

test('a wrong path and an API without a list are told apart', async () => {
  server = await startModelServer({ script: () => 'x', models: { status: 404, type: 'text/plain', body: 'nope' } });
  expect(await checkConnection({ baseUrl: server.url, key: null, fetch })).toMatchObject({ ok: true, models: [] });
  const wrong = await checkConnection({ baseUrl: server.url.replace('/v1', '/v2'), key: null, fetch });
  expect(wrong).toEqual({ ok: false, message: expect.stringMatching(/does not know this address \(404\)/) });
});

test('an API without a list that refuses the key says so', async () => {
  const answers = replies({ '/models': new Response('no', { status: 404 }), '/chat/completions': new Response('{}', { status: 401 }) });
  const result = await checkConnection({ baseUrl: 'https://api.example.com/v1', key: 'sk-abcd', fetch: answers.fetch });
  expect(result).toEqual({ ok: false, message: expect.stringMatching(/api\.example\.com refused the API key/) });
  expect(answers.asked[1]).toMatchObject({ method: 'POST', body: '{}' });
});

test('a host that lists its models for everybody is asked about the key', async () => {
  const openrouter = (status: number, key: string | null) => {
    const answers = replies({ '/models': Response.json({ data: [{ id: 'a' }] }), '/key': new Response('{}', { status }) });
    return checkConnection({ baseUrl: '', provider: 'openrouter', key, fetch: answers.fetch });
  };
  expect(await openrouter(200, 'sk-or-good')).toMatchObject({ ok: true, models: ['a'] });
  expect(await openrouter(401, 'sk-or-bad1')).toEqual({ ok: false, message: expect.stringMatching(/openrouter\.ai refused the API key/) });
  expect(await openrouter(401, null)).toEqual({ ok: false, message: expect.stringMatching(/wants an API key/) });
  expect(await openrouter(500, 'sk-or-good')).toMatchObject({ ok: true });
});

describe('what is sent', () => {
  const list = () => Response.json({ data: [{ id: 'models/gemini-b' }, { id: 'a' }] });

  test('the host’s own headers and its own way to list, by the address alone', async () => {
    const answers = replies({ '/models?limit=1000': list() });
    await checkConnection({ baseUrl: 'https://api.anthropic.com/v1', key: 'sk-ant-abcd', fetch: answers.fetch });
    expect(answers.asked[0]?.url).toBe('https://api.anthropic.com/v1/models?limit=1000');
    expect(answers.asked[0]?.headers).toEqual({
      'anthropic-dangerous-direct-browser-access': 'true',
      'anthropic-version': '2023-06-01',
      'x-api-key': 'sk-ant-abcd',
    });
  });

  test('the provider’s address where none is typed, and names without their collection', async () => {
    const answers = replies({ '/models': list() });
    const result = await checkConnection({ baseUrl: '', provider: 'openai', key: 'sk-abcd', fetch: answers.fetch });
    expect(result).toMatchObject({ ok: true, models: ['a', 'gemini-b'] });
    expect(answers.asked[0]).toMatchObject({ url: 'https://api.openai.com/v1/models', headers: { authorization: 'Bearer sk-abcd' } });
  });

  test('the address space, from a public page to this computer only', async () => {
    const local = replies({ '/models': list() });
    await checkConnection({ baseUrl: 'http://localhost:1/v1', key: null, fetch: local.fetch, origin: 'https://app.example' });
    expect(local.asked[0]?.space).toBe('loopback');
    const same = replies({ '/models': list() });
    await checkConnection({ baseUrl: 'http://localhost:1/v1', key: null, fetch: same.fetch, origin: 'http://localhost:4173' });
    expect(same.asked[0]?.space).toBeUndefined();
  });
});

describe('what a browser hides', () => {
  const PAGE = 'https://app.example';
  const check = async (more: Partial<ConnectionRequest> & Pick<ConnectionRequest, 'fetch'>): Promise<string> => {
    const result = await checkConnection({ baseUrl: 'https://api.example.com/v1', key: null, origin: PAGE, ...more });
    return result.ok ? 'connected' : result.message;
  };
  /** Answers as a browser would let a page see them: to no-cors requests, to those without a key, to all. */
  const seen = (visible: 'nothing' | 'opaque' | 'without key'): typeof fetch =>
    async (_url, init) => {
      const keyed = new Headers(init?.headers).has('authorization');
      if (init?.mode === 'no-cors' && visible !== 'nothing') return Response.error();
      if (visible === 'without key' && !keyed) return new Response('', { status: 401 });
      throw new TypeError('Failed to fetch');
    };
  const state = (answers: Readonly<Record<string, PermissionState>>) => async (name: string) => answers[name] ?? null;

  test('a server that is up and allows no pages', async () => {
    expect(await check({ fetch: seen('opaque') })).toMatch(/api\.example\.com is up.*\(CORS\).*answer pages of https:\/\/app\.example/);
    expect(await check({ fetch: seen('opaque'), provider: 'ollama', baseUrl: 'http://localhost:11434/v1' })).toMatch(
      /localhost:11434 is up.*Set the environment variable OLLAMA_ORIGINS to https:\/\/app\.example/,
    );
  });

  test('a key that is refused without a word', async () => {
    const key = 'sk-abcd';
    expect(await check({ fetch: seen('without key'), key })).toMatch(/most likely it refused the key/);
    expect(await check({ fetch: seen('opaque'), key, baseUrl: 'https://api.openai.com/v1' })).toMatch(/most likely it refused the key/);
    const both = await check({ fetch: seen('opaque'), key });
    expect(both).toMatch(/refused the key, or does not allow calls from web pages \(CORS\)/);
    expect(both).not.toContain(key);
  });

  test('a key that is missing where the host always wants one', async () => {
    expect(await check({ fetch: seen('opaque'), baseUrl: 'https://api.openai.com/v1' })).toMatch(/Enter the API key\./);
  });

  test('nothing at all, near and far', async () => {
    expect(await check({ fetch: seen('nothing') })).toMatch(/Nothing answers at api\.example\.com\. Check the base URL/);
    const here = { fetch: seen('nothing'), baseUrl: 'http://localhost:9/v1' };
    expect(await check({ ...here, origin: 'http://localhost:4173' })).toMatch(/Nothing answers at localhost:9 on this computer\. Start the server/);
    expect(await check({ ...here, permission: state({ 'loopback-network': 'granted' }) })).toMatch(/Start the server.*try Chrome/);
  });

  test('a permission of the browser that is missing', async () => {
    const here = { fetch: seen('nothing'), baseUrl: 'http://localhost:9/v1' };
    expect(await check({ ...here, permission: state({ 'loopback-network': 'prompt' }) })).toMatch(/permission.*apps on this device/);
    expect(await check({ ...here, permission: state({ 'loopback-network': 'denied' }) })).toMatch(/does not let this page reach apps on this device/);
    expect(await check({ ...here, permission: state({ 'local-network-access': 'denied' }) })).toMatch(/does not let this page/);
    const lan = { ...here, baseUrl: 'https://192.168.1.2/v1' };
    expect(await check({ ...lan, permission: state({ 'local-network': 'prompt' }) })).toMatch(/permission.*the local network/);
    const local = { ...here, origin: 'http://localhost:4173', permission: state({ 'loopback-network': 'denied' }) };
    expect(await check(local)).toMatch(/Start the server/);
  });

  test('http:// to another computer is refused before anything is sent', async () => {
    const answers = replies({});
    expect(await check({ fetch: answers.fetch, baseUrl: 'http://192.168.1.2:8000/v1', key: 'sk-abcd' })).toMatch(/https:\/\/ address/);
    expect(answers.asked).toEqual([]);
  });

  test('a host that is slow, and addresses that are none', async () => {
    const silent: typeof fetch = (_url, init) =>
      new Promise((_resolve, reject) => {
        init?.signal?.addEventListener('abort', () => reject(new DOMException('', 'TimeoutError')));
      });
    expect(await check({ fetch: silent, timeoutMs: 50 })).toMatch(/did not answer within 0\.05 seconds.*loads a model/);
    expect(await check({ fetch: silent, baseUrl: 'https://me:pw@host' })).toMatch(/password/);
    expect(await check({ fetch: silent, baseUrl: '' })).toMatch(/Enter the base URL/);
  });

  test('a dead port of this computer, in earnest', async () => {
    const { url, close } = await startModelServer({ script: () => 'x' });
    await close();
    expect(await check({ fetch, baseUrl: url, origin: 'http://127.0.0.1:4173' })).toMatch(/Nothing answers at 127\.0\.0\.1:\d+ on this computer/);
  });
});

interface Sent {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly space: string | undefined;
}

/** A fetch that answers by how the URL ends, and what it was asked. */
function replies(answers: Readonly<Record<string, Response>>) {
  const asked: Sent[] = [];
  const fake: typeof fetch = async (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    asked.push({
      url,
      method: init?.method ?? 'GET',
      headers: Object.fromEntries(new Headers(init?.headers)),
      body: init?.body,
      space: init?.targetAddressSpace,
    });
    const found = Object.entries(answers).find(([end]) => url.endsWith(end));
    if (!found) throw new TypeError('Failed to fetch');
    return found[1];
  };
  return { fetch: fake, asked };
}
