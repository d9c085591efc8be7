import { formatMoneyShort, formatRunTime, plural } from '../../base/format.ts';
import type { RunSummary } from '../../trajectory/derive/run-summary.ts';
import type { Outcome } from '../../trajectory/events.ts';
import { limitWords } from '../ask/status.ts';

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
