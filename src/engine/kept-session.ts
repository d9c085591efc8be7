import { ReplError, type ReplOptions, type ReplSession } from '../repl/port.ts';
import type { CellRecord } from './cell-record.ts';
import { openSession, replayCell, type Replay } from './replay-session.ts';
import type { Run } from './run.ts';

/** Times one call may lose its session to another's fault before it counts as its own. */
const MOST_LOSSES = 100;

/**
 * The session of one `rlm` call, which outlives its worker: where another session took the worker
 * along, it is rebuilt from the records of the cells (design §1), and nobody notices.
 */
export class KeptSession {
  readonly #run: Run;
  readonly #options: ReplOptions;
  readonly #replay: Replay;
  /** Ends the call. */
  readonly #signal: AbortSignal;
  #session: ReplSession | null = null;
  #losses = 0;

  constructor(run: Run, options: ReplOptions, replay: Replay, signal: AbortSignal) {
    this.#run = run;
    this.#options = options;
    this.#replay = replay;
    this.#signal = signal;
  }

  /**
   * Does `work` in the session, which is built from `cells` where there is none; both again where
   * another session took this one along.
   * @throws ReplError when the session was lost by its own fault, or cannot be had; what `work` throws.
   */
  async use<T>(cells: readonly CellRecord[], work: (session: ReplSession) => Promise<T>): Promise<T> {
    for (;;) {
      try {
        this.#session ??= await this.#build(cells);
        return await work(this.#session);
      } catch (error) {
        if (!(error instanceof ReplError)) throw error;
        this.drop();
        if (error.fault === 'this') throw error;
        this.#signal.throwIfAborted();
        if (++this.#losses > MOST_LOSSES) throw error;
      }
    }
  }

  /** The next use builds the session again. */
  drop(): void {
    this.#session?.close();
    this.#session = null;
  }

  async #build(cells: readonly CellRecord[]): Promise<ReplSession> {
    const session = await openSession(this.#run.ports.repl, this.#options, this.#run.signal, this.#signal);
    try {
      for (const cell of cells) {
        this.#signal.throwIfAborted();
        await replayCell(session, cell, this.#replay);
      }
      return session;
    } catch (error) {
      session.close();
      throw error;
    }
  }
}
