import type { Clock } from '../engine.ts';

/** Calls back at one time, which may be moved: one sleeper, and none where nothing is waited for. */
export interface Hold {
  /** `wake` at `at`, milliseconds of the clock, in place of any time set before. */
  until(at: number): void;
  cancel(): void;
}

export function createHold(clock: Clock, wake: () => void): Hold {
  let sleeping: { readonly at: number; readonly end: AbortController } | null = null;
  const cancel = () => {
    sleeping?.end.abort();
    sleeping = null;
  };
  return {
    cancel,
    until(at) {
      if (sleeping?.at === at) return;
      cancel();
      const mine = { at, end: new AbortController() };
      sleeping = mine;
      const woken = () => {
        if (sleeping !== mine) return;
        sleeping = null;
        wake();
      };
      // It rejects where it is cancelled.
      clock.sleep(Math.max(0, at - clock.now()), mine.end.signal).then(woken, () => undefined);
    },
  };
}
