import type { CallState, CellState, RunState, TurnState } from '../../trajectory/run-state.ts';

const MODEL_CALL = /\b(?:llm_query|llm_query_batched|rlm_query)\s*\(/u;
const FINISH = /\b(?:FINAL|FINAL_VAR)\s*\(|\banswer\s*(?:\.|=)/u;
const SEARCH = /\bgrep\s*\(/u;

/**
 * The line of a cell that tells most in one row: the one that calls models, else the one that
 * finishes, else a search, else the first that does anything. Declarations lose their keyword.
 */
export function tellingLine(code: string): string {
  const lines = code
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('//') && !/^[\])}]/u.test(line));
  const line =
    lines.find((candidate) => MODEL_CALL.test(candidate)) ??
    lines.find((candidate) => FINISH.test(candidate)) ??
    lines.find((candidate) => SEARCH.test(candidate)) ??
    lines[0] ??
    '';
  return line
    .replace(/^(?:const|let|var)\s+/u, '')
    .replace(/;$/u, '')
    .slice(0, 120);
}

/** First line of a text that says something, shortened to `length` characters. */
export function firstWords(text: string, length: number): string {
  const line = text.split('\n', 40).find((candidate) => candidate.trim() !== '') ?? '';
  const words = line.trim().replaceAll(/\s+/gu, ' ');
  return words.length > length ? `${words.slice(0, length - 1).trimEnd()}…` : words;
}

/** How the sub-calls of a cell stand. */
export interface Tally {
  readonly all: number;
  readonly back: number;
  readonly failed: number;
  readonly retrying: number;
  readonly running: number;
  readonly queued: number;
}

export function tally(state: RunState, calls: readonly string[]): Tally {
  const count = { all: calls.length, back: 0, failed: 0, retrying: 0, running: 0, queued: 0 };
  for (const id of calls) {
    switch (state.calls.get(id)?.status) {
      case 'finished':
        count.back += 1;
        break;
      case 'failed':
      case 'cut':
        count.failed += 1;
        break;
      case 'retrying':
        count.retrying += 1;
        break;
      case 'running':
        count.running += 1;
        break;
      case 'queued':
        count.queued += 1;
        break;
      case undefined:
        break;
    }
  }
  return count;
}

/** What a turn's second row says. */
export type CameBack =
  /** The model is writing its reply. */
  | { readonly kind: 'writing'; readonly characters: number }
  /** The cell runs, or waits for `tally.all - back` of its sub-calls. */
  | { readonly kind: 'waiting'; readonly tally: Tally }
  | { readonly kind: 'output'; readonly text: string; readonly tally: Tally }
  | { readonly kind: 'error'; readonly text: string }
  | { readonly kind: 'finished'; readonly characters: number }
  /** A reply without a cell. */
  | { readonly kind: 'words'; readonly text: string };

export function cameBack(state: RunState, call: CallState, turn: TurnState): CameBack {
  const cell = turn.cell === null ? undefined : state.cells.get(turn.cell);
  if (!cell) {
    if (turn.repliedAt === null) return { kind: 'writing', characters: turn.text.length };
    return { kind: 'words', text: firstWords(turn.text, 80) };
  }
  if (cell.endedAt === null) return { kind: 'waiting', tally: tally(state, cell.calls) };
  if (cell.error) {
    return { kind: 'error', text: firstWords(`${cell.error.name}: ${cell.error.message}`, 80) };
  }
  const isLast = call.turns.at(-1)?.turn === turn.turn;
  const answer = call.answer ?? (call.parent === null ? (state.finished?.answer ?? null) : null);
  if (isLast && answer !== null && cell.printed.trim() === '') {
    return { kind: 'finished', characters: answer.length };
  }
  return { kind: 'output', text: outputWords(cell), tally: tally(state, cell.calls) };
}

function outputWords(cell: CellState): string {
  if (cell.printed.trim() !== '') return firstWords(cell.printed, 80);
  const names = cell.variables.map((variable) => variable.name);
  return names.length > 0 ? `made ${names.slice(0, 4).join(', ')}` : 'printed nothing';
}

/** Names of the variables a call holds at this playhead, in the order they were made. */
export function heldVariables(state: RunState, call: CallState): readonly string[] {
  const names = new Set<string>();
  for (const turn of call.turns) {
    const cell = turn.cell === null ? undefined : state.cells.get(turn.cell);
    for (const variable of cell?.variables ?? []) names.add(variable.name);
  }
  return [...names];
}
