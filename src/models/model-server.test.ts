import { afterEach, describe, expect, test } from 'vitest';
import { startModelServer } from '../../e2e/model-server/model-server.ts';
import { cellReply, scriptOf, withFaults } from '../../e2e/model-server/script.ts';
import type { ModelServer, ModelServerOptions } from '../../e2e/model-server/types.ts';

// The server that other tests and benchmarks trust: its counts, its script, its CORS.

let server: ModelServer | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

async function serve(options: ModelServerOptions): Promise<ModelServer> {
  server = await startModelServer(options);
  return server;
}

const system = { role: 'system', content: 'You are a Recursive Language Model. Write JavaScript.' };
const user = { role: 'user', content: 'Why?' };
const assistant = { role: 'assistant', content: 'Because.' };

async function complete(url: string, messages: readonly object[], headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${url}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ model: 'm', messages }),
  });
}

async function textOf(response: Promise<Response>): Promise<string> {
  const body: unknown = await (await response).json();
  return JSON.stringify(body);
}

test('root turns go by the assistant messages, everything else is a sub-call', async () => {
  const script = scriptOf({ root: ['first', () => cellReply('FINAL(1)')], sub: (call) => `sub of ${call.prompt}` });
  const { url, stats } = await serve({ script });
  expect(await textOf(complete(url, [system, user]))).toContain('"first"');
  expect(await textOf(complete(url, [system, user, assistant, user]))).toContain('```repl\\nFINAL(1)\\n```');
  expect((await complete(url, [system, assistant, assistant])).status).toBe(500);
  expect(await textOf(complete(url, [user]))).toContain('sub of Why?');
  expect(stats()).toMatchObject({ root: 3, sub: 1 });
});

test('a rule fails the first attempts of each request it matches', async () => {
  const script = withFaults(() => 'ok', [
    { when: (call) => call.prompt === 'Why?', times: 2, fault: { kind: 'status', status: 429, headers: { 'retry-after': '1' } } },
  ]);
  const { url } = await serve({ script });
  const statuses = [];
  for (const message of [user, user, { ...user, content: 'How?' }, user]) statuses.push((await complete(url, [message])).status);
  expect(statuses).toEqual([429, 429, 200, 200]);
});

test('counts the most in flight, by kind, and what was given up', async () => {
  const { url, stats, requests } = await serve({ script: () => 'x', latencyMs: 60 });
  await Promise.all([complete(url, [system, user]), ...Array.from({ length: 5 }, () => complete(url, [user]))]);
  expect(stats().maxInFlight).toEqual({ root: 1, sub: 5, all: 6 });
  // Timers of Node may fire a fraction of a millisecond early.
  expect(stats().meanLatencyMs).toBeGreaterThan(59);
  expect(stats().meanLatencyMs).toBeLessThan(160);
  await Promise.all(Array.from({ length: 3 }, () => complete(url, [user])));
  expect(stats().maxInFlight.all).toBe(6);
  const controller = new AbortController();
  const given = fetch(`${url}/chat/completions`, { method: 'POST', body: '{"model":"m","messages":[]}', signal: controller.signal });
  setTimeout(() => controller.abort(), 20);
  await expect(given).rejects.toThrow();
  await expect.poll(() => stats().aborted).toBe(1);
  expect(requests).toHaveLength(10);
});

describe('CORS', () => {
  const preflight = async (options: Partial<ModelServerOptions>): Promise<Response> => {
    const { url } = await serve({ script: () => ({ fault: { kind: 'status', status: 500 } }), ...options });
    return fetch(`${url}/chat/completions`, { method: 'OPTIONS', headers: { 'access-control-request-headers': 'authorization,x-odd' } });
  };

  test.each([
    ['full', 204, 'authorization,x-odd', '*'],
    ['strict', 204, 'authorization, content-type', '*'],
    ['errors-without', 204, 'authorization,x-odd', null],
    ['none', 405, null, null],
  ] as const)('%s', async (cors, status, allowed, onError) => {
    const response = await preflight({ cors, preflightMaxAge: 600 });
    expect(response.status).toBe(status);
    expect(response.headers.get('access-control-allow-headers')).toBe(allowed);
    expect(response.headers.get('access-control-max-age')).toBe(cors === 'none' ? null : '600');
    const failed = await complete(server?.url ?? '', [user]);
    expect(failed.headers.get('access-control-allow-origin')).toBe(onError);
    expect(server?.stats().preflights).toBe(1);
  });

  test('Retry-After can be hidden from pages', async () => {
    const { url } = await serve({ script: () => 'x', exposeRetryAfter: false });
    expect((await complete(url, [user])).headers.get('access-control-expose-headers')).toBeNull();
  });
});

test('a wrong key is refused and repeated as told', async () => {
  const { url, stats } = await serve({ script: () => 'x', key: 'right', echoKey: 'masked' });
  const refused = await complete(url, [user], { authorization: 'Bearer sk-12345678abcd' });
  expect(refused.status).toBe(401);
  expect(await refused.text()).toContain('sk-12345************abcd');
  expect((await complete(url, [user], { authorization: 'Bearer right' })).status).toBe(200);
  expect(stats()).toMatchObject({ refused: 1, sub: 1 });
});
