import { ReplError } from '../repl/port.ts';
import { ReplWatchdog } from './repl-watchdog.ts';
import { connect, RemoteError } from './rpc.ts';
import type { SourceDocument } from '../documents/document.ts';
import type { Cell, CellOutcome, Exchange, ReplHost, ReplOptions, ReplSession } from '../repl/port.ts';
import type { OpenedSession, ProgressNotice, RepliesNotice, ReplMethods, Reply } from './repl-protocol.ts';

/**
 * Milliseconds between two messages with replies. The first after a quiet time goes at once; of a
 * fan-out, whose replies come faster than that, several go together: a message, and the far side's
 * waking up for it, cost more than what the guest does with a reply.
 */
const BETWEEN_REPLIES_MS = 4;

export interface ConnectionOptions {
  readonly spawn: () => Worker;
  /** The run's documents, handed to the worker by reference. */
  readonly documents: readonly SourceDocument[];
  /** QuickJS, compiled once for all workers; where it is not given, each finds its own. */
  readonly wasm?: () => Promise<WebAssembly.Module>;
}

/** A cell that runs on the far side. */
interface Running {
  readonly host: ReplHost;
}

/** The session that is the reason for a loss; or all of them, or none. */
type Culprit = number | 'all' | 'none';

/** What a connection says of the cells it watches. */
interface Watch {
  /** A cell will probably cost the worker. */
  readonly suspect: () => void;
  /** A cell has ended, and the worker is there. */
  readonly relieved: () => void;
}

/** One worker of a run's REPL, and the sessions in it. */
export class Connection {
  /** Why there is no worker any more. */
  lost: { readonly message: string; readonly culprit: Culprit } | null = null;
  readonly #worker: Worker;
  readonly #client;
  readonly #begun: Promise<null>;
  readonly #running = new Map<number, Running>();
  readonly #watch: Watch;
  readonly #watchdog;
  /** Handed over and not sent yet. */
  #replies: Reply[] = [];
  #repliedAt = Number.NEGATIVE_INFINITY;
  #replyTimer: ReturnType<typeof setTimeout> | undefined;

  constructor({ spawn, documents, wasm }: ConnectionOptions, watch: Watch) {
    this.#watch = watch;
    this.#watchdog = new ReplWatchdog(
      () =>
        this.lose(
          'The REPL was stopped: the cell went on in one long built-in call after its CPU limit.',
          this.#watchdog.runs() ?? 'none',
        ),
      watch.suspect,
    );
    this.#worker = spawn();
    this.#client = connect<ReplMethods, RepliesNotice, ProgressNotice>(this.#worker);
    this.#client.onNotice((notice) => this.#progress(notice));
    this.#worker.addEventListener('error', (event) => {
      const why = event.message || 'it could not start';
      this.lose(`The REPL's worker failed: ${why}.`, this.#watchdog.runs() ?? 'all');
    });
    this.#begun = Promise.resolve(wasm?.() ?? null).then((compiled) => {
      if (this.lost) throw lossOf(null, this.lost);
      return this.#client.request('begin', { documents, wasm: compiled });
    });
    this.#begun.catch((error: unknown) => {
      const why = error instanceof Error ? error.message : String(error);
      this.lose(`The REPL could not start: ${why}`, 'all');
    });
  }

  /** A session that is being opened, by whomever. @throws ReplError */
  async opening(options: ReplOptions): Promise<OpenedSession> {
    await this.#begun;
    // Lost in the meantime: nobody would answer.
    if (this.lost) throw lossOf(null, this.lost);
    return this.#client.request('open', options);
  }

  /**
   * @param ready the session, where it is being opened already.
   * @throws ReplError; the abort reason.
   */
  async open(options: ReplOptions, signal: AbortSignal, ready: Promise<OpenedSession> | null): Promise<ReplSession> {
    try {
      const opened = await orAbort(ready ?? this.opening(options), signal, () => {
        // Loading a context is native code: it cannot be asked to stop.
        this.lose('The REPL was stopped while its context was loading.', 'none');
      });
      return new RemoteSession(this, opened);
    } catch (error) {
      throw this.lost && !signal.aborted ? lossOf(null, this.lost) : error;
    }
  }

  async run(session: number, cell: Cell, host: ReplHost, signal: AbortSignal): Promise<CellOutcome> {
    if (this.lost) throw lossOf(session, this.lost);
    signal.throwIfAborted();
    if (this.#running.has(session)) throw new ReplError('The REPL is running another cell.');
    this.#running.set(session, { host });
    this.#watchdog.started(session, cell);
    try {
      return await orAbort(this.#client.request('run', { session, cell }), signal, () => {
        if (this.#watchdog.isBusy(session)) {
          this.lose('The REPL was stopped in the middle of a cell.', session);
        } else {
          this.close(session);
        }
      });
    } catch (error) {
      throw this.lost && !signal.aborted ? lossOf(session, this.lost) : error;
    } finally {
      this.#running.delete(session);
      this.#watchdog.ended(session);
      if (!this.lost) this.#watch.relieved();
    }
  }

  async remember(session: number, exchange: Exchange): Promise<void> {
    if (this.lost) throw lossOf(session, this.lost);
    try {
      await this.#client.request('remember', { session, exchange });
    } catch (error) {
      throw this.lost ? lossOf(session, this.lost) : local(error);
    }
  }

  close(session: number): void {
    if (!this.lost) void this.#client.request('close', { session }).catch(() => {});
  }

  /** Kills the worker; everything pending in it rejects. */
  lose(message: string, culprit: Culprit): void {
    if (this.lost) return;
    this.lost = { message, culprit };
    this.#watchdog.stop();
    clearTimeout(this.#replyTimer);
    this.#replies = [];
    this.#worker.terminate();
    this.#running.clear();
    this.#client.fail(new ReplError(message));
  }

  #progress({ session, events, cpuMs, replies, waiting }: ProgressNotice) {
    this.#watchdog.heard(session, cpuMs, waiting ? replies : null);
    const running = this.#running.get(session);
    if (!running) return;
    for (const event of events) {
      if (event.kind === 'printed') {
        running.host.print(event.text);
        continue;
      }
      const { query, ask } = event;
      void running.host.query(ask).then((reply) => {
        if (this.lost || this.#running.get(session) !== running) return;
        this.#replies.push({ session, query, reply });
        const wait = this.#repliedAt + BETWEEN_REPLIES_MS - performance.now();
        if (wait <= 0) this.#sendReplies();
        else if (this.#replies.length === 1) this.#replyTimer = setTimeout(() => this.#sendReplies(), wait);
      });
    }
  }

  #sendReplies() {
    const replies = this.#replies;
    // The timer was for some that went before it, with others.
    if (replies.length === 0) return;
    this.#replies = [];
    this.#repliedAt = performance.now();
    for (const { session } of replies) this.#watchdog.replied(session);
    this.#client.notify(replies);
  }
}

/** @param session null where it is one that was only being opened. */
function lossOf(
  session: number | null,
  { message, culprit }: { readonly message: string; readonly culprit: Culprit },
): ReplError {
  return culprit === 'all' || culprit === session
    ? new ReplError(message)
    : new ReplError('The REPL was lost along with the one of another call.', 'other');
}

/** What the far side threw, as what it is here. */
function local(error: unknown): unknown {
  const isRepls = error instanceof RemoteError && error.name === 'ReplError';
  return isRepls ? new ReplError(error.message) : error;
}

/** `work`, unless `signal` aborts first: then `stop` is done and the abort reason thrown. */
function orAbort<T>(work: Promise<T>, signal: AbortSignal, stop: () => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => {
      reject(signal.reason);
      stop();
    };
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    work
      .then(resolve, (error: unknown) => reject(local(error)))
      .finally(() => signal.removeEventListener('abort', abort));
  });
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

  remember(exchange: Exchange): Promise<void> {
    return this.#connection.remember(this.#id, exchange);
  }

  close(): void {
    this.#connection.close(this.#id);
  }
}
