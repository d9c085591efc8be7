import type { Clock } from './engine.ts';
import { abortable } from './run.ts';
import type { Waits } from './waits.ts';

/** Longest and shortest grace after the time limit, seconds: the root's chance to submit. */
const LONGEST_GRACE = 60;
const SHORTEST_GRACE = 5;

/**
 * Calls `soft` after `maxSeconds` of the run, when sub-calls end and the root gets its last turn,
 * and `hard` after a grace of a tenth more (5 to 60 seconds), when all ends; a run that is gone on
 * with after its time has the whole grace. Time that waits for the person is not the run's. Neither is
 * called once `signal` has aborted.
 */
export async function keepDeadline(
  clock: Clock,
  maxSeconds: number,
  on: { readonly soft: () => void; readonly hard: () => void },
  signal: AbortSignal,
  waits: Waits,
): Promise<void> {
  const grace = Math.min(LONGEST_GRACE, Math.max(SHORTEST_GRACE, maxSeconds / 10));
  const spent = () => clock.now() - waits.ms();
  const sleep = async (ms: number) => {
    await abortable(waits.over() ?? Promise.resolve(), signal);
    await abortable(clock.sleep(Math.ceil(ms), signal), signal);
  };
  try {
    const limit = maxSeconds * 1000;
    // At once where it is over: a run that is gone on with must not ask for a sub-call first.
    for (let left = limit - spent(); left > 0; left = limit - spent()) await sleep(left);
    on.soft();
    const end = Math.max(limit, spent()) + grace * 1000;
    for (let left = end - spent(); left > 0; left = end - spent()) await sleep(left);
    on.hard();
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
