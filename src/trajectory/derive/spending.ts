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
  if (call.children.length === 0) return { own, total: own };
  const total = new Tally();
  total.add(call.own);
  addBelow(total, state, call.children);
  return { own, total: total.sum() };
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
  const total = new Tally();
  addBelow(total, state, ids);
  return total.sum();
}

/** Adds `ids` and all calls below them. */
function addBelow(total: Tally, state: RunState, ids: readonly string[]): void {
  const open = ids.toReversed();
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const call = state.calls.get(id);
    if (call === undefined) continue;
    total.add(call.own);
    for (const child of call.children) open.push(child);
  }
}

/** A sum in the making: an object for each of thousands of calls is garbage at every change of a run. */
export class Tally {
  #input = 0;
  #cachedInput = 0;
  #output = 0;
  #reasoning = 0;
  #estimated = false;
  #costUsd = 0;
  #unknownCost = false;

  /** Adds one call's own; one with an unknown price contaminates the sum, one without a reply has spent nothing yet. */
  add(own: Spending | null): void {
    if (own === null) return;
    const { usage, costUsd } = own;
    this.#input += usage.input;
    this.#cachedInput += usage.cachedInput;
    this.#output += usage.output;
    this.#reasoning += usage.reasoning;
    if (usage.estimated === true) this.#estimated = true;
    if (costUsd === null) this.#unknownCost = true;
    else this.#costUsd += costUsd;
  }

  sum(): Total {
    const usage = { input: this.#input, cachedInput: this.#cachedInput, output: this.#output, reasoning: this.#reasoning };
    return {
      usage: this.#estimated ? { ...usage, estimated: true } : usage,
      costUsd: this.#costUsd,
      unknownCost: this.#unknownCost,
    };
  }
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
