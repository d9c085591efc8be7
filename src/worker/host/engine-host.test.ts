import { describe, expect, it, vi } from 'vitest';
import type { Model, ModelRequest } from '../../models/port.ts';
import { cell } from '../../engine/testing/run-script.ts';
import { faultsOfLog } from '../../engine/testing/check-log.ts';
import { createFakeRepl } from '../../engine/testing/fake-repl.ts';
import type { TrajectoryEvent } from '../../trajectory/events.ts';
import { DEFAULT_SETTINGS } from '../../trajectory/settings.ts';
import type { EngineMethods, EngineNotice, StartRun } from '../protocol.ts';
import { connect, type Channel } from '../rpc.ts';
import { serveEngine, type EngineParts } from './engine-host.ts';
import { createClock } from './real-clock.ts';

const URL_A = 'https://a.example/v1';
const KEY = 'sk-secret-1234567890';

/** Two ends of a wire that clones, as workers do. */
function wire(): [Channel, Channel] {
  const listeners: ((event: MessageEvent) => void)[][] = [[], []];
  const end = (mine: number): Channel => ({
    postMessage(message) {
      const data: unknown = structuredClone(message);
      queueMicrotask(() => {
        for (const listener of listeners[1 - mine] ?? []) listener({ data } as MessageEvent);
      });
    },
    addEventListener: (_, listener) => void listeners[mine]?.push(listener),
  });
  return [end(0), end(1)];
}

function host(replies: readonly string[], parts: Partial<EngineParts> = {}) {
  const stored = new Map<string, string>();
  const asked: { request: ModelRequest; key: string | null }[] = [];
  const disposed = vi.fn();
  const checked = vi.fn(async (_: string, key: string | null, _provider?: string) =>
    key === null ? ({ ok: false, message: 'No key.' } as const) : ({ ok: true, models: ['m'], ms: 1 } as const),
  );
  const modelWith = (key: () => string | null): Model => ({
    async complete(request, on) {
      asked.push({ request, key: key() });
      const text = replies[asked.length - 1] ?? 'out of script';
      on.text(text);
      const usage = { input: 1, cachedInput: 0, output: 1, reasoning: 0 };
      return { text, reasoning: '', usage, costUsd: 0, finishReason: 'stop' };
    },
  });
  const [page, worker] = wire();
  serveEngine(worker, {
    keys: {
      loadKey: async (url) => stored.get(url) ?? null,
      saveKey: async (url, key) => void stored.set(url, key),
      forgetKey: async (url) => void stored.delete(url),
      forgetKeys: async () => stored.clear(),
    },
    createModel: async (_, key) => ({ model: modelWith(key), price: () => 0, windowTokens: () => null }),
    createRepl: () => ({ ...createFakeRepl({ d: { name: 'a', text: 'plum' } }), dispose: disposed }),
    checkConnection: checked,
    createClock,
    ...parts,
  });
  const client = connect<EngineMethods, never, EngineNotice>(page);
  const batches: (readonly TrajectoryEvent[])[] = [];
  client.onNotice((notice) => notice.kind === 'events' && batches.push(notice.batch));
  const finished = () =>
    vi.waitFor(() => {
      const end = batches.at(-1)?.at(-1);
      if (end?.type !== 'run.finished') throw new Error('still running');
      return end;
    });
  return { client, batches, finished, stored, asked, disposed, checked };
}

function question(more: Partial<StartRun> = {}): StartRun {
  return {
    run: 'r1',
    question: 'Q',
    method: 'rlm',
    settings: { ...DEFAULT_SETTINGS, provider: 'openai-compatible', baseUrl: URL_A },
    documents: [],
    ...more,
  };
}

it('runs a question and sends a whole, valid log in batches', async () => {
  const { client, batches, finished, disposed } = host([cell('print(1)'), cell('FINAL("plum")')]);
  expect(await client.request('start', question())).toBeNull();
  expect(await finished()).toMatchObject({ outcome: 'answered', answer: 'plum' });
  expect(faultsOfLog(batches.flat())).toEqual([]);
  expect(batches[0]?.[0]?.type).toBe('run.started');
  expect(batches.length).toBeLessThan(batches.flat().length);
  // Its REPL is there for a follow-up.
  expect(disposed).not.toHaveBeenCalled();
});

it('stops a run', async () => {
  const { client, finished } = host([cell('await new Promise(() => {})')]);
  await client.request('start', question());
  await client.request('stop', { run: 'another' });
  await client.request('stop', { run: 'r1' });
  expect(await finished()).toMatchObject({ outcome: 'stopped' });
});

it('refuses to start what cannot run, and leaves nothing behind', async () => {
  const createModel = async () => {
    throw new Error('There is no such provider.');
  };
  const { client, batches } = host([], { createModel });
  await expect(client.request('start', question())).rejects.toThrow('There is no such provider.');
  await expect(client.request('start', question())).rejects.toThrow('There is no such provider.');
  expect(batches).toEqual([]);
});

it('refuses a second run under the same name', async () => {
  const { client } = host([cell('await new Promise(() => {})')]);
  await client.request('start', question());
  await expect(client.request('start', question())).rejects.toThrow('started already');
  await client.request('stop', { run: 'r1' });
});

it('gives a key to its own endpoint alone', async () => {
  const { client, asked, finished, batches } = host([cell('1'), cell('FINAL("plum")'), cell('FINAL("b")')]);
  await client.request('setKey', { baseUrl: `${URL_A}/`, key: ` Bearer ${KEY}\n`, remember: false });
  await client.request('start', question());
  await finished();
  expect(asked.map(({ key }) => key)).toEqual([KEY, KEY]);
  const settings = { ...question().settings, baseUrl: 'https://b.example/v1' };
  batches.length = 0;
  await client.request('start', question({ run: 'r2', settings }));
  await finished();
  expect(asked.at(-1)?.key).toBeNull();
});

it('remembers a key only when told to, and forgets it again', async () => {
  const { client, stored } = host([]);
  const state = () => client.request('keyState', { baseUrl: URL_A });
  expect(await state()).toEqual({ present: false, remembered: false });
  await client.request('setKey', { baseUrl: URL_A, key: KEY, remember: false });
  expect(await state()).toEqual({ present: true, remembered: false });
  expect(stored.size).toBe(0);
  await client.request('setKey', { baseUrl: URL_A, key: KEY, remember: true });
  expect(await state()).toEqual({ present: true, remembered: true });
  expect([...stored]).toEqual([[URL_A, KEY]]);
  stored.set('https://b.example/v1', 'key-of-another-endpoint');
  await client.request('setKey', { baseUrl: URL_A, key: KEY, remember: false });
  expect([...stored.keys()]).toEqual(['https://b.example/v1']);
  await client.request('rememberKey', { baseUrl: URL_A, remember: true });
  expect(await state()).toEqual({ present: true, remembered: true });
  expect(stored.get(URL_A)).toBe(KEY);
  await client.request('rememberKey', { baseUrl: URL_A, remember: false });
  expect(await state()).toEqual({ present: true, remembered: false });
  expect(stored.has(URL_A)).toBe(false);
  await client.request('setKey', { baseUrl: URL_A, key: KEY, remember: true });
  await client.request('forgetKeys', null);
  expect(await state()).toEqual({ present: false, remembered: false });
  expect(stored.size).toBe(0);
});

it('finds a key that was remembered before', async () => {
  const { client, stored, asked, finished } = host([cell('FINAL("plum")')]);
  stored.set(URL_A, KEY);
  await client.request('start', question());
  await finished();
  expect(asked[0]?.key).toBe(KEY);
});

it('refuses what is no key and no URL with a sentence that does not repeat it', async () => {
  const { client } = host([]);
  const bad = client.request('setKey', { baseUrl: URL_A, key: 'sk secret', remember: false });
  await expect(bad).rejects.toThrow(/^(?!.*sk secret).*API key/);
  const where = client.request('setKey', { baseUrl: 'ftp://x', key: KEY, remember: false });
  await expect(where).rejects.toThrow('must begin with https://');
  expect(await client.request('keyState', { baseUrl: 'ftp://x' })).toEqual({ present: false, remembered: false });
});

it('checks a connection with the key given, else the one it holds', async () => {
  const { client, checked } = host([]);
  await client.request('checkConnection', { baseUrl: URL_A, key: 'typed-key' });
  await client.request('setKey', { baseUrl: URL_A, key: KEY, remember: false });
  expect(await client.request('checkConnection', { baseUrl: URL_A, key: null })).toMatchObject({ ok: true });
  await client.request('checkConnection', { baseUrl: URL_A, key: null, provider: 'ollama' });
  expect(checked.mock.calls).toEqual([
    [URL_A, 'typed-key', undefined],
    [URL_A, KEY, undefined],
    [URL_A, KEY, 'ollama'],
  ]);
});

it('finds the key of a provider whose address was not typed', async () => {
  const { client, asked, finished } = host([cell('FINAL("plum")')]);
  await client.request('setKey', { baseUrl: 'https://api.openai.com/v1', key: KEY, remember: false });
  await client.request('start', question({ settings: { ...DEFAULT_SETTINGS, provider: 'openai', baseUrl: '' } }));
  await finished();
  expect(asked[0]?.key).toBe(KEY);
});

it('carries requests to the browser’s own model to the page and its replies back', async () => {
  const createModel: EngineParts['createModel'] = async (_settings, _key, model) => ({
    model,
    price: () => 0,
    windowTokens: () => null,
  });
  const { client, finished } = host([], { createModel });
  client.onNotice((notice) => {
    if (notice.kind !== 'page-model') return;
    void client.request('pageModelText', { request: notice.request, text: cell('FINAL("plum")') });
    void client.request('pageModelEnd', { request: notice.request, error: null });
  });
  await client.request('start', question());
  expect(await finished()).toMatchObject({ outcome: 'answered', answer: 'plum' });
});

it('lets no event carry a key', async () => {
  const { client, batches, finished } = host([cell(`print("${KEY}")`), cell(`FINAL("it is ${KEY}!")`)]);
  await client.request('setKey', { baseUrl: URL_A, key: KEY, remember: false });
  await client.request('start', question({ question: `Is ${KEY} here?` }));
  expect(await finished()).toMatchObject({ answer: 'it is [key]!' });
  expect(JSON.stringify(batches)).not.toContain(KEY);
  expect(batches[0]?.[0]).toMatchObject({ question: 'Is [key] here?' });
});

describe('a run that is gone on with', () => {
  const replies = [cell('x = 1'), cell('FINAL("plum " + x)')];

  async function pastOf(first: TrajectoryEvent['type']) {
    const { client, batches, finished } = host(replies);
    await client.request('start', question());
    await finished();
    const events = batches.flat();
    return events.slice(0, events.findIndex(({ type }) => type === first) + 1);
  }

  it('continues its numbers and its time', async () => {
    const past = (await pastOf('cell.finished')).map((event) => ({ ...event, at: event.at + 60_000 }));
    const { client, batches, finished, asked } = host(replies.slice(1));
    await client.request('start', question({ past }));
    expect(await finished()).toMatchObject({ outcome: 'answered', answer: 'plum 1' });
    const rest = batches.flat();
    expect(rest[0]).toMatchObject({ type: 'run.resumed', seq: past.length });
    expect(faultsOfLog([...past, ...rest])).toEqual([]);
    expect(asked).toHaveLength(1);
  });

  it('is left alone where it has ended', async () => {
    const past = await pastOf('run.finished');
    const { client, batches, disposed } = host(replies);
    expect(await client.request('start', question({ past }))).toBeNull();
    expect([batches, disposed.mock.calls]).toEqual([[], []]);
    expect(await client.request('start', question({ past }))).toBeNull();
  });

  it('is refused where an older version logged too little', async () => {
    const past = (await pastOf('cell.finished')).map((event) => {
      if (event.type !== 'cell.started') return event;
      const { now: _, ...older } = event;
      return older;
    });
    const { client, batches } = host(replies);
    await expect(client.request('start', question({ past }))).rejects.toThrow('recorded by an older version');
    expect(batches).toEqual([]);
  });
});

describe('hashes that come late', () => {
  const info = { name: 'a.txt', kind: 'text', chars: 4, lines: 1, bytes: 4 };
  const documents: StartRun['documents'] = ['d', 'e'].map((id) => ({
    info: { ...info, id, sha256: id === 'e' ? 'known' : '' },
    text: { blob: new Blob(['plum']), encoding: 'utf-8', skip: 0, index: null },
    notice: null,
  }));
  const hashes = (events: readonly TrajectoryEvent[]) => events.filter(({ type }) => type === 'document.hashed');

  it('are logged once, and only while the run is there', async () => {
    const { client, batches, finished } = host([cell('await new Promise(() => {})')]);
    const hashed = (run: string, document: string, sha256: string) =>
      client.request('hashed', { run, document, sha256 });
    await hashed('r1', 'd', 'too early');
    await client.request('start', question({ documents }));
    await hashed('r1', 'd', 'ab');
    await hashed('r1', 'd', 'cd');
    await hashed('r1', 'e', 'ef');
    await hashed('r1', 'unknown', 'ef');
    await hashed('r2', 'd', 'ef');
    await client.request('stop', { run: 'r1' });
    await finished();
    await hashed('r1', 'd', 'too late');
    expect(hashes(batches.flat())).toMatchObject([{ document: 'd', sha256: 'ab' }]);
    expect(faultsOfLog(batches.flat())).toEqual([]);
  });

  it('are logged when the run is gone on with, where the page knows them by then', async () => {
    const { client, batches, finished } = host([cell('1')]);
    await client.request('start', question({ documents }));
    await vi.waitFor(() => expect(batches.flat().some(({ type }) => type === 'turn.finished')).toBe(true));
    await client.request('stop', { run: 'r1' });
    await finished();
    const past = batches.flat().slice(0, 3);
    const again = host([cell('FINAL("plum")')]);
    const known = documents.map((document) => ({ ...document, info: { ...document.info, sha256: 'ab' } }));
    await again.client.request('start', question({ documents: known, past }));
    await again.finished();
    expect(hashes(again.batches.flat())).toMatchObject([{ document: 'd', sha256: 'ab' }]);
    expect(again.batches.flat()[0]?.type).toBe('run.resumed');
  });
});

describe('prompts', () => {
  it('are previewed as a run sends them, without a key', async () => {
    const { client, asked, finished } = host([cell('FINAL("plum")')]);
    const { settings, ...start } = question({ settings: { ...question().settings, rootModel: 'qwen3-coder', maxDepth: 2 } });
    const preview = await client.request('previewPrompt', { settings, method: start.method, question: start.question, documents: [] });
    expect(asked).toEqual([]);
    await client.request('start', { ...start, settings });
    await finished();
    expect(preview).toEqual({ profile: 'batching', messages: asked[0]?.request.messages });
  });

  it('are previewed where the settings cannot run', async () => {
    const { client } = host([], { createModel: () => Promise.reject(new Error('There is no such provider.')) });
    const { settings, method } = question();
    expect(await client.request('previewPrompt', { settings, method, question: 'Q', documents: [] })).toMatchObject({ profile: 'default' });
  });

  it('are listed by profile as they are built in', async () => {
    const { client } = host([]);
    const profiles = await client.request('promptProfiles', null);
    expect(profiles.map(({ id }) => id)).toEqual(['default', 'batching', 'small-window', 'no-sub-calls', 'recursive']);
    for (const { label, hint, template } of profiles) expect([label, hint, template].every((text) => text.length > 5)).toBe(true);
  });
});
