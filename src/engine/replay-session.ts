import { ReplError, type CellOutcome, type Repl, type ReplOptions, type ReplSession } from '../repl/port.ts';
import type { CellRecord } from './cell-record.ts';
import type { Clock } from './engine.ts';
import { createRecordedHost, type RecordedHostOptions } from './recorded-host.ts';
import { abortable } from './run.ts';

/**
 * Opens a session; one that comes after `leave` aborted is closed. `kill` may end the loading by
 * force, which may cost other sessions their worker: only the run's own end is worth that.
 * @throws ReplError when the context cannot be loaded; the abort reason.
 */
export async function openSession(
  repl: Repl,
  options: ReplOptions,
  kill: AbortSignal,
  leave: AbortSignal = kill,
): Promise<ReplSession> {
  leave.throwIfAborted();
  const opening = repl.open(options, kill);
  try {
    return await abortable(opening, leave);
  } catch (error) {
    void opening.then(
      (late) => late.close(),
      () => {},
    );
    throw error;
  }
}

export interface Replay {
  /** What a cell was allowed. */
  readonly cpuMs: number;
  readonly clock: Clock;
  /** Ends the run. */
  readonly signal: AbortSignal;
  /** For queries of a cell that had ended before they were answered; see `createRecordedHost`. */
  readonly ask: (record: CellRecord) => RecordedHostOptions['ask'];
}

/** Runs a cell that had ended once more in `session`, for what it does to the variables alone. */
export async function replayCell(session: ReplSession, record: CellRecord, replay: Replay): Promise<CellOutcome> {
  const { cpuMs, clock, signal } = replay;
  const { code, now, seed, budget, end } = record;
  const recorded = createRecordedHost(record, { print: () => {}, ask: replay.ask(record) });
  const over = new AbortController();
  const stopAt = end?.stoppedAt === undefined ? {} : { stopAt: end.stoppedAt };
  // What fitted into the limit once may take longer on a machine that is busy.
  const cell = { code, cpuMs: cpuMs * SLOWER, budget, now, seed, ...stopAt };
  try {
    const outcome = await Promise.race([
      abortable(session.run(cell, recorded.host, signal), signal),
      recorded.diverged,
      stalled(clock, cpuMs, over.signal),
    ]);
    recorded.checkAll();
    if (outcome.ok !== end?.ok) throw new ReplError('The cells did not end as before.');
    return outcome;
  } catch (error) {
    recorded.close();
    throw error;
  } finally {
    over.abort();
  }
}

const SLOWER = 4;

/** Sessions that are rebuilt together share a thread: so many cells' time may pass before one's. */
const CELLS_AT_ONCE = 8;
const SLACK_MS = 60_000;

/** A cell that waits for a reply it never asked for before would wait for ever. */
async function stalled(clock: Clock, cpuMs: number, over: AbortSignal): Promise<never> {
  try {
    await clock.sleep(cpuMs * CELLS_AT_ONCE + SLACK_MS, over);
  } catch {
    return new Promise(() => {});
  }
  throw new ReplError('The cells did not come to their end as before.');
}
