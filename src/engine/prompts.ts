import type { BudgetView } from '../repl/port.ts';
import type { RunSettings } from '../trajectory/settings.ts';
import type { Share } from './account.ts';
import { shareUsd } from './limit-sentence.ts';
import { count, figure } from './prompts/figures.ts';

/** What the engine says to a root model after its first message. The offline model reads the labels of these texts. */

/** What a model is told at the end of each of its messages. */
export interface TurnNotes {
  readonly turn: number;
  readonly turns: number;
  /** Why this is the last turn, where it is. */
  readonly last: 'turns' | 'usd' | 'seconds' | null;
  readonly budget: BudgetView;
  /** What the call was given of sub-calls and money: of a child its share. */
  readonly share: Share;
  readonly settings: RunSettings;
  /** Variables that by their names may hold the answer, for the last turn. */
  readonly candidates?: readonly string[];
}

const LAST_BECAUSE = {
  turns: 'The turns are used up',
  usd: 'The budget is used up',
  seconds: 'The time is used up',
};

/** `body`, with the turn, what is left where it is little, and the notice of the last turn. */
export function withTurnLine(body: string, notes: TurnNotes): string {
  const { turn, turns, last, candidates = [] } = notes;
  const lines = [body, '', ...lowBudget(notes), `Turn ${turn} of ${turns}.`];
  if (turn === 1 && last === null) {
    lines.push('You have seen nothing of the context yet: look at it first, do not answer yet.');
  }
  if (last !== null) {
    lines.push(
      `${LAST_BECAUSE[last]}: this is your last turn. Finish now, with FINAL or FINAL_VAR in one block, giving the best answer that your results allow.`,
    );
    const [first] = candidates;
    if (first !== undefined) {
      const held = candidates.length === 1 ? 'Your variable' : 'Your variables';
      lines.push(`${held} ${candidates.join(', ')} may hold it: FINAL_VAR(${JSON.stringify(first)}).`);
    }
  }
  return lines.join('\n');
}

/** A line for each thing of which a tenth or less is left. */
function lowBudget({ budget, share, settings }: TurnNotes): string[] {
  const left: string[] = [];
  if (settings.maxDepth > 0 && budget.calls <= share.calls / 10) {
    left.push(`${figure(budget.calls)} of ${count(share.calls, 'sub-call')}`);
  }
  if (budget.usd !== null && share.usd > 0 && budget.usd <= share.usd / 10) {
    left.push(`${budget.usd.toFixed(4)} of ${shareUsd(share)} USD`);
  }
  if (budget.seconds <= settings.maxSeconds / 10) {
    left.push(`${figure(Math.floor(budget.seconds))} of ${count(settings.maxSeconds, 'second')}`);
  }
  return left.length === 0 ? [] : [`Little is left: ${left.join(', ')}.`];
}

/** What a model is told of the cell it ran. `variables` are all names it has made so far. */
export function outputMessage(observation: string, variables: readonly string[]): string {
  const shown = observation === '' ? '(It printed nothing. Only print(...) and the last expression show anything.)' : observation;
  const made = variables.length === 0 ? '' : `\n\nYour variables: ${variables.join(', ')}.`;
  return `Output of your cell:\n${shown.trimEnd()}${made}`;
}

/** Most characters of context that a plain reply in place of a child is given. */
export const PLAIN_CONTEXT_LIMIT = 400_000;

/** The prompt of an `rlm_query` that is one plain reply; `chars` is the whole context's length. */
export function plainPrompt(question: string, text: string, chars: number): string {
  const cut =
    text.length < chars
      ? `\n\n(The context below is its first ${figure(text.length)} of ${count(chars, 'character')}; the rest did not fit.)`
      : '';
  return `Question:\n${question}${cut}\n\nContext:\n${text}`;
}
