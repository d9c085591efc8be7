import type { CallState } from '../trajectory/run-state.ts';
import type { RequestSize, SpentBefore } from './budget.ts';
import type { Past } from './past.ts';

/** What the past has spent and met, for the budget of the run that goes on. */
export function spentIn({ state }: Past): SpentBefore {
  const calls = [...state.calls.values()];
  return {
    subCalls: calls.filter(({ parent }) => parent !== null).length,
    calls: calls.map((call) => ({ requests: answeredRequests(call), costUsd: call.own?.costUsd ?? null })),
    limits: state.limits,
  };
}

function answeredRequests({ kind, model, prompt, turns, status }: CallState): RequestSize[] {
  if (kind === 'llm') return status === 'finished' ? [{ model, chars: prompt.length }] : [];
  let chars = 0;
  return turns.flatMap(({ messages, repliedAt }) => {
    chars += messages.reduce((sum, { content }) => sum + content.length, 0);
    return repliedAt === null ? [] : [{ model, chars }];
  });
}
