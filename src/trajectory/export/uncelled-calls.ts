import type { CallState, RunState, TurnState } from '../run-state.ts';

/**
 * Sub-calls of `call` that no cell asked for, such as the summaries of a compaction: those that precede
 * the turn at `index` of `turns`, with the last turn also those that came after it began. Without
 * turns, all of them at index 0.
 */
export function uncelledCalls(
  state: RunState,
  call: CallState,
  turns: readonly TurnState[],
  index: number,
): readonly CallState[] {
  const after = index === 0 ? -Infinity : (turns[index - 1]?.startedAt ?? Infinity);
  const upTo = index >= turns.length - 1 ? Infinity : (turns[index]?.startedAt ?? Infinity);
  return call.children
    .flatMap((id) => state.calls.get(id) ?? [])
    .filter(({ cell, startedAt }) => cell === null && after < startedAt && startedAt <= upTo);
}
