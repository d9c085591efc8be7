import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startModelServer } from '../../e2e/model-server/model-server.ts';
import type { Fault, ModelServer } from '../../e2e/model-server/types.ts';
import { hideKey, readKey } from './api-key.ts';
import { checkConnection } from './connection.ts';
import { createOpenAIModel } from './openai-model.ts';
import { ModelError } from './port.ts';

const alphabet = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
const letters = fc.string({ unit: fc.constantFrom(...alphabet), minLength: 20, maxLength: 60 });
const keys = fc.tuple(fc.constantFrom('sk-', 'sk-proj-', 'gsk_', 'AIza', 'xai-', ''), letters).map((parts) => parts.join(''));

/** Ways in which providers were seen to repeat keys. */
const echoes: readonly ((key: string) => string)[] = [
  (key) => `Incorrect API key provided: ${key}.`,
  (key) => `Incorrect API key provided: ${key.slice(0, 8)}${'*'.repeat(20)}${key.slice(-4)}.`,
  (key) => `key ${key.slice(0, 6)}...${key.slice(-4)} is unknown`,
  (key) => `key ${key.slice(0, 6)}…${key.slice(-6)} is unknown`,
  (key) => `invalid "${key}" in header Authorization: Bearer ${key}`,
  (key) => `{"key":"${key}","at":1}`,
  (key) => `${key.slice(0, 20)} ${key.slice(20)}`,
  (key) => `Bearer%20${encodeURIComponent(key)}`,
];

/** Whether any eight characters in a row of the key can be read in the text. */
function givesAway(text: string, key: string): boolean {
  for (let from = 0; from + 8 <= key.length; from += 1) if (text.includes(key.slice(from, from + 8))) return true;
  return false;
}

describe('hideKey', () => {
  test('hides the key however it is repeated', () => {
    fc.assert(
      fc.property(keys, fc.constantFrom(...echoes), (key, echo) => {
        const text = hideKey(echo(key), key);
        expect(givesAway(text, key)).toBe(false);
        expect(text).not.toContain(key.slice(-4));
      }),
    );
  });

  test('hides keys of others, and leaves prose alone', () => {
    expect(hideKey('try sk-live-abcdef123456 or AIzaSyD-9tSrke72', '')).toBe('try [key] or [key]');
    const prose = 'The model `gpt-5` does not exist... or you do not have access to it.';
    expect(hideKey(prose, 'sk-proj-Zq8XvT2LmN4')).toBe(prose);
  });

  test('hides short keys of local servers', () => {
    expect(hideKey('bad key abc here', 'abc')).toBe('bad key [key] here');
  });
});

test('readKey trims what pasting adds', () => {
  expect(readKey(' sk-abc\n')).toBe('sk-abc');
  expect(readKey('Bearer sk-abc')).toBe('sk-abc');
  expect(readKey(null)).toBe('');
  expect(() => readKey('sk-a b')).toThrow(ModelError);
});

describe('no message gives the key away', () => {
  let server: ModelServer;
  let failure: Fault = { kind: 'silent' };
  let body = '';
  beforeAll(async () => {
    server = await startModelServer({ script: () => ({ text: 'x', fault: failure }), latencyMs: 0 });
  });
  afterAll(() => server.close());

  const kinds = fc.constantFrom('status', 'event', 'json', 'broken', 'page');
  test('whatever the endpoint answers', async () => {
    await fc.assert(
      fc.asyncProperty(keys, fc.constantFrom(...echoes), kinds, fc.constantFrom(400, 401, 403, 404, 422, 429, 500), async (key, echo, kind, status) => {
        const message = echo(key);
        body = JSON.stringify({ error: { message, code: key } });
        failure = failureOf(kind, status, message, body);
        const model = createOpenAIModel({ baseUrl: server.url, key: () => key, price: () => null, idleMs: 500 });
        const error: unknown = await model
          .complete({ model: 'm', messages: [] }, { text: () => {}, reasoning: () => {} }, new AbortController().signal)
          .catch((reason: unknown) => reason);
        if (!(error instanceof ModelError)) throw error;
        expect(givesAway(error.message, key)).toBe(false);
        expect(givesAway(String(error.stack), key)).toBe(false);
        expect(error.cause).toBeUndefined();
      }),
      { numRuns: 150 },
    );
  });

  test('nor of a connection check', async () => {
    await fc.assert(
      fc.asyncProperty(keys, fc.constantFrom(...echoes), async (key, echo) => {
        const answer = (): Promise<Response> => Promise.resolve(Response.json({ error: { message: echo(key) } }, { status: 401 }));
        const check = await checkConnection({ baseUrl: 'https://api.example.com/v1', key, fetch: answer });
        expect(check.ok).toBe(false);
        expect(givesAway(JSON.stringify(check), key)).toBe(false);
      }),
    );
  });

  function failureOf(kind: string, status: number, message: string, json: string): Fault {
    switch (kind) {
      case 'event':
        return { kind: 'error-event', error: { message, code: status } };
      case 'json':
        return { kind: 'body', type: 'application/json', body: json };
      case 'broken':
        return { kind: 'body', type: 'text/event-stream', body: `data: {"error": ${message}\n\n` };
      case 'page':
        return { kind: 'body', type: 'text/html', body: `<p>${message}</p>` };
      default:
        return { kind: 'status', status, message };
    }
  }
});
