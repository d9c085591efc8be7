import { describe, expect, it } from 'vitest';
import type { SourceDocument } from '../documents/document.ts';
import { encode } from '../trajectory/codec.ts';
import type { TrajectoryEvent } from '../trajectory/events.ts';
import { refundsLog } from '../trajectory/testing/refunds-log.ts';
import type { DocumentNotice, EngineNotice, StartRun } from '../worker/protocol.ts';
import { createAlertsStore } from './alerts-store.ts';
import type { DocumentsClient, EngineClient } from './app.ts';
import { createCommands } from './create-commands.ts';
import { createDeskStore } from './desk-store.ts';
import { createKeptStore } from './kept-store.ts';
import { createLibraryStore } from './library-store.ts';
import { createRunsStore, runInFlight } from './runs-store.ts';
import { createSettingsStore } from './settings-store.ts';

/** Commands over real stores and workers that answer as told. */
function desk() {
  const asked: { method: string; params: unknown }[] = [];
  const reading = new Map<string, { resolve: (d: SourceDocument) => void; reject: (e: Error) => void; file: File }>();
  const listeners = {
    engine: [] as ((notice: EngineNotice) => void)[],
    documents: [] as ((notice: DocumentNotice) => void)[],
  };
  const answers = new Map<string, (params: unknown) => unknown>([
    ['start', () => null],
    ['stop', () => null],
    ['cancel', () => null],
    ['setKey', () => ({ present: true, remembered: false })],
  ]);
  const request = (method: string, params: unknown) => {
    asked.push({ method, params });
    if (method === 'read') {
      const { file } = params as { file: File };
      return new Promise((resolve, reject) => reading.set(file.name, { resolve, reject, file }));
    }
    return Promise.resolve().then(() => answers.get(method)?.(params));
  };
  // The fake answers every method; its loose types stand for both typed clients.
  const engine = {
    request,
    notify: () => undefined,
    onNotice: (listener: (notice: EngineNotice) => void) => void listeners.engine.push(listener),
    fail: () => undefined,
  } as unknown as EngineClient;
  const documents = {
    ...engine,
    onNotice: (listener: (notice: DocumentNotice) => void) => void listeners.documents.push(listener),
  } as unknown as DocumentsClient;
  const stores = {
    desk: createDeskStore(),
    library: createLibraryStore(),
    settings: createSettingsStore({ getItem: () => null, setItem: () => undefined }),
    runs: createRunsStore(),
    alerts: createAlertsStore(),
    kept: createKeptStore(),
  };
  let id = 0;
  const commands = createCommands({
    ...stores,
    engine,
    documents,
    samples: [{ id: 's', title: 'S', description: '', question: 'How many?', tokens: 10 }],
    appVersion: 'matryoshka@test',
    now: () => Date.UTC(2026, 0, 1),
    newId: () => `id-${++id}`,
    loadKept: () => Promise.reject(new Error('This browser keeps nothing.')),
    onLeave: () => undefined,
    persist: () => undefined,
  });
  const finishReading = (name: string) => {
    const entry = reading.get(name);
    const { file } = entry ?? {};
    if (!entry || !file) throw new Error(`${name} is not being read`);
    const info = { id: name, name, kind: 'text', chars: file.size, lines: 1, bytes: file.size, sha256: '' };
    entry.resolve({ info, text: { blob: file, encoding: 'utf-8', skip: 0, index: null }, notice: null });
  };
  const say = (run: string, batch: readonly TrajectoryEvent[]) =>
    listeners.engine.forEach((listener) => listener({ kind: 'events', run, batch }));
  const sentences = () => stores.alerts.getState().alerts.map(({ text }) => text);
  return { ...stores, commands, asked, answers, reading, finishReading, say, sentences, listeners };
}

const file = (name: string, text = 'some text') => new File([text], name);
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('asking', () => {
  it('says what is missing: a question, a document', async () => {
    const { commands, sentences, asked } = desk();
    await commands.ask('  ');
    await commands.ask('What?');
    expect(sentences()).toEqual([
      'There is no question yet. Write one, then ask.',
      'There is nothing to ask about yet. Add a file, or try one of the samples.',
    ]);
    expect(asked.filter(({ method }) => method === 'start')).toEqual([]);
  });

  it('waits for the files that are being read, and asks once for two clicks', async () => {
    const { commands, asked, finishReading, runs } = desk();
    void commands.addFiles([file('a.txt')]);
    await settled();
    const both = Promise.all([commands.ask('What?'), commands.ask('What?')]);
    await settled();
    expect(asked.some(({ method }) => method === 'start')).toBe(false);
    finishReading('a.txt');
    await both;
    const starts = asked.filter(({ method }) => method === 'start');
    expect(starts).toHaveLength(1);
    const { question, documents } = starts[0]?.params as StartRun;
    expect(question).toBe('What?');
    expect(documents.map(({ info }) => info.name)).toEqual(['a.txt']);
    expect(runInFlight(runs.getState())).not.toBeNull();
  });

  it('folds the events of its run, and ends with the log', async () => {
    const { commands, finishReading, runs, say } = desk();
    void commands.addFiles([file('a.txt')]);
    await settled();
    finishReading('a.txt');
    await commands.ask('What?');
    const run = runs.getState().selected ?? '';
    const { events } = refundsLog();
    say('another run', events as TrajectoryEvent[]);
    expect(runInFlight(runs.getState())?.getState().live.length).toBe(0);
    say(run, events as TrajectoryEvent[]);
    expect(runInFlight(runs.getState())).toBeNull();
    const text = commands.exportRun('trajectory')?.text ?? '';
    expect(text.trim().split('\n')).toHaveLength(events.length + 1);
  });

  it('takes the run away and says why when it could not start', async () => {
    const { commands, finishReading, runs, answers, sentences } = desk();
    answers.set('start', () => {
      throw new Error('No worker.');
    });
    void commands.addFiles([file('a.txt')]);
    await settled();
    finishReading('a.txt');
    await commands.ask('What?');
    expect(runs.getState().runs).toEqual([]);
    expect(sentences()).toEqual(['The run could not start: No worker.']);
  });
});

describe('files', () => {
  it('that cannot be read stay in the list with their sentence, and others go on', async () => {
    const { commands, library, reading, finishReading, sentences } = desk();
    const adding = commands.addFiles([file('bad.bin'), file('good.txt')]);
    await settled();
    reading.get('bad.bin')?.reject(new Error('It is not text.'));
    finishReading('good.txt');
    await adding;
    expect(library.getState().items.map(({ name, status }) => [name, status])).toEqual([
      ['bad.bin', 'failed'],
      ['good.txt', 'ready'],
    ]);
    expect(sentences()).toEqual(['bad.bin: It is not text.']);
  });

  it('that are removed while they are read are cancelled, without a word', async () => {
    const { commands, library, reading, asked, sentences } = desk();
    const adding = commands.addFiles([file('a.txt')]);
    await settled();
    commands.removeDocument(library.getState().items[0]?.id ?? '');
    reading.get('a.txt')?.reject(new Error('aborted'));
    await adding;
    expect(asked.at(-1)?.method).toBe('cancel');
    expect(sentences()).toEqual([]);
    expect(library.getState().items).toEqual([]);
  });

  it('that are trajectories open as runs, and broken ones say what is wrong', async () => {
    const { commands, runs, library, desk: deskStore, sentences } = desk();
    const { header, events } = refundsLog();
    const text = encode(header, events);
    await commands.addFiles([file('run.jsonl', text)]);
    expect(library.getState().items).toEqual([]);
    expect(runs.getState().runs).toHaveLength(1);
    expect(deskStore.getState().question).toContain('refund');
    expect(runInFlight(runs.getState())).toBeNull();
    await commands.addFiles([file('run.jsonl', text.replace('"version":1', '"version":99'))]);
    expect(sentences()).toHaveLength(1);
    expect(sentences()[0]).toMatch(/^run\.jsonl: .*version/);
  });
});

it('gives a key to the engine and keeps none of it', async () => {
  const { commands, settings, asked } = desk();
  const preferences = settings.getState();
  await commands.saveSettings(
    { ...preferences, run: { ...preferences.run, provider: 'openai-compatible', baseUrl: 'http://127.0.0.1/v1' } },
    'sk-secret',
    false,
  );
  expect(asked.at(-1)).toEqual({
    method: 'setKey',
    params: { baseUrl: 'http://127.0.0.1/v1', key: 'sk-secret', remember: false },
  });
  expect(JSON.stringify(settings.getState())).not.toContain('sk-secret');
});
