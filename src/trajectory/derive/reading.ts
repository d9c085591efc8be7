import type { Message } from '../events.ts';
import type { CallState, CellState, RunState } from '../run-state.ts';
import { isFinal } from '../fold-call.ts';
import { isInFlight } from './totals.ts';

/** The complete list of messages the model saw at `turn` of an `rlm` call; an `llm` call saw its prompt. */
export function messagesAt(call: CallState, turn: number): readonly Message[] {
  if (call.kind === 'llm') return [{ role: 'user', content: call.prompt }];
  return call.turns.filter((each) => each.turn <= turn).flatMap((each) => each.messages);
}

/** What the call gave back, whole: the answer of an `rlm` call, the reply of an `llm` call; null before. */
export function returned(call: CallState): string | null {
  if (call.status !== 'finished') return null;
  return call.answer ?? (call.kind === 'llm' ? call.text : null);
}

const LINE_CHARS = 200;

/** First line with anything on it of what the call gave back, at most 200 characters; null before. */
export function returnedLine(call: CallState): string | null {
  const text = returned(call);
  if (text === null) return null;
  const start = text.search(/\S/);
  if (start < 0) return '';
  const end = text.indexOf('\n', start);
  const line = text.slice(start, end < 0 ? undefined : end).trimEnd();
  return line.length <= LINE_CHARS ? line : `${line.slice(0, LINE_CHARS)}…`;
}

/** The cell a call is running now, if any. */
export function openCell(state: RunState, call: CallState): CellState | null {
  const id = call.turns.at(-1)?.cell ?? null;
  const cell = id === null ? undefined : state.cells.get(id);
  return cell !== undefined && cell.endedAt === null ? cell : null;
}

/** The cell of `call` that waits for sub-calls which are not back yet, if any. */
export function waitingCell(state: RunState, call: CallState): CellState | null {
  const cell = openCell(state, call);
  return cell !== null && progress(state, cell.calls).open > 0 ? cell : null;
}

/** How far a set of calls has come, e.g. those of one cell: `42 of 64 back, 1 failed`. */
export interface Progress {
  readonly asked: number;
  /** Finished well. */
  readonly back: number;
  readonly failed: number;
  /** Neither finished, failed nor cut. */
  readonly open: number;
  readonly queued: number;
  readonly retrying: number;
  readonly inFlight: number;
}

export function progress(state: RunState, ids: readonly string[]): Progress {
  const count = { asked: ids.length, back: 0, failed: 0, open: 0, queued: 0, retrying: 0, inFlight: 0 };
  for (const id of ids) {
    const call = state.calls.get(id);
    if (call === undefined) continue;
    if (!isFinal(call.status)) count.open += 1;
    if (call.status === 'finished') count.back += 1;
    if (call.status === 'failed') count.failed += 1;
    if (call.status === 'queued') count.queued += 1;
    if (call.status === 'retrying') count.retrying += 1;
    if (isInFlight(call)) count.inFlight += 1;
  }
  return count;
}

/** A variable as it stands at the playhead. */
export interface VariableState {
  readonly name: string;
  readonly kind: string;
  readonly size: number | null;
  readonly preview: string;
  /** Cell that changed it last. */
  readonly cell: string;
}

/** Variables a call holds after `turn` (or now), in the order in which they were last changed. */
export function variablesAt(state: RunState, call: CallState, turn = Infinity): readonly VariableState[] {
  const held = new Map<string, VariableState>();
  for (const each of call.turns) {
    if (each.turn > turn || each.cell === null) continue;
    for (const change of state.cells.get(each.cell)?.variables ?? []) {
      held.delete(change.name);
      held.set(change.name, { ...change, cell: each.cell });
    }
  }
  return [...held.values()];
}
