import { isSent } from '../fold-call.ts';
import type { CallState, RunState } from '../run-state.ts';
import { Tally, type Total } from './spending.ts';

/** Figures of the whole run at the playhead. */
export interface RunTotals extends Total {
  /** All calls, the root among them. */
  readonly calls: number;
  /** Sub-calls that ask a model, as the limit counts them. */
  readonly subCalls: number;
  /** Those that took the reply of another, which asked the same: nothing was sent or spent. */
  readonly shared: number;
  /** Sub-calls whose request is out; the root's own is not counted, as in the parallel limit. */
  readonly inFlight: number;
  readonly queued: number;
  readonly retrying: number;
  readonly finished: number;
  readonly failed: number;
}

/** Many views of one state ask for them, and there may be thousands of calls. */
const known = new WeakMap<RunState, RunTotals>();

export function runTotals(state: RunState): RunTotals {
  const before = known.get(state);
  if (before) return before;
  const totals = countTotals(state);
  known.set(state, totals);
  return totals;
}

function countTotals(state: RunState): RunTotals {
  const total = new Tally();
  const count = { subCalls: 0, shared: 0, inFlight: 0, queued: 0, retrying: 0, finished: 0, failed: 0 };
  for (const call of state.calls.values()) {
    total.add(call.own);
    if (call.parent === null) continue;
    count[isSent(call) ? 'subCalls' : 'shared'] += 1;
    if (isInFlight(call)) count.inFlight += 1;
    if (call.status !== 'running' && call.status !== 'cut') count[call.status] += 1;
  }
  return { ...total.sum(), ...count, calls: state.calls.size };
}

/** True while a request of the call is out: it waits for the model, not for its own cell. */
export function isInFlight(call: CallState): boolean {
  return call.requests.at(-1)?.endedAt === null;
}

export interface LimitUse {
  readonly limit: 'subCalls' | 'usd' | 'seconds' | 'turns';
  readonly used: number;
  readonly allowed: number;
  /** `used` of `allowed`; above 1 where a limit was overshot. */
  readonly fraction: number;
}

/** How far each limit of the run is used up. Empty before the run started. */
export function limitUses(state: RunState): readonly LimitUse[] {
  if (state.started === null) return [];
  const { maxSubCalls, budgetUsd, maxSeconds, maxTurns } = state.started.settings;
  const totals = runTotals(state);
  const at = state.finished?.at ?? state.at;
  const { ms, since } = state.waited;
  const waitedMs = ms + (since === null ? 0 : at - since);
  const turns = state.calls.get('0')?.turns.length ?? 0;
  return [
    usedUp('subCalls', totals.subCalls, maxSubCalls),
    usedUp('usd', totals.costUsd, budgetUsd),
    usedUp('seconds', Math.max(0, at - waitedMs) / 1000, maxSeconds),
    usedUp('turns', turns, maxTurns),
  ];
}

/** The limit that will stop the run first: the one that is used up furthest. */
export function firstLimit(state: RunState): LimitUse | null {
  return limitUses(state).reduce<LimitUse | null>(
    (first, next) => (first === null || next.fraction > first.fraction ? next : first),
    null,
  );
}

function usedUp(limit: LimitUse['limit'], used: number, allowed: number): LimitUse {
  const fraction = allowed > 0 ? used / allowed : Number(used > 0);
  return { limit, used, allowed, fraction };
}
