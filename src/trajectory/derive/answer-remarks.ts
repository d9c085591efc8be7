import { isRlm } from '../methods.ts';
import type { RunState } from '../run-state.ts';

/**
 * What must be known of an answer to judge it, in the engine's words: that its text was cut to fit
 * the window, or that it does not satisfy its schema.
 */
export function answerRemarks({ notes, started, calls }: RunState): readonly string[] {
  const last = calls.get('0')?.turns.at(-1)?.turn ?? null;
  const hasText = started !== null && !isRlm(started.method);
  return notes.flatMap(({ by, call, turn, guard, text }) => {
    if (by !== 'engine' || call !== '0') return [];
    // Of a method that gets the text itself, what is said before its first turn is how much of it.
    const isOfText = hasText && turn === null;
    return isOfText || (guard === 'answer-schema' && turn === last) ? [text] : [];
  });
}
