import type { Clock } from '../../engine/engine.ts';
import { onAbort } from '../../engine/on-abort.ts';

/** Timers take a signed 32-bit number of milliseconds; a longer one would fire at once. */
const LONGEST_TIMER_MS = 2_147_483_647;

/**
 * The clock of one run, which begins now.
 * @param from Milliseconds that the run has behind it, where it is gone on with.
 */
export function createClock(from = 0): Clock {
  const start = performance.now();
  const wall = Date.now();
  return {
    now: () => performance.now() - start + from,
    wall: () => performance.now() - start + wall,
    random: Math.random,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        let left = ms;
        let timer: ReturnType<typeof setTimeout> | undefined;
        const wait = () => {
          if (left <= 0) {
            forget();
            resolve();
            return;
          }
          const now = Math.min(left, LONGEST_TIMER_MS);
          left -= now;
          timer = setTimeout(wait, now);
        };
        const forget = onAbort(signal, () => {
          clearTimeout(timer);
          reject(signal.reason);
        });
        if (!signal.aborted) wait();
      }),
  };
}
