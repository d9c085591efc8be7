import type { Clock } from './engine.ts';
import { abortable } from './run.ts';

/** Longest and shortest grace after the time limit, seconds: the root's chance to submit. */
const LONGEST_GRACE = 60;
const SHORTEST_GRACE = 5;

/**
 * Calls `soft` after `maxSeconds` of the run, when sub-calls end and the root gets its last turn,
 * and `hard` after a grace of a tenth more (5 to 60 seconds), when all ends. Neither is called once
 * `signal` has aborted.
 */
export async function keepDeadline(
  clock: Clock,
  maxSeconds: number,
  on: { readonly soft: () => void; readonly hard: () => void },
  signal: AbortSignal,
): Promise<void> {
  const grace = Math.min(LONGEST_GRACE, Math.max(SHORTEST_GRACE, maxSeconds / 10));
  // What is past already comes at once: a resumed run must not send another request first.
  const isAhead = (seconds: number) => seconds * 1000 > clock.now();
  const until = (seconds: number) =>
    abortable(clock.sleep(seconds * 1000 - clock.now(), signal), signal);
  try {
    if (isAhead(maxSeconds)) await until(maxSeconds);
    on.soft();
    if (isAhead(maxSeconds + grace)) await until(maxSeconds + grace);
    on.hard();
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
