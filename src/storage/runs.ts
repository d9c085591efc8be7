import type { LogEvent } from '../trajectory/events.ts';
import { openDatabase } from './database.ts';
import { type RunHeader, emptyHeader, extendHeader } from './run-header.ts';

/** Past runs on this device. Every function throws what `openDatabase` throws. */

/**
 * Appends events to a run's log, which begins with its first batch. One batch is one row and one
 * transaction: all of it is stored, or nothing.
 * @param startedAt ISO 8601 instant the run began; used with the first batch.
 * @throws RangeError when the events do not follow on those stored.
 */
export async function appendEvents(
  run: string,
  startedAt: string,
  events: readonly LogEvent[],
): Promise<void> {
  const [first] = events;
  if (!first) return;
  const database = await openDatabase();
  const change = database.transaction(['runs', 'runEvents'], 'readwrite');
  const headers = change.objectStore('runs');
  const header = (await headers.get(run)) ?? emptyHeader(run, startedAt);
  // Throws before anything is written; a write that fails takes the other one back with it.
  const extended = extendHeader(header, events);
  await Promise.all([
    headers.put(extended),
    change.objectStore('runEvents').add({ run, firstSeq: first.seq, events }),
    change.done,
  ]);
}

/** Headers of all runs, newest first. */
export async function listRuns(): Promise<readonly RunHeader[]> {
  const database = await openDatabase();
  return (await database.getAllFromIndex('runs', 'startedAt')).toReversed();
}

/** The events of a run in order; none where there is no such run. */
export async function loadEvents(run: string): Promise<readonly LogEvent[]> {
  const database = await openDatabase();
  const batches = await database.getAll('runEvents', batchesOf(run));
  return batches.flatMap(({ events }) => events);
}

export async function deleteRun(run: string): Promise<void> {
  const database = await openDatabase();
  const change = database.transaction(['runs', 'runEvents'], 'readwrite');
  await Promise.all([
    change.objectStore('runs').delete(run),
    change.objectStore('runEvents').delete(batchesOf(run)),
    change.done,
  ]);
}

const batchesOf = (run: string): IDBKeyRange => IDBKeyRange.bound([run, 0], [run, Infinity]);
