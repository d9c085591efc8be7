import { afterEach, describe, expect, test } from 'vitest';
import { startModelServer } from '../../e2e/model-server/model-server.ts';
import { withFaults } from '../../e2e/model-server/script.ts';
import type { Answer, Fault, ModelServer, ModelServerOptions } from '../../e2e/model-server/types.ts';
import { createOpenAIModel, type OpenAIModelOptions } from './openai-model.ts';
import { ModelError, type ModelListener, type ModelReply } from './port.ts';

const KEY = 'sk-proj-4eC39HqLyjWDarjtT1zdp7dcXyZ';
const TEXT = 'Naïve façade: 12 € and 🪆🪆 dolls, in 多语言 text.';
const NO_SIGNAL = new AbortController().signal;

let server: ModelServer | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

async function serve(answer: string | Answer, options: Partial<ModelServerOptions> = {}): Promise<ModelServer> {
  server = await startModelServer({ script: () => answer, chunkChars: 5, ...options });
  return server;
}

interface Outcome {
  readonly reply: ModelReply;
  readonly pieces: readonly string[];
  readonly thoughts: readonly string[];
}

async function ask(
  baseUrl: string,
  options: Partial<OpenAIModelOptions> = {},
  signal: AbortSignal = NO_SIGNAL,
  listener: Partial<ModelListener> = {},
): Promise<Outcome> {
  const model = createOpenAIModel({ baseUrl, key: () => KEY, price: () => null, idleMs: 100, ...options });
  const pieces: string[] = [];
  const thoughts: string[] = [];
  const reply = await model.complete(
    { model: 'sub-model', messages: [{ role: 'user', content: 'How many dolls?' }] },
    { text: (piece) => pieces.push(piece), reasoning: (piece) => thoughts.push(piece), ...listener },
    signal,
  );
  return { reply, pieces, thoughts };
}

async function faultOf(answer: string | Answer, options: Partial<ModelServerOptions> = {}): Promise<ModelError> {
  const { url } = await serve(answer, options);
  return caught(ask(url));
}

async function caught(promise: Promise<unknown>): Promise<ModelError> {
  const error: unknown = await promise.then(
    () => new Error('it did not fail'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof ModelError)) throw error;
  expect(error.message).not.toContain(KEY);
  return error;
}

const fault = (kind: Fault): Answer => ({ text: TEXT, fault: kind });

describe('a reply', () => {
  test('arrives in pieces and whole, with usage and finish reason', async () => {
    const usage = {
      prompt_tokens: 100,
      completion_tokens: 20,
      total_tokens: 120,
      prompt_tokens_details: { cached_tokens: 64 },
      completion_tokens_details: { reasoning_tokens: 8 },
    };
    const { url } = await serve({ text: TEXT, reasoning: 'Let me think.', finishReason: 'length', usage });
    const { reply, pieces, thoughts } = await ask(url);
    expect(pieces.length).toBeGreaterThan(5);
    expect(pieces.join('')).toBe(TEXT);
    expect(thoughts.join('')).toBe('Let me think.');
    expect(reply).toEqual({
      text: TEXT,
      reasoning: 'Let me think.',
      usage: { input: 100, cachedInput: 64, output: 20, reasoning: 8 },
      costUsd: null,
      finishReason: 'length',
    });
  });

  test('a reply cut while it still reasoned is empty, and says that it was cut', async () => {
    const { url } = await serve({ text: '', reasoning: 'Let me think about', finishReason: 'length' });
    expect((await ask(url)).reply).toMatchObject({ text: '', reasoning: 'Let me think about', finishReason: 'length' });
  });

  test('takes `reasoning` as well as `reasoning_content`', async () => {
    const { url } = await serve({ text: 'x', reasoning: 'hm', wire: { plainReasoning: true } });
    expect((await ask(url)).reply.reasoning).toBe('hm');
  });

  test('without usage is counted as characters / 4 and marked', async () => {
    const { url } = await serve('12345678', { usage: false });
    const { reply } = await ask(url);
    expect(reply.usage).toEqual({ input: 4, cachedInput: 0, output: 2, reasoning: 0, estimated: true });
  });

  test('costs what the provider says, else what the price list says', async () => {
    const usage = { prompt_tokens: 10, completion_tokens: 5, cost: 0.25 };
    const { url } = await serve({ text: 'x', usage });
    expect((await ask(url, { price: () => 9 })).reply.costUsd).toBe(0.25);
    await server?.close();
    const plain = await serve('x', { usage: false });
    expect((await ask(plain.url, { price: (model, { input }) => (model === 'sub-model' ? input : null) })).reply.costUsd).toBe(4);
  });

  test('of five megabytes arrives whole', async () => {
    const text = 'Every doll holds a smaller one. '.repeat(160_000);
    const { url } = await serve({ text, chunkChars: 50_000 });
    expect((await ask(url, { idleMs: 5_000 })).reply.text).toBe(text);
  });
});

describe('legal oddities of streams', () => {
  test.each([
    ['comments', { comments: true }],
    ['CRLF', { crlf: true }],
    ['bytes split inside code points', { splitBytes: 3 }],
    ['empty choices', { emptyChoices: true }],
    ['all at once', { comments: true, crlf: true, splitBytes: 7, emptyChoices: true }],
  ])('%s', async (_name, wire) => {
    const { url } = await serve({ text: TEXT, wire });
    const { reply } = await ask(url);
    expect(reply.text).toBe(TEXT);
    expect(reply.usage.estimated).toBeUndefined();
  });

  test('a connection left open after [DONE] does not hold the reply up', async () => {
    const { url } = await serve({ text: TEXT, wire: { keepOpen: true } });
    const started = performance.now();
    const { reply } = await ask(url, { idleMs: 60_000 });
    expect(reply.text).toBe(TEXT);
    expect(reply.usage.estimated).toBeUndefined();
    expect(performance.now() - started).toBeLessThan(1_500);
  });

  test('a slow stream lives as long as its bytes come', async () => {
    const { url } = await serve({ text: TEXT, chunkDelayMs: 30 });
    const started = performance.now();
    expect((await ask(url)).reply.text).toBe(TEXT);
    expect(performance.now() - started).toBeGreaterThan(200);
  });
});

describe('the request', () => {
  test('carries only authorization and content-type of its own', async () => {
    const { url, requests } = await serve('x', { cors: 'strict' });
    await ask(url);
    // What Node's fetch adds itself; a browser adds its own, none of which a preflight asks for.
    const fetchsOwn = ['host', 'connection', 'accept', 'accept-language', 'accept-encoding', 'sec-fetch-mode', 'user-agent', 'content-length'];
    const ours = Object.keys(requests[0]?.headers ?? {}).filter((name) => !fetchsOwn.includes(name));
    expect(ours.sort()).toEqual(['authorization', 'content-type']);
    expect(requests[0]?.headers['user-agent']).not.toMatch(/openai/i);
    expect(requests[0]?.headers['authorization']).toBe(`Bearer ${KEY}`);
    expect(requests[0]?.call?.body.more).toEqual({ stream_options: { include_usage: true } });
  });

  test.each([null, '', '  '])('has no Authorization for the key %j', async (key) => {
    const { url, requests } = await serve('x');
    await ask(url, { key: () => key });
    expect(requests[0]?.headers).not.toHaveProperty('authorization');
  });

  test('takes the key of the moment', async () => {
    const { url, requests } = await serve('x');
    let key = 'first-key';
    const model = createOpenAIModel({ baseUrl: url, key: () => key, price: () => null });
    const on = { text: () => {}, reasoning: () => {} };
    await model.complete({ model: 'm', messages: [] }, on, NO_SIGNAL);
    key = 'second-key';
    await model.complete({ model: 'm', messages: [] }, on, NO_SIGNAL);
    expect(requests.map((each) => each.headers['authorization'])).toEqual(['Bearer first-key', 'Bearer second-key']);
  });

  test('with a key no header can hold is refused before it is sent', async () => {
    const { url, requests } = await serve('x');
    const error = await caught(ask(url, { key: () => 'sk-“quoted”\nkey' }));
    expect(error.fault).toBe('refused');
    expect(error.message).not.toContain('quoted');
    expect(requests).toHaveLength(0);
  });

  test('drops stream_options once for an endpoint that refuses it', async () => {
    const { url, requests } = await serve('', {
      script: (call) =>
        call.body.includeUsage
          ? fault({ kind: 'status', status: 422, body: '{"detail":[{"loc":["body","stream_options"],"msg":"Extra inputs"}]}' })
          : 'fine',
    });
    const model = createOpenAIModel({ baseUrl: url, key: () => null, price: () => null });
    const on = { text: () => {}, reasoning: () => {} };
    const first = await model.complete({ model: 'm', messages: [] }, on, NO_SIGNAL);
    await model.complete({ model: 'm', messages: [] }, on, NO_SIGNAL);
    expect(first.text).toBe('fine');
    expect(first.usage.estimated).toBe(true);
    expect(requests.map((each) => each.call?.body.includeUsage)).toEqual([true, false, false]);
  });

  test('is never repeated by the SDK', async () => {
    const { url, requests } = await serve('', {
      script: withFaults(() => 'x', [{ when: () => true, fault: { kind: 'status', status: 500 } }]),
    });
    await caught(ask(url));
    expect(requests).toHaveLength(1);
  });
});

describe('HTTP errors', () => {
  test.each([
    [400, 'rejected'],
    [401, 'refused'],
    [402, 'refused'],
    [403, 'refused'],
    [404, 'rejected'],
    [408, 'unavailable'],
    [409, 'unavailable'],
    [413, 'rejected'],
    [422, 'rejected'],
    [429, 'rate-limited'],
    [500, 'unavailable'],
    [503, 'unavailable'],
  ] as const)('%i is %s and quotes the provider', async (status, kind) => {
    const error = await faultOf(fault({ kind: 'status', status, message: 'Because of the weather.' }));
    expect(error).toMatchObject({ fault: kind, status });
    expect(error.message).toMatch(/^127\.0\.0\.1|^The (account|request)/);
    expect(error.message).toContain('Because of the weather.');
  });

  test.each([
    ['retry-after', '7', 7_000],
    ['retry-after', '0.5', 500],
    ['retry-after-ms', '250', 250],
    ['retry-after', 'soon', null],
  ])('a 429 with %s: %s asks for %s ms', async (name, value, ms) => {
    const error = await faultOf(fault({ kind: 'status', status: 429, headers: { [name]: value } }));
    expect(error.retryAfterMs).toBe(ms);
  });

  test('a 429 without credit is not worth repeating', async () => {
    const error = await faultOf(fault({ kind: 'status', status: 429, code: 'insufficient_quota' }));
    expect(error.fault).toBe('refused');
    expect(error.message).toContain('no credit');
  });

  test('an error that is a page, a string or FastAPI’s detail is still a sentence', async () => {
    for (const [body, words] of [
      ['<html>Bad gateway</html>', 'could not answer now (502).'],
      ['{"error":"model is loading"}', 'model is loading'],
      ['{"detail":"no such lane"}', 'no such lane'],
    ] as const) {
      const error = await faultOf(fault({ kind: 'status', status: 502, body }));
      expect(error.message).toContain(words);
      expect(error.message).not.toContain('<');
      await server?.close();
    }
  });
});

describe('the fault table', () => {
  test.each<[string, Fault, ModelError['fault'], RegExp]>([
    ['disconnect before headers', { kind: 'reset' }, 'unreachable', /Could not reach/],
    ['disconnect mid-stream', { kind: 'cut', afterChunks: 2 }, 'cut', /broke in the middle/],
    ['clean close without finish_reason', { kind: 'no-finish' }, 'cut', /without a finish_reason/],
    ['stall after the first chunk', { kind: 'stall' }, 'cut', /fell silent for 0\.1 seconds/],
    ['stall before headers', { kind: 'silent' }, 'unavailable', /answered nothing for 0\.1 seconds/],
    ['a web page', { kind: 'html' }, 'not-a-model', /web page/],
    ['a web page that claims to be a stream', { kind: 'html', asStream: true }, 'not-a-model', /empty stream/],
    ['malformed JSON', { kind: 'malformed-json' }, 'not-a-model', /broken JSON/],
    ['a JSON string', { kind: 'body', type: 'application/json', body: '"hello"' }, 'not-a-model', /no chat completion/],
    ['an empty stream', { kind: 'body', type: 'text/event-stream', body: '' }, 'not-a-model', /empty stream/],
    ['only [DONE]', { kind: 'body', type: 'text/event-stream', body: 'data: [DONE]\n\n' }, 'not-a-model', /empty stream/],
    ['an event that is no object', { kind: 'body', type: 'text/event-stream', body: 'data: 5\n\n' }, 'not-a-model', /no chat completion/],
    ['a whole completion', { kind: 'no-stream' }, 'not-a-model', /instead of streaming/],
    ['broken JSON in an event', { kind: 'broken-sse' }, 'not-a-model', /broken JSON/],
    ['an error in the stream', { kind: 'error-event', error: { message: 'Overloaded', code: 502 } }, 'unavailable', /Overloaded/],
    ['a rate limit in the stream', { kind: 'error-event', error: { message: 'Slow down', type: 'rate_limit_error' } }, 'rate-limited', /Slow down/],
    ['an error string in the stream', { kind: 'error-event', error: 'out of memory' }, 'unavailable', /out of memory/],
    ['an error under a 200', { kind: 'body', type: 'application/json', body: '{"error":{"message":"No","code":"invalid_request"}}' }, 'rejected', /No/],
  ])('%s', async (_name, kind, expected, words) => {
    const error = await faultOf(fault(kind));
    expect(error.fault).toBe(expected);
    expect(error.message).toMatch(words);
  });

  test('a dead host', async () => {
    const { url, close } = await serve('x');
    await close();
    const error = await caught(ask(url));
    expect(error.fault).toBe('unreachable');
    expect(error.message).toMatch(/CORS/);
  });

  test('text that came before a cut was heard', async () => {
    const { url } = await serve(fault({ kind: 'cut', afterChunks: 2 }));
    const heard: string[] = [];
    await caught(ask(url, {}, NO_SIGNAL, { text: (piece) => heard.push(piece) }));
    expect(heard.join('')).toBe(TEXT.slice(0, 10));
  });

  test('a queued request is not silent while its endpoint speaks', async () => {
    const { url } = await serve('', {
      script: (call) => (call.index === 0 ? { text: TEXT, chunkDelayMs: 30 } : { text: 'late', latencyMs: 200 }),
    });
    const model = createOpenAIModel({ baseUrl: url, key: () => null, price: () => null, idleMs: 100 });
    const on = { text: () => {}, reasoning: () => {} };
    const call = (): Promise<ModelReply> => model.complete({ model: 'm', messages: [] }, on, NO_SIGNAL);
    const [first, second] = await Promise.all([call(), call()]);
    expect(first.text).toBe(TEXT);
    expect(second.text).toBe('late');
  });
});

describe('abort', () => {
  const reason = new Error('stopped by the person');

  test('before, while waiting and mid-stream gives the abort reason', async () => {
    for (const answer of [{ text: TEXT, latencyMs: 1_000 }, { text: TEXT, chunkDelayMs: 20 }, fault({ kind: 'stall' })]) {
      const { url, stats } = await serve(answer);
      const controller = new AbortController();
      const asked = ask(url, { idleMs: 5_000 }, controller.signal);
      setTimeout(() => controller.abort(reason), 50);
      await expect(asked).rejects.toBe(reason);
      await expect.poll(() => stats().aborted).toBe(1);
      await server?.close();
    }
    await expect(ask('http://127.0.0.1:9/v1', {}, AbortSignal.abort(reason))).rejects.toBe(reason);
  });

  test('an error of the listener is passed on, and ends the request', async () => {
    const { url, stats } = await serve({ text: TEXT, chunkDelayMs: 20 });
    const mistake = new TypeError('a mistake of ours');
    const asked = ask(url, {}, NO_SIGNAL, {
      text: () => {
        throw mistake;
      },
    });
    await expect(asked).rejects.toBe(mistake);
    await expect.poll(() => stats().aborted).toBe(1);
  });
});
