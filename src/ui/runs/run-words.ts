import { formatMoneyShort, formatRunTime, plural } from '../../base/format.ts';
import { runTotals } from '../../trajectory/derive/totals.ts';
import type { RunState } from '../../trajectory/run-state.ts';
import { limitWords } from '../ask/status.ts';

export type RunWord = 'Running' | 'Answered' | 'Stopped' | 'Failed' | 'Limit reached';

/** What became of a run; a log that was opened and has no end is not running. */
export function runWord(state: RunState, opened: boolean): RunWord {
  switch (state.finished?.outcome) {
    case 'answered':
      return 'Answered';
    case 'stopped':
      return 'Stopped';
    case 'failed':
      return 'Failed';
    case 'limit':
      return 'Limit reached';
    case undefined:
      return opened ? 'Stopped' : 'Running';
  }
}

/** The line below a run's question: `Answered · 151 calls · 2:19`, `Limit reached · budget · 4:47`. */
export function runSummary(state: RunState, opened: boolean): string {
  const word = runWord(state, opened);
  const calls = plural(runTotals(state).calls, 'call');
  const clock = formatRunTime(state.finished?.at ?? state.at);
  switch (word) {
    case 'Running':
      return `Running · ${calls}`;
    case 'Limit reached':
      return [word, limitWords(state), clock].filter(Boolean).join(' · ');
    default:
      return `${word} · ${calls} · ${clock}`;
  }
}

/** What a run cost: at least so much where some price is not known. */
export function runCost(state: RunState): string {
  const { costUsd, unknownCost } = runTotals(state);
  if (!unknownCost) return formatMoneyShort(costUsd);
  return costUsd > 0 ? `≥ ${formatMoneyShort(costUsd)}` : 'unknown';
}
