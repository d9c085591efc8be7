import { progress, type Progress } from '../../trajectory/derive/reading.ts';
import { isFinal } from '../../trajectory/fold-call.ts';
import type { CallState, CellState, RunState, TurnState } from '../../trajectory/run-state.ts';

const WAITS = /\bawait\b.*(?:\b(?:llm_query|llm_query_batched|rlm_query)\s*\(|Promise\.all)/u;
const MODEL_CALL = /\b(?:llm_query|llm_query_batched|rlm_query)\s*\(/u;
const FINISH = /\b(?:FINAL|FINAL_VAR)\s*\(|\banswer\s*(?:\.|=)/u;
const AWAITS = /\bawait\b/u;
const SEARCH = /\bgrep\s*\(/u;

/**
 * The line of a cell that tells most in one row: the one that waits for models, else one that calls
 * them, else the one that finishes, else one that waits for something, else a search, else the first that does anything. Declarations lose their keyword.
 */
export function tellingLine(code: string): string {
  const lines = code
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('//') && !/^[\])}]/u.test(line));
  const found = [WAITS, MODEL_CALL, FINISH, AWAITS, SEARCH]
    .map((pattern) => lines.find((candidate) => pattern.test(candidate)))
    .find((candidate) => candidate !== undefined);
  const line = found ?? lines[0] ?? '';
  return line
    .replace(/^(?:const|let|var)\s+/u, '')
    .replace(/;$/u, '')
    .slice(0, 120);
}

/** Characters in which first words are looked for: a printed text may have millions. */
const LOOKED_AT = 4_000;

/** First line of a text that says something, shortened to `length` characters. */
export function firstWords(text: string, length: number): string {
  const line = text.slice(0, LOOKED_AT).split('\n', 40).find((candidate) => candidate.trim() !== '') ?? '';
  const words = line.trim().replaceAll(/\s+/gu, ' ');
  return words.length > length ? `${words.slice(0, length - 1).trimEnd()}…` : words;
}

/** What a turn's second row says. */
export type CameBack =
  /** The model is writing its reply. */
  | { readonly kind: 'writing'; readonly characters: number }
  /** The cell runs, or waits for `progress.open` of its sub-calls. */
  | { readonly kind: 'waiting'; readonly progress: Progress }
  | { readonly kind: 'output'; readonly text: string; readonly progress: Progress }
  | { readonly kind: 'error'; readonly text: string }
  | { readonly kind: 'finished'; readonly characters: number }
  /** A reply without a cell. */
  | { readonly kind: 'words'; readonly text: string };

export function cameBack(state: RunState, call: CallState, turn: TurnState): CameBack {
  const cell = turn.cell === null ? undefined : state.cells.get(turn.cell);
  if (!cell) {
    if (turn.repliedAt === null) {
      if (isFinal(call.status)) return { kind: 'words', text: 'no reply came' };
      return { kind: 'writing', characters: turn.text.length };
    }
    return { kind: 'words', text: firstWords(turn.text, 80) };
  }
  if (cell.endedAt === null) return { kind: 'waiting', progress: progress(state, cell.calls) };
  if (cell.error) {
    return { kind: 'error', text: firstWords(`${cell.error.name}: ${cell.error.message}`, 80) };
  }
  const isLast = call.turns.at(-1)?.turn === turn.turn;
  const answer = call.answer ?? (call.parent === null ? (state.finished?.answer ?? null) : null);
  if (isLast && answer !== null && isBlank(cell.printed)) {
    return { kind: 'finished', characters: answer.length };
  }
  const remark = isBlank(cell.printed) ? slipOf(state, call, turn) : null;
  return { kind: 'output', text: remark ?? outputWords(cell), progress: progress(state, cell.calls) };
}

/** What the model was told of a slip in a turn: why an answer was not taken, for one. */
function slipOf({ notes }: RunState, call: CallState, { turn }: TurnState): string | null {
  const note = notes.find((each) => each.guard !== null && each.call === call.id && each.turn === turn);
  return note === undefined ? null : firstWords(note.text, 80);
}

/** As far as is looked. */
const isBlank = (text: string): boolean => text.slice(0, LOOKED_AT).trim() === '';

function outputWords(cell: CellState): string {
  if (!isBlank(cell.printed)) return firstWords(cell.printed, 80);
  const names = cell.variables.map((variable) => variable.name);
  return names.length > 0 ? `made ${names.slice(0, 4).join(', ')}` : 'printed nothing';
}
