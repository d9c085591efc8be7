import type { Clock } from '../engine.ts';
import { onAbort } from '../on-abort.ts';

/**
 * Virtual time that jumps to the next sleeper whenever nothing else is left to do: a run of hours
 * takes milliseconds, and a hang runs into the run's own time limit. Only for tests whose other
 * waits are microtasks.
 */
export interface TestClock extends Clock {
  /** Sleepers that still wait. */
  readonly sleeping: number;
}

/** What the clock tells of the time when a run begins, milliseconds since 1970. */
export const TEST_EPOCH = 1_700_000_000_000;

/** @param from Milliseconds since the run began, where it is gone on with. */
export function createTestClock(random: () => number = () => 0.5, from = 0): TestClock {
  const sleepers = new Set<{ readonly at: number; readonly wake: () => void }>();
  let now = from;
  let ticking = false;

  const tick = () => {
    ticking = false;
    const next = [...sleepers].toSorted((a, b) => a.at - b.at)[0];
    if (!next) return;
    sleepers.delete(next);
    now = Math.max(now, next.at);
    next.wake();
    schedule();
  };
  const schedule = () => {
    if (ticking || sleepers.size === 0) return;
    ticking = true;
    setTimeout(tick, 0);
  };

  return {
    now: () => now,
    wall: () => TEST_EPOCH + now,
    random,
    get sleeping() {
      return sleepers.size;
    },
    sleep(ms, signal) {
      signal.throwIfAborted();
      return new Promise((resolve, reject) => {
        const forget = onAbort(signal, () => {
          sleepers.delete(sleeper);
          reject(signal.reason);
        });
        const wake = () => {
          forget();
          resolve();
        };
        const sleeper = { at: now + ms, wake };
        sleepers.add(sleeper);
        schedule();
      });
    },
  };
}
