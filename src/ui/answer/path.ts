import { formatClock, plural } from '../../base/format.ts';
import { progress } from '../../trajectory/derive/reading.ts';
import type { RunState, TurnState } from '../../trajectory/run-state.ts';

/** One turn on the way to the answer. */
export interface PathTurn {
  readonly turn: number;
  /** What the model said it would do, or null where it only wrote code. */
  readonly said: string | null;
  /** `40 calls`, `1 call, failed`, `code only`, and when it began. */
  readonly facts: string;
}

/** The root's turns in order, each in a line: what it said it would do, what it asked for, and when. */
export function answerPath(state: RunState): readonly PathTurn[] {
  const root = state.calls.get('0');
  return (root?.turns ?? []).map((turn) => ({
    turn: turn.turn,
    said: saidBefore(turn),
    facts: `${asked(state, turn)} · at ${formatClock(turn.startedAt)}`,
  }));
}

const LONGEST = 160;

/** The model's words before its code, to the first full stop. */
function saidBefore({ text }: TurnState): string | null {
  const prose = plainWords(text.split(/```|~~~/u, 1)[0] ?? '');
  const sentence = /^.*?[.!?](?=\s|$)/u.exec(prose)?.[0] ?? prose;
  if (sentence === '') return null;
  return sentence.length > LONGEST ? `${sentence.slice(0, LONGEST).trimEnd()}…` : sentence;
}

/** Without the marks of Markdown, and without the words by which CodeAct names the parts of a reply. */
const plainWords = (text: string): string =>
  text
    .replaceAll(/\*\*|__|^\s*(?:#+\s|(?:THINK|ANSWER):)/gmu, ' ')
    .trim()
    .replaceAll(/\s+/gu, ' ')
    .replaceAll(/ (?=[.,;:!?](?:\s|$))/gu, '');

function asked(state: RunState, turn: TurnState): string {
  const cell = turn.cell === null ? undefined : state.cells.get(turn.cell);
  if (!cell) return 'no code';
  if (cell.error) return `code failed: ${cell.error.name}`;
  if (cell.calls.length === 0) return 'code only';
  const { failed } = progress(state, cell.calls);
  return `${plural(cell.calls.length, 'call')}${failed > 0 ? `, ${failed} failed` : ''}`;
}
