import { NOTHING_SPENT, ownTotal, sum, type Total } from '../derive/spending.ts';
import { isSent } from '../fold-call.ts';
import type { CallState, RunState } from '../run-state.ts';

interface ModelUsageSummary {
  readonly total_calls: number;
  readonly total_input_tokens: number;
  readonly total_output_tokens: number;
  /** USD, where every price is known. */
  readonly total_cost?: number;
}

/** Usage of a sub-call as current tools read it, and the flat fields that older ones look for. */
export interface OfficialUsage {
  readonly usage_summary: {
    readonly model_usage_summaries: Readonly<Record<string, ModelUsageSummary>>;
    readonly total_cost?: number;
  };
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
}

/** What `call` and all calls below it used, by model; a model reply counts as one of `total_calls`. */
export function usageSummary(state: RunState, call: CallState): OfficialUsage {
  const models = new Map<string, { calls: number; total: Total }>();
  let all = NOTHING_SPENT;
  const open = [call];
  for (let each = open.pop(); each !== undefined; each = open.pop()) {
    for (const id of each.children) {
      const child = state.calls.get(id);
      if (child !== undefined) open.push(child);
    }
    // One that took the reply of another asked nobody.
    if (each.own === null || !isSent(each)) continue;
    const own = ownTotal(each.own);
    const model = models.get(each.model) ?? { calls: 0, total: NOTHING_SPENT };
    model.calls += each.kind === 'llm' ? 1 : each.turns.filter((turn) => turn.repliedAt !== null).length;
    model.total = sum(model.total, own);
    models.set(each.model, model);
    all = sum(all, own);
  }
  return {
    usage_summary: {
      model_usage_summaries: Object.fromEntries(
        [...models].map(([name, { calls, total }]) => [name, modelSummary(calls, total)]),
      ),
      ...(!all.unknownCost && { total_cost: all.costUsd }),
    },
    prompt_tokens: all.usage.input,
    completion_tokens: all.usage.output,
  };
}

function modelSummary(calls: number, { usage, costUsd, unknownCost }: Total): ModelUsageSummary {
  return {
    total_calls: calls,
    total_input_tokens: usage.input,
    total_output_tokens: usage.output,
    ...(!unknownCost && { total_cost: costUsd }),
  };
}
