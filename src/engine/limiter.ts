import { onAbort } from './on-abort.ts';

/** At most so many requests in flight; the rest wait in the order they came. */
export interface Limiter {
  /**
   * Runs `work` when a slot is free and frees the slot when it settles.
   * @throws the abort reason of `signal`, if it aborts while waiting; else what `work` throws.
   */
  run<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T>;
}

interface Waiting {
  readonly start: () => void;
  left: boolean;
}

/**
 * A slot is held for one request in flight and by nothing that waits for others (a child RLM holds
 * none between its requests), so calls at any depth share one limiter without deadlock. A freed
 * slot passes on synchronously: no timer stands between two requests.
 */
export function createLimiter(slots: number): Limiter {
  let free = slots;
  let queue: Waiting[] = [];
  let head = 0;

  const release = () => {
    while (head < queue.length) {
      const next = queue[head++];
      if (next && !next.left) {
        next.start();
        return;
      }
    }
    queue = [];
    head = 0;
    free++;
  };

  const acquire = (signal: AbortSignal): Promise<void> => {
    signal.throwIfAborted();
    if (free > 0) {
      free--;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const forget = onAbort(signal, () => {
        waiting.left = true;
        reject(signal.reason);
      });
      const waiting: Waiting = {
        left: false,
        start() {
          forget();
          resolve();
        },
      };
      queue.push(waiting);
    });
  };

  return {
    async run(work, signal) {
      await acquire(signal);
      try {
        return await work();
      } finally {
        release();
      }
    },
  };
}
