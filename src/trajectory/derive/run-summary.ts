import * as z from 'zod/mini';
import { LimitName, Outcome } from '../events.ts';
import type { RunState } from '../run-state.ts';
import { runTotals } from './totals.ts';

const count = z.int().check(z.minimum(0));

/** What a list says of a run: small enough to be kept and read without its log. */
export const RunSummary = z.object({
  /** '' before the run has started. */
  question: z.string(),
  /** Null where the log has no end. */
  outcome: z.nullable(Outcome),
  /** Milliseconds from the beginning to the end, or to the last event. */
  at: z.number().check(z.minimum(0)),
  /** Replies of the root. */
  turns: count,
  /** All calls, the root among them. */
  calls: count,
  costUsd: z.number(),
  /** True where some call has no known price: `costUsd` is the least it cost. */
  unknownCost: z.boolean(),
  /** The limit that ended it, where one did. */
  limit: z.nullable(LimitName),
  /** Absent in summaries of older versions, as what follows is where there is none. */
  method: z.optional(z.string()),
  /** Id of the run before it in a conversation. */
  follows: z.optional(z.string()),
  /** The run whose log it shares, up to the reply of a turn. */
  branch: z.optional(z.object({ run: z.string(), turn: count })),
});
export type RunSummary = z.infer<typeof RunSummary>;

/** The summary of a run at a playhead. */
export function summarise(state: RunState): RunSummary {
  const { calls, costUsd, unknownCost } = runTotals(state);
  const { method, follows, branch } = state.started ?? {};
  return {
    question: state.started?.question ?? '',
    outcome: state.finished?.outcome ?? null,
    at: state.finished?.at ?? state.at,
    turns: state.calls.get('0')?.turns.length ?? 0,
    calls,
    costUsd,
    unknownCost,
    limit: endingLimit(state),
    ...(method === undefined ? {} : { method }),
    ...(follows ? { follows } : {}),
    ...(branch ? { branch } : {}),
  };
}

/** The limit that ended a run; null where the log does not say. A child may meet its own on the way. */
export function endingLimit(state: RunState): LimitName | null {
  const own = state.limits.findLast(({ call }) => call === null || call === '0');
  return (own ?? state.limits.at(-1))?.limit ?? null;
}
