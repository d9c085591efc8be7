import { plural } from '../../base/format.ts';
import { openCell, progress } from '../../trajectory/derive/reading.ts';
import type { RunState } from '../../trajectory/run-state.ts';
import { runStatus } from './status.ts';

/**
 * What a live region says when a run went from `before` to `now`, or null: a new turn, a fan-out
 * that left or came home, the end. Never a number that merely grew.
 */
export function milestone(before: RunState, now: RunState): string | null {
  if (now.finished) return before.finished ? null : ending(now);
  const [was, is] = [waiting(before), waiting(now)];
  if (is && is.cell !== was?.cell) return `Turn ${is.turn} calls models`;
  if (was && !is) return `${plural(was.asked, 'sub-call')} of turn ${was.turn} back`;
  const turn = turnOf(now);
  return turn > turnOf(before) ? `Turn ${turn}` : null;
}

const turnOf = (state: RunState): number => state.calls.get('0')?.turns.at(-1)?.turn ?? 0;

function waiting(state: RunState): { cell: string; turn: number; asked: number } | null {
  const root = state.calls.get('0');
  const cell = root ? openCell(state, root) : null;
  if (!cell) return null;
  const { asked, open } = progress(state, cell.calls);
  return open > 0 ? { cell: cell.id, turn: cell.turn, asked } : null;
}

function ending(state: RunState): string {
  const { word, clauses } = runStatus(state, true);
  const first = clauses[0]?.map((piece) => piece.text).join('') ?? '';
  return first ? `${word} ${first}` : word;
}
