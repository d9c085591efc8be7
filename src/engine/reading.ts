import { ReplError, type CellOutcome, type ReplSession } from '../repl/port.ts';
import { abortable, type Run } from './run.ts';

/** Times that another session may take the reading one's worker along. */
const MOST_LOSSES = 8;

/**
 * Runs a cell of ours that reads a context and finishes with what it read; it asks nothing.
 * @throws ReplError when the REPL was lost; the abort reason of `signal`.
 */
export function runReadingCell(run: Run, session: ReplSession, code: string, signal: AbortSignal): Promise<CellOutcome> {
  const host = { print: () => {}, query: () => Promise.reject(new Error('Nothing is asked here.')) };
  const cpuMs = run.request.settings.cellCpuSeconds * 1000;
  const cell = { code, cpuMs, budget: run.budget.view(0), now: 0, seed: 0 };
  // Not `signal`: ending one cell by force may cost the REPLs of other calls their worker.
  return abortable(session.run(cell, host, run.signal), signal);
}

/**
 * What `read` gives. Reading leaves nothing behind: what was lost with its worker, by the fault of
 * another session, is read again.
 * @throws what `read` throws otherwise; the abort reason of `signal`.
 */
export async function readDespiteLosses<T>(read: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (let losses = 1; ; losses++) {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof ReplError) || error.fault === 'this' || losses > MOST_LOSSES) throw error;
      signal.throwIfAborted();
    }
  }
}
