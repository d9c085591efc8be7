import type { RunState } from '../run-state.ts';

/** From `at` (ms since the run began) on, `inFlight` requests of sub-calls were out. */
export interface ParallelStep {
  readonly at: number;
  readonly inFlight: number;
}

/**
 * Requests of sub-calls in flight over time, as steps in order of time, one for each instant at which
 * the number changed. Attempts that were voided count while they were out; waiting for a retry or for
 * a cell does not. Empty where no sub-call was sent.
 */
export function parallelism(state: RunState): readonly ParallelStep[] {
  const changes: { readonly at: number; readonly by: 1 | -1 }[] = [];
  for (const call of state.calls.values()) {
    if (call.parent === null) continue;
    for (const { sentAt, endedAt } of call.requests) {
      changes.push({ at: sentAt, by: 1 });
      if (endedAt !== null) changes.push({ at: endedAt, by: -1 });
    }
  }
  changes.sort((a, b) => a.at - b.at);
  const steps: ParallelStep[] = [];
  let inFlight = 0;
  for (const [index, { at, by }] of changes.entries()) {
    inFlight += by;
    const isLastOfInstant = changes[index + 1]?.at !== at;
    if (isLastOfInstant && inFlight !== (steps.at(-1)?.inFlight ?? 0)) steps.push({ at, inFlight });
  }
  return steps;
}

export interface TurnTick {
  readonly turn: number;
  readonly at: number;
}

/** When the turns of a call began; the root's mark the playhead strip. */
export function turnTicks(state: RunState, call = '0'): readonly TurnTick[] {
  return (state.calls.get(call)?.turns ?? []).map(({ turn, startedAt }) => ({ turn, at: startedAt }));
}

export interface Mark {
  readonly at: number;
  readonly kind: 'retry' | 'failure';
  readonly call: string;
  /** Why, as the log says it. */
  readonly reason: string;
}

/** Retries and failures of all calls, in order of time. */
export function marks(state: RunState): readonly Mark[] {
  const found: Mark[] = [];
  for (const call of state.calls.values()) {
    for (const { at, reason } of call.retries) found.push({ at, kind: 'retry', call: call.id, reason });
    if (call.failure !== null) {
      found.push({ at: call.endedAt ?? call.startedAt, kind: 'failure', call: call.id, reason: call.failure });
    }
  }
  return found.sort((a, b) => a.at - b.at);
}
