import type { RunSettings } from '../trajectory/settings.ts';
import type { Share } from './account.ts';
import { count } from './prompts/figures.ts';

/** What a limit of the run means, for the guest and the log: one sentence. */
export function limitSentence(
  limit: 'turns' | 'subCalls' | 'usd' | 'seconds' | 'depth',
  settings: RunSettings,
): string {
  switch (limit) {
    case 'turns':
      return `The limit of ${count(settings.maxTurns, 'turn')} is reached.`;
    case 'subCalls':
      return `The limit of ${count(settings.maxSubCalls, 'sub-call')} is reached: work with what you have, in code.`;
    case 'usd':
      return `The budget of ${settings.budgetUsd.toFixed(2)} USD does not cover another request.`;
    case 'seconds':
      return `The time limit of ${settings.maxSeconds} seconds is reached.`;
    case 'depth':
      return 'The depth limit is 0: this run makes no sub-calls.';
  }
}

/** The same of the share that call `call` has of the run. It is read by the call itself and by those above it. */
export function shareSentence(limit: 'subCalls' | 'usd', call: string, share: Share): string {
  switch (limit) {
    case 'subCalls':
      return `Of the run's sub-calls call ${call} has a share of ${share.calls}, which is used up: work with what you have, in code.`;
    case 'usd':
      return `Of the run's budget call ${call} has a share of ${shareUsd(share)} USD, which does not cover another request.`;
  }
}

/** The money of a share, a small one with more figures. */
export function shareUsd({ usd }: Share): string {
  return usd.toFixed(usd < 0.1 ? 4 : 2);
}
