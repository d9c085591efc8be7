import type { ModelError, ModelFault } from '../models/port.ts';

/** Requests in all, the first included, before a fault of that kind is given up. */
const ATTEMPTS: Readonly<Record<ModelFault, number>> = {
  refused: 1,
  rejected: 1,
  'not-a-model': 2,
  'rate-limited': 5,
  unavailable: 5,
  unreachable: 5,
  cut: 5,
};
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 20_000;
/** A server that asks for more than this is asked again all the same. */
const LONGEST_RETRY_AFTER_MS = 120_000;

/**
 * Milliseconds to wait before the next attempt, or null to give up. `attempt` counts from 1 and is
 * the one that failed; `random` is uniform in [0, 1). The wait doubles from half a second to
 * twenty with "equal jitter" (half fixed, half random), so that calls refused together do not come
 * back together; where the server said how long (Retry-After) its figure is the least wait.
 */
export function retryWait(error: ModelError, attempt: number, random: number): number | null {
  if (attempt >= ATTEMPTS[error.fault]) return null;
  if (error.retryAfterMs === null) return backoff(attempt, random);
  return Math.min(error.retryAfterMs, LONGEST_RETRY_AFTER_MS) + (random * FIRST_WAIT_MS) / 2;
}

/**
 * Milliseconds to wait after the `count`th fault in a row, from 1: half a second, doubled up to twenty,
 * half of it fixed and half drawn by `random` in [0, 1).
 */
export function backoff(count: number, random: number): number {
  const longest = Math.min(FIRST_WAIT_MS * 2 ** (count - 1), LONGEST_WAIT_MS);
  return longest / 2 + (random * longest) / 2;
}
