import type { Clock } from './engine.ts';
import { abortable } from './run.ts';

/** Longest and shortest grace after the time limit, seconds: the root's chance to submit. */
const LONGEST_GRACE = 60;
const SHORTEST_GRACE = 5;

/**
 * Calls `soft` after `maxSeconds` of the run, when sub-calls end and the root gets its last turn,
 * and `hard` after a grace of a tenth more (5 to 60 seconds), when all ends; a run that is gone on
 * with after its time has the whole grace. Neither is called once
 * `signal` has aborted.
 */
export async function keepDeadline(
  clock: Clock,
  maxSeconds: number,
  on: { readonly soft: () => void; readonly hard: () => void },
  signal: AbortSignal,
): Promise<void> {
  const grace = Math.min(LONGEST_GRACE, Math.max(SHORTEST_GRACE, maxSeconds / 10));
  const sleep = (ms: number) => abortable(clock.sleep(ms, signal), signal);
  try {
    const left = maxSeconds * 1000 - clock.now();
    // At once where it is over: a run that is gone on with must not ask for a sub-call first.
    if (left > 0) await sleep(left);
    on.soft();
    await sleep(grace * 1000);
    on.hard();
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
