import type { Usage } from '../events.ts';
import type { CallState, RunState, Spending } from '../run-state.ts';

/**
 * What was spent on a set of calls. Where `unknownCost` is true some call's price is not known, and
 * `costUsd` is what was spent at least.
 */
export interface Total {
  readonly usage: Usage;
  readonly costUsd: number;
  readonly unknownCost: boolean;
}

export interface CallSpending {
  /** The call's own replies. */
  readonly own: Total;
  /** Its own and those of all calls below it. */
  readonly total: Total;
}

export const NOTHING_SPENT: Total = {
  usage: { input: 0, cachedInput: 0, output: 0, reasoning: 0 },
  costUsd: 0,
  unknownCost: false,
};

/** Own and subtree spending of one call: its children's totals are in `total`, never in `own`. */
export function spending(state: RunState, call: CallState): CallSpending {
  const own = ownTotal(call.own);
  let total = own;
  const open = [...call.children];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const below = state.calls.get(id);
    if (below === undefined) continue;
    total = sum(total, ownTotal(below.own));
    for (const child of below.children) open.push(child);
  }
  return { own, total };
}

/** Spending of every call, in one pass: for views that show all of them at once. */
export function spendingByCall(state: RunState): ReadonlyMap<string, CallSpending> {
  const result = new Map<string, CallSpending>();
  // A call starts after its parent, so from the end on every child is summed before its parent.
  for (const id of state.order.toReversed()) {
    const call = state.calls.get(id);
    if (call === undefined) continue;
    const own = ownTotal(call.own);
    const total = call.children.reduce((all, child) => sum(all, result.get(child)?.total ?? NOTHING_SPENT), own);
    result.set(id, { own, total });
  }
  return result;
}

/** Sum of what was spent on `ids` and all calls below them, e.g. on the calls of one cell. */
export function spendingOf(state: RunState, ids: readonly string[]): Total {
  return ids.reduce((all, id) => {
    const call = state.calls.get(id);
    return call === undefined ? all : sum(all, spending(state, call).total);
  }, NOTHING_SPENT);
}

export function sum(a: Total, b: Total): Total {
  return {
    usage: addUsage(a.usage, b.usage),
    costUsd: a.costUsd + b.costUsd,
    unknownCost: a.unknownCost || b.unknownCost,
  };
}

/** A call without a reply has spent nothing yet; one with an unknown price contaminates the sum. */
export function ownTotal(own: Spending | null): Total {
  if (own === null) return NOTHING_SPENT;
  return { usage: own.usage, costUsd: own.costUsd ?? 0, unknownCost: own.costUsd === null };
}

function addUsage(a: Usage, b: Usage): Usage {
  const usage = {
    input: a.input + b.input,
    cachedInput: a.cachedInput + b.cachedInput,
    output: a.output + b.output,
    reasoning: a.reasoning + b.reasoning,
  };
  return a.estimated === true || b.estimated === true ? { ...usage, estimated: true } : usage;
}
