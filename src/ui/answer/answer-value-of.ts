import { readTable, type AnswerTable } from '../../trajectory/answer-table.ts';
import type { RunFinished } from '../../trajectory/run-state.ts';

/** An answer that is a value: its JSON, laid out, and its table where it has one. */
export interface AnswerValueOf {
  readonly json: string;
  readonly table: AnswerTable | null;
}

/** Ten megabytes take a moment to read: once for a run, whoever asks. */
const known = new WeakMap<RunFinished, AnswerValueOf>();

/** The answer of a run as a value; null where it is words, or there is none. */
export function answerValueOf(finished: RunFinished): AnswerValueOf | null {
  if (finished.answer === null || finished.format !== 'json') return null;
  const before = known.get(finished);
  if (before) return before;
  const value = read(finished.answer);
  known.set(finished, value);
  return value;
}

function read(answer: string): AnswerValueOf {
  try {
    const value: unknown = JSON.parse(answer);
    const table = readTable(value);
    return { json: JSON.stringify(value, null, 2), table: table && table.rows.length > 0 ? table : null };
  } catch {
    // A log from elsewhere may say JSON of what is none.
    return { json: answer, table: null };
  }
}
