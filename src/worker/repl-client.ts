import { ReplError } from '../repl/port.ts';
import { connect, RemoteError } from './rpc.ts';
import type { SourceDocument } from '../documents/document.ts';
import type {
  Cell,
  CellOutcome,
  Repl,
  ReplHost,
  ReplOptions,
  ReplSession,
} from '../repl/port.ts';
import type {
  OpenedSession,
  ProgressNotice,
  ReplMethods,
  ReplyNotice,
} from './repl-protocol.ts';

/**
 * Silence beyond the CPU limit after which the worker is killed: its own interrupt came too late.
 * A cell that used all of its CPU has only this long to have its final value and variables read.
 */
const GRACE_MS = 2000;

export interface WorkerRepl extends Repl {
  /** Ends the worker and every session in it. */
  dispose(): void;
}

/**
 * The `Repl` port over a worker that can be killed: one for the root and child sessions of a run.
 * It is started with the first `open`. A cell that ignores its CPU limit, or an abort while guest
 * code runs, kills it; all its sessions are then lost (ReplError), and the next `open` starts
 * another.
 */
export function createWorkerRepl(options: {
  readonly spawn: () => Worker;
  /** The run's documents, handed to the worker by reference. */
  readonly documents: readonly SourceDocument[];
}): WorkerRepl {
  let connection: Connection | null = null;
  return {
    async open(request, signal) {
      signal.throwIfAborted();
      connection = connection?.lost === null ? connection : new Connection(options);
      return connection.open(request, signal);
    },
    dispose() {
      connection?.lose(new ReplError('The REPL has been closed.'));
      connection = null;
    },
  };
}

/** A cell that runs on the far side. */
interface Running {
  readonly host: ReplHost;
  readonly cell: Cell;
  /** Replies sent to it; until it has said that it waits with all of them in, guest code runs. */
  replies: number;
  busy: boolean;
  cpuMs: number;
}

class Connection {
  /** Why there is no worker any more. */
  lost: ReplError | null = null;
  readonly #worker: Worker;
  readonly #client;
  readonly #begun: Promise<null>;
  readonly #running = new Map<number, Running>();
  #lastWord = 0;
  #watch: ReturnType<typeof setTimeout> | null = null;
  #watchDue = 0;

  constructor({
    spawn,
    documents,
  }: {
    readonly spawn: () => Worker;
    readonly documents: readonly SourceDocument[];
  }) {
    this.#worker = spawn();
    this.#client = connect<ReplMethods, ReplyNotice, ProgressNotice>(this.#worker);
    this.#client.onNotice((notice) => this.#progress(notice));
    this.#worker.addEventListener('error', (event) => {
      this.lose(new ReplError(`The REPL's worker failed: ${event.message || 'it could not start'}.`));
    });
    this.#begun = this.#client.request('begin', { documents }).catch((error: unknown) => {
      const why = error instanceof Error ? error.message : String(error);
      this.lose(new ReplError(`The REPL could not start: ${why}`));
      throw this.lost;
    });
  }

  /** @throws ReplError; the abort reason. */
  async open(options: ReplOptions, signal: AbortSignal): Promise<ReplSession> {
    const opening = this.#begun.then(() => this.#client.request('open', options));
    const opened = await this.#orAbort(opening, signal, () => {
      // Loading a context is native code: it cannot be asked to stop.
      this.lose(new ReplError('The REPL was stopped while its context was loading.'));
    });
    return new RemoteSession(this, opened);
  }

  async run(session: number, cell: Cell, host: ReplHost, signal: AbortSignal): Promise<CellOutcome> {
    if (this.lost) throw this.lost;
    signal.throwIfAborted();
    if (this.#running.has(session)) throw new ReplError('The REPL is running another cell.');
    const running = { host, cell, replies: 0, busy: false, cpuMs: 0 };
    this.#running.set(session, running);
    this.#goesOn(running);
    try {
      return await this.#orAbort(this.#client.request('run', { session, cell }), signal, () => {
        if (this.#silenceAllowed() !== null) {
          this.lose(new ReplError('The REPL was stopped in the middle of a cell.'));
        } else {
          this.close(session);
        }
      });
    } finally {
      this.#running.delete(session);
    }
  }

  close(session: number): void {
    if (!this.lost) void this.#client.request('close', { session }).catch(() => {});
  }

  /** Kills the worker; everything pending in it rejects with `reason`. */
  lose(reason: ReplError): void {
    if (this.lost) return;
    this.lost = reason;
    if (this.#watch !== null) clearTimeout(this.#watch);
    this.#worker.terminate();
    this.#running.clear();
    this.#client.fail(reason);
  }

  #progress({ session, events, cpuMs, replies, waiting }: ProgressNotice) {
    this.#lastWord = performance.now();
    const running = this.#running.get(session);
    if (!running) return;
    running.cpuMs = cpuMs;
    running.busy = !(waiting && replies === running.replies);
    for (const event of events) {
      if (event.kind === 'printed') {
        running.host.print(event.text);
        continue;
      }
      const { query, ask } = event;
      void running.host.query(ask).then((reply) => {
        if (this.lost || this.#running.get(session) !== running) return;
        running.replies += 1;
        this.#goesOn(running);
        this.#client.notify({ session, query, reply });
      });
    }
  }

  /** Milliseconds of silence that running guest code may need; null when none runs. */
  #silenceAllowed(): number | null {
    let sum = 0;
    let busy = false;
    for (const running of this.#running.values()) {
      if (!running.busy) continue;
      busy = true;
      // Sessions share the thread: one may have to wait for what another has left.
      sum += Math.max(0, running.cell.cpuMs - running.cpuMs);
    }
    return busy ? sum + GRACE_MS : null;
  }

  /** Guest code runs from here on: the worker owes a word within the silence allowed. */
  #goesOn(running: Running) {
    if (this.#silenceAllowed() === null) this.#lastWord = performance.now();
    running.busy = true;
    const due = this.#lastWord + (this.#silenceAllowed() ?? 0);
    // A timer for each reply would cost more than one that now and then looks too early.
    if (this.#watch === null || due < this.#watchDue) this.#lookAt(due);
  }

  #lookAt(due: number) {
    if (this.#watch !== null) clearTimeout(this.#watch);
    this.#watchDue = due;
    this.#watch = setTimeout(() => this.#look(), due - performance.now());
  }

  #look() {
    this.#watch = null;
    const allowed = this.#silenceAllowed();
    if (allowed === null) return;
    const due = this.#lastWord + allowed;
    if (due > performance.now()) {
      this.#lookAt(due);
      return;
    }
    this.lose(
      new ReplError(
        'The REPL was stopped: the cell went on in one long built-in call after its CPU limit.',
      ),
    );
  }

  /** `work`, unless `signal` aborts first: then `stop` is done and the abort reason thrown. */
  #orAbort<T>(work: Promise<T>, signal: AbortSignal, stop: () => void): Promise<T> {
    return new Promise((resolve, reject) => {
      const abort = () => {
        reject(signal.reason);
        stop();
      };
      if (signal.aborted) return abort();
      signal.addEventListener('abort', abort, { once: true });
      work
        .then(resolve, (error: unknown) => {
          const isRemote = error instanceof RemoteError && error.name === 'ReplError';
          reject(isRemote ? new ReplError(error.message) : error);
        })
        .finally(() => signal.removeEventListener('abort', abort));
    });
  }
}

class RemoteSession implements ReplSession {
  readonly documents;
  readonly single;
  readonly #connection: Connection;
  readonly #id: number;

  constructor(connection: Connection, { session, documents, single }: OpenedSession) {
    this.#connection = connection;
    this.#id = session;
    this.documents = documents;
    this.single = single;
  }

  run(cell: Cell, host: ReplHost, signal: AbortSignal): Promise<CellOutcome> {
    return this.#connection.run(this.#id, cell, host, signal);
  }

  close(): void {
    this.#connection.close(this.#id);
  }
}
