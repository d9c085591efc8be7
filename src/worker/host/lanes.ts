/** Lets a few jobs run at once and the rest wait, first come first served. */
export interface Lanes {
  /** @throws what `job` throws; the reason of `signal` when it aborts while waiting. */
  run<T>(job: () => Promise<T>, signal: AbortSignal): Promise<T>;
  /** Resolves when no job runs or waits, at once if that is now. */
  idle(): Promise<void>;
}

export function createLanes(count: number): Lanes {
  let free = count;
  const waiting = new Set<() => void>();
  let whenIdle: (() => void)[] = [];

  const enter = (signal: AbortSignal): Promise<void> => {
    signal.throwIfAborted();
    if (free > 0) {
      free--;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        waiting.delete(go);
        reject(signal.reason as Error);
      };
      const go = (): void => {
        waiting.delete(go);
        signal.removeEventListener('abort', leave);
        resolve();
      };
      waiting.add(go);
      signal.addEventListener('abort', leave, { once: true });
    });
  };
  /** Hands the lane to the next in line, or frees it. */
  const exit = (): void => {
    const [next] = waiting;
    if (next) {
      next();
      return;
    }
    free++;
    if (free < count) return;
    for (const resolve of whenIdle) resolve();
    whenIdle = [];
  };
  return {
    async run(job, signal) {
      await enter(signal);
      try {
        return await job();
      } finally {
        exit();
      }
    },
    idle: () =>
      free === count ? Promise.resolve() : new Promise((resolve) => void whenIdle.push(resolve)),
  };
}
