import type { CallState, RunState } from '../../trajectory/run-state.ts';
import { limitWords } from '../ask/status.ts';

/**
 * The limit that ended a sub-call with its own REPL, in a word or two; null where none did. That of the
 * root is the run's, and a question at the depth limit becomes one reply, which says so itself.
 */
export function limitMet({ limits }: RunState, { id, kind, parent }: CallState): string | null {
  if (kind !== 'rlm' || parent === null) return null;
  return limitWords(limits.findLast(({ call, limit }) => call === id && limit !== 'depth')?.limit ?? null);
}
