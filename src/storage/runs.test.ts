import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { summarise } from '../trajectory/derive/run-summary.ts';
import type { LogEvent } from '../trajectory/events.ts';
import { EMPTY, fold } from '../trajectory/fold.ts';
import { refundsLog } from '../trajectory/testing/refunds-log.ts';
import { openDatabase } from './database.ts';
import { forgetRun, listRuns, MOST_CHARS, MOST_RUNS, openRun, pruneRuns, writeRun } from './runs.ts';

const { header, events } = refundsLog();

const record = (id: string, log: readonly LogEvent[], startedAt = header.startedAt) => ({
  id,
  header: { ...header, startedAt },
  summary: summarise(fold(EMPTY, log)),
  keyed: false,
  origins: [{ from: 'person' as const }],
});

/** Writes a log in batches of `size` events. */
async function keep(id: string, log: readonly LogEvent[], size = 100): Promise<void> {
  for (let from = 0; from < log.length; from += size) {
    await writeRun(record(id, log.slice(0, from + size)), log.slice(from, from + size));
  }
}

const ids = async () => (await listRuns()).map(({ id }) => id);
const day = (n: number) => new Date(Date.UTC(2026, 0, 1) + n * 86_400_000).toISOString();

beforeAll(async () => {
  const { default: factory, ...classes } = await import('fake-indexeddb');
  vi.stubGlobal('indexedDB', factory);
  for (const [name, value] of Object.entries(classes)) vi.stubGlobal(name, value);
});

beforeEach(async () => {
  const database = await openDatabase();
  await Promise.all([database.clear('runs'), database.clear('batches')]);
});

describe('a run', () => {
  it('comes back as it was written, in whatever batches', async () => {
    await keep('a', events, 100);
    await keep('b', events, 7);
    for (const id of ['a', 'b']) {
      const read = await openRun(id);
      expect(read?.events).toEqual(events);
      expect(read?.header).toEqual(header);
      expect(read?.whole).toBe(true);
    }
    expect((await listRuns())[0]?.summary).toMatchObject({ outcome: 'answered', calls: 151 });
  });

  it('is not mixed up with another whose id begins alike', async () => {
    await keep('run', events.slice(0, 50));
    await keep('run-2', events.slice(0, 20));
    expect((await openRun('run'))?.events).toHaveLength(50);
    await forgetRun('run');
    expect(await openRun('run')).toBeNull();
    expect((await openRun('run-2'))?.events).toHaveLength(20);
    const database = await openDatabase();
    expect(await database.count('batches')).toBe(1);
  });

  it('holds no field of the settings that is none of ours', async () => {
    const spread = events.map((event) =>
      event.type === 'run.started' ? { ...event, settings: { ...(event['settings'] as object), apiKey: 'sk-secret' } } : event,
    );
    await keep('a', spread);
    const database = await openDatabase();
    expect(JSON.stringify(await database.getAll('batches'))).not.toContain('sk-secret');
  });
});

describe('damage', () => {
  it('of a batch leaves what came before it, and a new start drops the rest', async () => {
    await keep('a', events, 100);
    const database = await openDatabase();
    const text = (await database.get('batches', ['a', 200])) as string;
    await database.put('batches', `${text.slice(0, 5000)}\n`, ['a', 200]);
    const read = await openRun('a');
    expect(read?.whole).toBe(false);
    const readable = read?.events ?? [];
    expect(readable.length).toBeGreaterThanOrEqual(200);
    expect(readable).toEqual(events.slice(0, readable.length));
    await writeRun(record('a', readable), readable, { replace: true });
    expect((await openRun('a'))?.whole).toBe(true);
    expect(await database.count('batches')).toBe(1);
    expect((await listRuns())[0]?.chars).toBeGreaterThan(0);
  });

  it('of a batch that is missing, doubled or no text gives the events up to there', async () => {
    const database = await openDatabase();
    await keep('gap', events, 100);
    await database.delete('batches', ['gap', 100]);
    expect((await openRun('gap'))?.events).toHaveLength(100);
    await keep('number', events, 100);
    await database.put('batches', 7, ['number', 300]);
    expect((await openRun('number'))?.events).toHaveLength(300);
    await keep('twice', events.slice(0, 100), 100);
    await writeRun(record('twice', events), events.slice(0, 100));
    await database.put('batches', '{"seq":3,"at":0,"type":"note"}\n', ['twice', 99]);
    expect((await openRun('twice'))?.events).toHaveLength(100);
  });

  it.each([[null], [7], ['x'], [{}], [{ id: 'bad' }], [{ ...record('bad', events), chars: -1 }], [{ ...record('other', events), chars: 1 }]])(
    'of a record, such as %j, leaves it out of the list and removes it',
    async (value) => {
      await keep('good', events.slice(0, 10));
      const database = await openDatabase();
      await database.put('runs', value, 'bad');
      expect(await ids()).toEqual(['good']);
      expect(await database.count('runs')).toBe(1);
      expect(await openRun('bad')).toBeNull();
    },
  );
});

describe('room', () => {
  const short = [...events.slice(0, 3), { ...events.at(-1), seq: 3 } as LogEvent];

  it('is made by the oldest finished runs; unfinished and live ones stay', async () => {
    for (let n = 0; n < MOST_RUNS + 3; n++) {
      const log = n === 0 ? short.slice(0, 3) : short;
      await writeRun(record(`run-${n}`, log, day(n)), log);
    }
    expect(await pruneRuns((id) => id === 'run-1')).toEqual(['run-2', 'run-3', 'run-4']);
    expect(await ids()).toHaveLength(MOST_RUNS);
    expect(await pruneRuns(() => false)).toEqual([]);
  });

  it('is counted in characters too', async () => {
    const database = await openDatabase();
    for (let n = 0; n < 4; n++) {
      await database.put('runs', { ...record(`run-${n}`, n === 0 ? [] : short, day(n)), chars: MOST_CHARS / 2 }, `run-${n}`);
    }
    expect(await pruneRuns(() => false)).toEqual(['run-1', 'run-2']);
    await database.put('runs', { ...record('run-9', [], day(9)), chars: MOST_CHARS }, 'run-9');
    expect(await pruneRuns(() => false)).toEqual(['run-3', 'run-0']);
  });
});

it('is opened over a database of the first version, and keeps its keys', async () => {
  const name = 'matryoshka';
  (await openDatabase()).close();
  await new Promise((resolve) => indexedDB.deleteDatabase(name).addEventListener('success', resolve));
  await new Promise<void>((resolve) => {
    const old = indexedDB.open(name, 1);
    old.addEventListener('upgradeneeded', () => {
      old.result.createObjectStore('keys').put('sealed', 'https://api.example/v1');
      old.result.createObjectStore('secrets');
    });
    old.addEventListener('success', () => {
      old.result.close();
      resolve();
    });
  });
  vi.resetModules();
  const { openDatabase: open } = await import('./database.ts');
  const database = await open();
  expect(await database.get('keys', 'https://api.example/v1')).toBe('sealed');
  expect([...database.objectStoreNames]).toEqual(['batches', 'documents', 'keys', 'runs', 'secrets']);
});
