import { describe, expect, it, vi } from 'vitest';
import { encode } from '../trajectory/codec.ts';
import { refundsLog } from '../trajectory/testing/refunds-log.ts';
import type { StartRun } from '../worker/protocol.ts';
import { createLibraryStore, readyDocuments } from './library-store.ts';
import { runInFlight } from './runs-store.ts';
import { desk, file, settled } from './testing/desk.ts';

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
    say('another run', events);
    expect(runInFlight(runs.getState())?.getState().live.length).toBe(0);
    say(run, events);
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

  it('that cannot be read are named one by one, and many of them together', async () => {
    const { commands, reading, sentences, alerts } = desk();
    const fail = async (count: number) => {
      const adding = commands.addFiles(Array.from({ length: count }, (_, n) => file(`${n}.bin`)));
      await settled();
      for (const { reject } of reading.values()) reject(new Error('It is not text.'));
      reading.clear();
      await adding;
    };
    await fail(200);
    expect(sentences()).toHaveLength(6);
    expect(sentences().at(-1)).toMatch(/^More files could not be read: each says why in the list/);
    alerts.clear();
    await fail(1);
    expect(sentences()).toEqual(['0.bin: It is not text.']);
  });

  it('that are many are measured when they are read, not before', async () => {
    const { commands, library, reading } = desk();
    const adding = commands.addFiles(Array.from({ length: 60 }, (_, n) => file(`${n}.txt`, 'Four')));
    expect(library.getState().items.map(({ bytes }) => bytes)).toEqual(Array.from({ length: 60 }, () => 0));
    await vi.waitFor(() => expect(reading.size).toBe(60));
    for (const { reject } of reading.values()) reject(new Error('It is not text.'));
    await adding;
    expect(library.getState().items.map(({ bytes }) => bytes)).toEqual(Array.from({ length: 60 }, () => 4));
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

describe('many files', () => {
  it('are added to the list at once, and changes of them are applied together', async () => {
    const { commands, library, notice, reading, finishReading } = desk();
    let draws = 0;
    library.subscribe(() => (draws += 1));
    const names = Array.from({ length: 700 }, (_, n) => `${n}.txt`);
    void commands.addFiles(names.map((name) => file(name)));
    // The page says that it reads before it has looked into any of them.
    expect(library.getState().items).toHaveLength(700);
    await settled();
    expect(draws).toBe(1);
    expect(library.getState().items.map(({ name }) => name)).toEqual(names);
    notice({ kind: 'progress', id: reading.get('7.txt')?.id ?? '', done: 3, total: 9, unit: 'bytes' });
    expect(library.getState().items[7]).toMatchObject({ done: 3, total: 9 });
    for (const name of names) finishReading(name);
    await settled();
    expect(readyDocuments(library.getState())).toHaveLength(700);
  });

  it('leave rows alone that did not change', async () => {
    const frames: (() => void)[] = [];
    const library = createLibraryStore((apply) => void frames.push(apply));
    library.add(['a', 'b', 'c'].map((id) => ({ id, name: id, bytes: 1, status: 'reading', done: 0, total: 1, unit: 'bytes', origin: { from: 'person' } })));
    const before = library.getState().items;
    const done = Promise.all([
      library.change('a', (item) => ({ ...item, status: 'reading', done: 1, total: 1, unit: 'bytes', origin: { from: 'person' } })),
      library.change('a', (item) => ({ ...item, status: 'failed', message: 'no' })),
      library.change('gone', (item) => item),
    ]);
    expect(frames).toHaveLength(1);
    expect(library.getState().items).toBe(before);
    frames[0]?.();
    await done;
    expect(library.getState().items[0]).toMatchObject({ status: 'failed' });
    expect(library.getState().items[1]).toBe(before[1]);
    void library.change('b', (item) => item);
    expect(frames).toHaveLength(2);
  });
});

describe('a hash that comes late', () => {
  const big = { id: '', sha: 'ab'.repeat(32) };

  it('is put into the document, and told to the run that reads it', async () => {
    const { commands, library, notice, finishReading, requests, runs } = desk();
    void commands.addFiles([file('big.txt')]);
    await settled();
    finishReading('big.txt');
    await settled();
    const id = library.getState().items[0]?.id ?? big.id;
    await commands.ask('What?');
    const run = runs.getState().selected;
    notice({ kind: 'hashed', id, sha256: big.sha });
    await settled();
    expect(readyDocuments(library.getState())[0]?.info.sha256).toBe(big.sha);
    expect(requests('hashed')).toEqual([{ run, document: id, sha256: big.sha }]);
  });

  it('is told to nobody where no run is in flight, and a removed document stops being hashed', async () => {
    const { commands, library, notice, finishReading, requests } = desk();
    void commands.addFiles([file('big.txt')]);
    await settled();
    finishReading('big.txt');
    await settled();
    const id = library.getState().items[0]?.id ?? big.id;
    commands.removeDocument(id);
    expect(requests('cancel')).toEqual([{ id }]);
    notice({ kind: 'hashed', id, sha256: big.sha });
    await settled();
    expect(requests('hashed')).toEqual([]);
    expect(library.getState().items).toEqual([]);
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
