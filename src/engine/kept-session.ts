import { ReplError, type ReplOptions, type ReplSession } from '../repl/port.ts';
import type { CellRecord } from './cell-record.ts';
import type { ConversationStep } from './conversation.ts';
import { openSession, replayCell, type Replay } from './replay-session.ts';
import type { Run } from './run.ts';

/** Times one call may lose its session to another's fault before it counts as its own. */
const MOST_LOSSES = 100;

/** What a session holds before the first cell of its call. */
export interface Beginning {
  readonly steps: readonly ConversationStep[];
  /** The session that the run before left, once; null where there is none. */
  readonly take: () => ReplSession | null;
  /** Its cells, run again, did not do the same: only the exchanges are there. */
  readonly onLost: () => void;
}

const NOTHING: Beginning = { steps: [], take: () => null, onLost: () => {} };

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
  readonly #beginning: Beginning;
  #steps: readonly ConversationStep[];
  #session: ReplSession | null = null;
  #losses = 0;

  constructor(run: Run, options: ReplOptions, replay: Replay, signal: AbortSignal, beginning: Beginning | null) {
    this.#beginning = beginning ?? NOTHING;
    this.#steps = this.#beginning.steps;
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

  /** Sessions built from here on hold nothing of earlier runs but their exchanges. */
  forgetEarlier(): void {
    this.#steps = this.#steps.filter(({ kind }) => kind === 'exchange');
  }

  /** The session, for who keeps it from here on; null where there is none. */
  release(): ReplSession | null {
    const session = this.#session;
    this.#session = null;
    return session;
  }

  async #build(cells: readonly CellRecord[]): Promise<ReplSession> {
    const session = (await this.#warm()) ?? (await this.#begun());
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

  /** The session that the run before left, where it can still be used. */
  async #warm(): Promise<ReplSession | null> {
    const session = this.#beginning.take();
    const last = this.#steps.at(-1);
    if (!session || last?.kind !== 'exchange') return session;
    try {
      await session.remember(last.exchange);
      return session;
    } catch (error) {
      session.close();
      if (error instanceof ReplError) return null;
      throw error;
    }
  }

  /** A new session with what the runs before left. */
  async #begun(): Promise<ReplSession> {
    for (;;) {
      const session = await openSession(this.#run.ports.repl, this.#options, this.#run.signal, this.#signal);
      try {
        for (const step of this.#steps) {
          this.#signal.throwIfAborted();
          if (step.kind === 'exchange') await session.remember(step.exchange);
          else await replayCell(session, step.record, { ...this.#replay, cpuMs: step.cpuMs, ask: unanswered });
        }
        return session;
      } catch (error) {
        session.close();
        const isLost = error instanceof ReplError && error.fault === 'this';
        if (!isLost || !this.#steps.some(({ kind }) => kind === 'cell')) throw error;
        this.forgetEarlier();
        this.#beginning.onLost();
      }
    }
  }
}

/** What a cell of an earlier run asked and was not told, nobody will tell it. */
const unanswered: Replay['ask'] = ({ asked }) => (_query, index) =>
  asked.has(index) ? new Promise<never>(() => {}) : null;
