import type { ExportedFile } from '../../state/commands.ts';
import type { RunFinished } from '../../trajectory/run-state.ts';
import { answerValueOf } from '../answer/answer-value-of.ts';

export type AnswerFileKind = 'answer-json' | 'answer-csv';

/** The kinds of file that an answer can be written as, by what it is. */
export function answerFiles(finished: RunFinished | null): readonly AnswerFileKind[] {
  if (finished === null || finished.answer === null) return [];
  return (answerValueOf(finished)?.table ?? null) === null ? ['answer-json'] : ['answer-json', 'answer-csv'];
}

/** The answer as a file; null where it has no such form. CSV is loaded when it is first asked for. */
export async function answerFile(finished: RunFinished, kind: AnswerFileKind): Promise<ExportedFile | null> {
  const { answer, format } = finished;
  if (answer === null) return null;
  switch (kind) {
    case 'answer-json':
      return { name: 'answer.json', type: 'application/json', text: format === 'json' ? answer : JSON.stringify(answer) };
    case 'answer-csv': {
      const table = answerValueOf(finished)?.table;
      if (!table) return null;
      const { toCsv } = await import('../../trajectory/export/answer-csv.ts');
      return { name: 'answer.csv', type: 'text/csv', text: toCsv(table) };
    }
  }
}
