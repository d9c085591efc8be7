import { siblings } from '../../trajectory/derive/cell-calls.ts';
import { isFinal } from '../../trajectory/fold-call.ts';
import { PERSON_MODEL } from '../../trajectory/person.ts';
import type { CallState, CellState, RunState, TurnState } from '../../trajectory/run-state.ts';

/** What the inspector is about: a call, and for an `rlm` call one of its turns and that turn's cell. */
export interface Subject {
  readonly call: CallState;
  readonly turn: TurnState | null;
  readonly cell: CellState | null;
}

/** The subject for a selection; the last turn where it names none, or one the playhead has not reached. */
export function subjectOf(state: RunState, call: CallState, turn: number | null): Subject {
  const found = call.turns.find((each) => each.turn === turn) ?? call.turns.at(-1) ?? null;
  const cell = found?.cell ? (state.cells.get(found.cell) ?? null) : null;
  return { call, turn: found, cell };
}

/** Where «previous» and «next» lead: turns of an `rlm` call, else calls that were asked for together. */
export interface Neighbours {
  readonly kind: 'turn' | 'call';
  readonly previous: { readonly call: string; readonly turn: number | null } | null;
  readonly next: { readonly call: string; readonly turn: number | null } | null;
}

export function neighboursOf(state: RunState, { call, turn }: Subject): Neighbours {
  if (turn !== null) {
    const at = call.turns.indexOf(turn);
    const place = (index: number) => {
      const found = index < 0 ? undefined : call.turns[index];
      return found ? { call: call.id, turn: found.turn } : null;
    };
    return { kind: 'turn', previous: place(at - 1), next: place(at + 1) };
  }
  const ids = siblings(state, call);
  const at = ids.indexOf(call.id);
  const place = (index: number) => {
    const id = index < 0 ? undefined : ids[index];
    return id === undefined ? null : { call: id, turn: null };
  };
  return { kind: 'call', previous: place(at - 1), next: at < 0 ? null : place(at + 1) };
}

export const TABS = ['Prompt', 'Reply', 'Code', 'Output', 'Variables', 'Raw'] as const;
export type Tab = (typeof TABS)[number];

/** What one wants to see first: of an `rlm` call its code, or its words where it ended without; of a plain one what it was asked. */
export function firstTab(subject: Subject | null): Tab {
  if (subject?.call.kind === 'llm') return 'Prompt';
  const isWords = subject !== null && subject.cell === null && (subject.turn?.text ?? '') !== '' && isFinal(subject.call.status);
  return isWords ? 'Reply' : 'Code';
}

/** Why a tab has nothing to show, in a sentence; null where it has something. */
export function emptyWords(tab: Tab, { call, turn, cell }: Subject, variables: number): string | null {
  const isPlain = call.kind === 'llm';
  const text = isPlain ? call.text : (turn?.text ?? '');
  const reasoning = isPlain ? call.reasoning : (turn?.reasoning ?? '');
  const isWriting = call.endedAt === null && (isPlain || turn?.repliedAt === null);
  const isPerson = call.model === PERSON_MODEL;
  switch (tab) {
    case 'Prompt':
      if (isPlain) return call.prompt === '' ? 'The prompt of this call is empty.' : null;
      return turn === null ? 'Nothing was sent yet: this call waits for its turn.' : null;
    case 'Reply':
      if (text !== '' || reasoning !== '' || call.failure !== null || call.retries.length > 0) return null;
      if (call.sentAt === null) return 'Nothing came back yet: this call was not sent.';
      if (isWriting) return isPerson ? 'This reply is yours to write.' : 'Sent. The model has not begun to write.';
      return isPerson ? 'You wrote nothing.' : 'The model wrote nothing.';
    case 'Code':
      if (cell !== null) return null;
      if (isPlain) return 'A plain call is one reply of a model. It has no REPL and runs no code.';
      if (turn === null) return 'No code yet: this call waits for its turn.';
      if (isWriting) return isPerson ? 'This turn is yours to write. Its code appears here.' : 'The model is writing this turn. Its code appears here.';
      return turn.repliedAt === null ? 'No reply came, so there is no code.' : 'This reply held no block of code to run.';
    case 'Output':
      if (cell === null) {
        return isPlain
          ? 'A plain call runs no code, so it prints nothing. What it wrote is its reply.'
          : 'No cell ran in this turn, so nothing was printed.';
      }
      if (cell.printed !== '' || cell.error !== null) return null;
      return cell.endedAt === null ? 'The cell has printed nothing so far.' : 'The cell printed nothing.';
    case 'Variables':
      if (isPlain) return 'A plain call has no REPL, so it holds no variables.';
      return variables === 0 ? 'No variable was made up to this turn.' : null;
    case 'Raw':
      return null;
  }
}
