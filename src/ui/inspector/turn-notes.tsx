import type { CallState, Note, RunState, TurnState } from '../../trajectory/run-state.ts';
import styles from './turn-notes.module.css';

interface TurnNotesProps {
  readonly state: RunState;
  readonly call: CallState;
  readonly turn: TurnState | null;
}

/** What the engine, or a person, remarked on a call or on one turn of it: guards, nudges, changes. */
export function TurnNotes({ state, call, turn }: TurnNotesProps) {
  const notes = state.notes.filter((note) => isAbout(note, call, turn));
  if (notes.length === 0) return null;
  return (
    <ul className={styles.notes} aria-label="Remarks">
      {notes.map(({ at, by, text }, index) => (
        <li key={`${at} ${index}`}>
          <b>{by === 'person' ? 'You' : 'Engine'}</b> {text}
        </li>
      ))}
    </ul>
  );
}

/** Remarks on the whole run stand at the root's first turn. */
function isAbout({ call: id, turn: at }: Note, call: CallState, turn: TurnState | null): boolean {
  if (id === null) return call.id === '0' && (turn === null || turn.turn === 1);
  if (id !== call.id) return false;
  return at === null || turn === null || at === turn.turn;
}
