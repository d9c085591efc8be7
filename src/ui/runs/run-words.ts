import { formatMoneyShort, formatRunTime, plural } from '../../base/format.ts';
import type { RunSummary } from '../../trajectory/derive/run-summary.ts';
import type { Outcome } from '../../trajectory/events.ts';
import { limitWords, methodWords } from '../ask/status.ts';

export type RunWord = 'Running' | 'Answered' | 'Stopped' | 'Failed' | 'Limit reached';

/** What became of a run; a log that was opened and has no end is not running. */
export function runWord(outcome: Outcome | null, opened: boolean): RunWord {
  switch (outcome) {
    case 'answered':
      return 'Answered';
    case 'stopped':
      return 'Stopped';
    case 'failed':
      return 'Failed';
    case 'limit':
      return 'Limit reached';
    case null:
      return opened ? 'Stopped' : 'Running';
  }
}

/** The line below a run's question: `Answered · 151 calls · 2:19`, `Limit reached · budget · 4:47`. */
export function runLine(summary: RunSummary, opened: boolean): string {
  const word = runWord(summary.outcome, opened);
  const calls = plural(summary.calls, 'call');
  const clock = formatRunTime(summary.at);
  const method = methodWords(summary.method);
  if (method !== null) return [method, stands(summary, word, calls, clock)].join(' · ');
  return stands(summary, word, calls, clock);
}

function stands(summary: RunSummary, word: RunWord, calls: string, clock: string): string {
  switch (word) {
    case 'Running':
      return `Running · ${calls}`;
    case 'Limit reached':
      return [word, limitWords(summary.limit), clock].filter(Boolean).join(' · ');
    default:
      return `${word} · ${calls} · ${clock}`;
  }
}

/** What a run cost: at least so much where some price is not known. */
export function runCost({ costUsd, unknownCost }: RunSummary): string {
  if (!unknownCost) return formatMoneyShort(costUsd);
  return costUsd > 0 ? `≥ ${formatMoneyShort(costUsd)}` : 'unknown';
}

/** Which run a run goes on from, and how; null for one that begins anew. */
export function originOf({ follows, branch }: RunSummary): { readonly run: string; readonly words: string } | null {
  if (branch) return { run: branch.run, words: `From turn ${branch.turn} of` };
  return follows === undefined ? null : { run: follows, words: 'Follows' };
}
