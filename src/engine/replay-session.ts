import {
  ReplError,
  type BudgetView,
  type QueryReply,
  type Repl,
  type ReplOptions,
  type ReplSession,
} from '../repl/port.ts';
import { abortable } from './run.ts';

/** A cell that ran to its end, and the replies its queries got, in the order they were asked. */
export interface RecordedCell {
  readonly code: string;
  readonly replies: (QueryReply | null)[];
}

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

const NO_BUDGET: BudgetView = { calls: 0, tokens: null, usd: null, turns: 0, seconds: 0 };

/**
 * A fresh session in the state that `cells` left the lost one in: REPL state is a fold of its cells
 * (design §1). Queries are answered from the record, so that nothing is paid or logged twice.
 * @throws ReplError when the REPL is lost again, or a cell asks what it did not ask before; the
 *   abort reason.
 */
export async function replaySession(
  repl: Repl,
  options: ReplOptions,
  cells: readonly RecordedCell[],
  cpuMs: number,
  signal: AbortSignal,
): Promise<ReplSession> {
  const session = await openSession(repl, options, signal);
  try {
    for (const { code, replies } of cells) {
      let asked = 0;
      let diverged = false;
      const query = async (): Promise<QueryReply> => {
        const reply = replies[asked++];
        if (reply) return reply;
        diverged = true;
        return { ok: false, message: 'This query was not asked before.', budget: NO_BUDGET };
      };
      const cell = { code, cpuMs, budget: NO_BUDGET };
      await abortable(session.run(cell, { print: () => {}, query }, signal), signal);
      if (diverged) throw new ReplError('The cells did not run as before.');
    }
    return session;
  } catch (error) {
    session.close();
    throw error;
  }
}
