import type { LimitName } from '../trajectory/events.ts';
import type { CallState } from '../trajectory/run-state.ts';
import type { Share } from './account.ts';
import { isSent } from '../trajectory/fold-call.ts';
import type { Past } from './past.ts';
import type { RequestSize } from './request-prices.ts';

/** What a run had spent before it is gone on with. */
export interface SpentBefore {
  /** Parents before their sub-calls. */
  readonly calls: readonly CallBefore[];
  readonly limits: readonly { readonly limit: LimitName; readonly call: string | null }[];
}

export interface CallBefore {
  readonly call: string;
  readonly parent: string | null;
  readonly kind: 'llm' | 'rlm';
  /** Of a child; null where its log does not tell. */
  readonly share: Share | null;
  /** False for one that took the reply of another. */
  readonly counts: boolean;
  /** Those that were answered. */
  readonly requests: readonly RequestSize[];
  readonly costUsd: number | null;
}

/** What the past has spent and met, for the budget of the run that goes on. */
export function spentIn({ state }: Past): SpentBefore {
  const calls = [...state.calls.values()].map((call) => ({
    call: call.id,
    parent: call.parent,
    kind: call.kind,
    share: call.share,
    counts: isSent(call),
    requests: answeredRequests(call),
    costUsd: call.own?.costUsd ?? null,
  }));
  return { calls, limits: state.limits };
}

function answeredRequests(call: CallState): RequestSize[] {
  const { kind, model, prompt, turns, status } = call;
  if (kind === 'llm') return status === 'finished' && isSent(call) ? [{ model, chars: prompt.length }] : [];
  let chars = 0;
  return turns.flatMap(({ messages, repliedAt }) => {
    chars += messages.reduce((sum, { content }) => sum + content.length, 0);
    return repliedAt === null ? [] : [{ model, chars }];
  });
}
