import { type Channel, type Client, connect } from '../rpc.ts';
import type { ExtractMethods, ExtractNotice } from './extract-protocol.ts';
import type { TellProgress } from './progress-notices.ts';

/**
 * Silence after which a worker is taken for stuck. Extractors tell of every page or megabyte; the longest
 * they may be silent is a PDF page that is given up, opened anew and given up again.
 */
export const SILENCE_MS = 180_000;

/** The part of a Worker that is needed. */
export interface ThreadWorker extends Channel {
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
  addEventListener(type: 'error', listener: (event: Event) => void): void;
  terminate(): void;
}

/** Calls `job` after so many milliseconds; returns the way to forget it. */
export type After = (ms: number, job: () => void) => () => void;

export const realAfter: After = (ms, job) => {
  const timer = setTimeout(job, ms);
  return () => clearTimeout(timer);
};

/** The worker has failed as a whole: out of memory, a broken script. */
export class ThreadLost extends Error {
  override readonly name = 'ThreadLost';
}
/** The worker said nothing for `SILENCE_MS`. */
export class ThreadStuck extends Error {
  override readonly name = 'ThreadStuck';
}

export interface ThreadJob {
  readonly signal: AbortSignal;
  readonly onProgress?: TellProgress;
}

/**
 * One worker that extracts. What goes wrong ends it, as nothing inside it can be stopped otherwise:
 * an abort, a failure, a long silence. It is not to be used after that.
 */
export class ExtractThread {
  /** Bytes of the files that it has been given. */
  bytes = 0;
  #isOver = false;
  #onProgress: TellProgress | null = null;
  readonly #worker: ThreadWorker;
  readonly #client: Client<ExtractMethods, never, ExtractNotice>;
  readonly #after: After;

  constructor(spawn: () => ThreadWorker, after: After) {
    this.#after = after;
    this.#worker = spawn();
    this.#client = connect<ExtractMethods, never, ExtractNotice>(this.#worker);
    this.#client.onNotice(({ done, total, unit }) => this.#onProgress?.(done, total, unit));
    this.#worker.addEventListener('error', (event) => {
      // Said in a sentence; not in the console as well.
      event.preventDefault();
      this.end(new ThreadLost());
    });
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** Ends the worker; what is asked of it rejects with `reason`. */
  end(reason: Error): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#worker.terminate();
    this.#client.fail(reason);
  }

  /**
   * Asks one thing of the worker, which does nothing else meanwhile.
   * @throws ThreadLost, ThreadStuck; RemoteError what was thrown inside; the reason of `signal`.
   */
  async ask<K extends keyof ExtractMethods>(
    method: K,
    params: ExtractMethods[K]['params'],
    { signal, onProgress }: ThreadJob,
  ): Promise<ExtractMethods[K]['result']> {
    signal.throwIfAborted();
    let forget = (): void => {};
    const listen = (): void => {
      forget();
      forget = this.#after(SILENCE_MS, () => this.end(new ThreadStuck()));
    };
    const stop = (): void => this.end(signal.reason as Error);
    signal.addEventListener('abort', stop, { once: true });
    this.#onProgress = (done, total, unit) => {
      listen();
      onProgress?.(done, total, unit);
    };
    listen();
    try {
      if (this.#isOver) throw new ThreadLost();
      return await this.#client.request(method, params);
    } finally {
      forget();
      this.#onProgress = null;
      signal.removeEventListener('abort', stop);
    }
  }
}
