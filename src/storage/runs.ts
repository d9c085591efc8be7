import { type Decoded, decode } from '../trajectory/codec.ts';
import { type LogEvent, TrajectoryEvent } from '../trajectory/events.ts';
import { type Database, openDatabase } from './database.ts';
import { type StoredRun, readStoredRun } from './stored-run.ts';

/**
 * Runs on this device: a small record for each, and its log as lines of JSON in batches, in the
 * order in which they came. A batch is written whole or not at all, together with its record.
 * Every function throws what `openDatabase` throws, and DOMExceptions of a database that fails.
 */

/** What is kept at most; the oldest finished runs go first. */
export const MOST_RUNS = 50;
export const MOST_CHARS = 200_000_000;

/** A run's log as far as it can be read; `whole` is false where something after it was damaged. */
export interface OpenedRun extends Decoded {
  readonly whole: boolean;
}

export interface WriteOptions {
  /** Drops what was written of its log before. */
  readonly replace?: boolean;
}

/** Writes what is known of a run now, and `events`, which follow those written before. */
export async function writeRun(
  run: Omit<StoredRun, 'chars'>,
  events: readonly LogEvent[],
  { replace = false }: WriteOptions = {},
): Promise<void> {
  const text = events.map(asLine).join('');
  const database = await openDatabase();
  const before = replace ? 0 : (written.get(run.id) ?? (await charsOf(database, run.id)));
  const chars = before + text.length;
  written.set(run.id, chars);
  const change = database.transaction(['runs', 'batches'], 'readwrite', { durability: 'relaxed' });
  const [runs, batches] = [change.objectStore('runs'), change.objectStore('batches')];
  const writes: Promise<unknown>[] = [];
  if (replace) writes.push(batches.delete(batchesOf(run.id)));
  const first = events[0];
  if (first) writes.push(batches.put(text, [run.id, first.seq]));
  writes.push(runs.put({ ...run, chars } satisfies StoredRun, run.id));
  // The page may be on its way out: what is not committed now is lost with it.
  change.commit();
  await Promise.all([...writes, change.done]);
}

/** Characters written of each run's log: reading them again would take time that a page that is left has not. */
const written = new Map<string, number>();

const charsOf = async (database: Database, id: string): Promise<number> =>
  readStoredRun(await database.get('runs', id))?.chars ?? 0;

/** All runs, newest first. Records that are damaged are left out, and removed with their logs. */
export async function listRuns(): Promise<readonly StoredRun[]> {
  const database = await openDatabase();
  const change = database.transaction('runs');
  const [keys, records] = await Promise.all([change.store.getAllKeys(), change.store.getAll(), change.done]);
  const runs: StoredRun[] = [];
  for (const [at, key] of keys.entries()) {
    const run = readStoredRun(records[at]);
    if (run?.id === key) runs.push(run);
    else await forgetRun(key);
  }
  return runs.toSorted((a, b) => Date.parse(b.header.startedAt) - Date.parse(a.header.startedAt));
}

/** The log of a run, checked as a file is, up to the first damage; null where nothing can be read. */
export async function openRun(id: string): Promise<OpenedRun | null> {
  const database = await openDatabase();
  const change = database.transaction(['runs', 'batches']);
  const [record, batches] = await Promise.all([
    change.objectStore('runs').get(id),
    change.objectStore('batches').getAll(batchesOf(id)),
    change.done,
  ]);
  const run = readStoredRun(record);
  if (!run) return null;
  const texts = batches.filter((batch) => typeof batch === 'string');
  const text = `${JSON.stringify(run.header)}\n${texts.join('')}`;
  const read = decode(text);
  if (read.ok) return { ...read.value, warnings: [], whole: read.value.warnings.length === 0 };
  if (read.error.kind !== 'broken-line' && read.error.kind !== 'gap') return null;
  const readable = text.split('\n').slice(0, read.error.line - 1).join('\n');
  const again = decode(readable);
  return again.ok ? { ...again.value, warnings: [], whole: false } : null;
}

/** Removes a run and its log. */
export async function forgetRun(id: string): Promise<void> {
  const database = await openDatabase();
  const change = database.transaction(['runs', 'batches'], 'readwrite');
  written.delete(id);
  await Promise.all([
    change.objectStore('runs').delete(id),
    change.objectStore('batches').delete(batchesOf(id)),
    change.done,
  ]);
}

/**
 * Removes what is more than is kept: the oldest finished runs, and only when there are none left,
 * the oldest of the others. Those that `isLive` names stay. Returns the ids of the removed.
 */
export async function pruneRuns(isLive: (id: string) => boolean): Promise<readonly string[]> {
  const runs = await listRuns();
  const finished = (run: StoredRun) => run.summary.outcome !== null;
  const candidates = [...runs.filter((run) => !finished(run)), ...runs.filter(finished)];
  const removed: string[] = [];
  let count = runs.length;
  let chars = runs.reduce((all, run) => all + run.chars, 0);
  for (let run = candidates.pop(); run !== undefined; run = candidates.pop()) {
    if (count <= MOST_RUNS && chars <= MOST_CHARS) break;
    if (isLive(run.id)) continue;
    await forgetRun(run.id);
    removed.push(run.id);
    count -= 1;
    chars -= run.chars;
  }
  return removed;
}

/** Opens the database ahead, so that a write begins at once even while the page is being left. */
export const openRuns = (): Promise<Database> => openDatabase();

/** An event as a line. What a caller spread into the settings of a run stays out: no key is written. */
const asLine = (event: LogEvent): string =>
  `${JSON.stringify(event.type === 'run.started' ? TrajectoryEvent.parse(event) : event)}\n`;

const batchesOf = (id: string): IDBKeyRange => IDBKeyRange.bound([id, 0], [id, Infinity]);
