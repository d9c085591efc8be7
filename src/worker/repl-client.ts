import { ReplError, type Repl, type ReplOptions } from '../repl/port.ts';
import { Connection, type ConnectionOptions } from './repl-connection.ts';
import type { OpenedSession } from './repl-protocol.ts';

/** Workers that an `open` may lose to other sessions before it is given up. */
const MOST_TRIES = 3;

export interface WorkerRepl extends Repl {
  /** Ends the worker and every session in it. */
  dispose(): void;
}

/**
 * The `Repl` port over a worker that can be killed: one for the root and child sessions of a run.
 * It is started with the first `open`. A cell that ignores its CPU limit, or an abort while it runs,
 * kills it; all its sessions are then lost, those of others with a ReplError whose fault is `other`,
 * and the next `open` starts another for all that follow, or takes the one that was made ready when
 * the cell became suspicious.
 */
export function createWorkerRepl(options: ConnectionOptions): WorkerRepl {
  let connection: Connection | null = null;
  /** What the first session was opened with: after a loss it is the first to be wanted again. */
  let first: ReplOptions | null = null;
  let standby: Standby | null = null;

  const start = (): Connection => new Connection(options, { suspect, relieved });
  const suspect = () => {
    if (first !== null) standby ??= new Standby(start(), first);
  };
  const relieved = () => {
    if (standby?.connection === connection) standby?.close();
    else standby?.dispose();
    standby = null;
  };
  /** The worker in use; where it has been lost, its successor. */
  const current = (): Connection => {
    if (connection?.lost === null) return connection;
    connection = standby?.connection.lost === null ? standby.connection : start();
    return connection;
  };

  return {
    async open(request, signal) {
      first ??= request;
      for (let tries = 1; ; tries++) {
        signal.throwIfAborted();
        const to = current();
        const ready = standby?.connection === to ? standby.sessionFor(request) : null;
        if (ready) standby = null;
        try {
          return await to.open(request, signal, ready);
        } catch (error) {
          const isOthers = error instanceof ReplError && error.fault === 'other';
          if (!isOthers || tries === MOST_TRIES) throw error;
        }
      }
    },
    dispose() {
      connection?.lose('The REPL has been closed.', 'all');
      connection = null;
      relieved();
    },
  };
}

/** A worker in reserve, with one session open. */
class Standby {
  readonly connection: Connection;
  readonly #request: ReplOptions;
  readonly #opened: Promise<OpenedSession>;

  constructor(connection: Connection, request: ReplOptions) {
    this.connection = connection;
    this.#request = request;
    this.#opened = connection.opening(request);
    // Whoever takes it is told.
    this.#opened.catch(() => {});
  }

  /** The session, where it is the one that is wanted. */
  sessionFor(request: ReplOptions): Promise<OpenedSession> | null {
    return JSON.stringify(request) === JSON.stringify(this.#request) ? this.#opened : null;
  }

  /** The worker is in use, and nobody wants the session. */
  close(): void {
    void this.#opened.then(({ session }) => this.connection.close(session), () => {});
  }

  dispose(): void {
    this.connection.lose('The REPL in reserve is not needed.', 'none');
  }
}

