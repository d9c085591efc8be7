import { weighPassages } from './answer-whole.ts';
import type { Evidence } from './evidence.ts';
import { readQuestion } from './question.ts';
import type { Question } from './question.ts';
import { listItems } from './sub-list.ts';
import { centralSentences } from './sub-summary.ts';
import { documentOf, type PartToSummarise, type Passage } from './whole-context.ts';

/** Sentences of one part that are kept because they answer, or may lead to what does. */
const MOST_ANSWERS = 8;
const MOST_RELATED = 4;
/** Sentences of one part that stand for it where the question asks for a summary. */
const CENTRAL = 3;

/**
 * The summary of a part: sentences, word for word, each with its document; those kept before stay.
 * Where there is no room for all, those that say most to the question do.
 */
export function summarisePart({ question: asked, kept, passages, mostChars }: PartToSummarise): string {
  const question = readQuestion(asked);
  const lines = [...kept, ...passages.flatMap((passage) => relevant(question, passage))].map(lineOf);
  const distinct = [...new Set(lines)];
  return distinct.length === 0 ? 'Nothing so far bears on the question.' : withinRoom(question, distinct, mostChars).join('\n');
}

function relevant(question: Question, passage: Passage): Passage[] {
  const name = documentOf(passage.name);
  const of = (texts: readonly string[]): Passage[] => [...new Set(texts)].map((text) => ({ name, text }));
  if (question.kind === 'summary') return of(centralSentences(passage.text, CENTRAL));
  if (question.kind === 'list') return of(listItems(question, passage.text).map((item) => item.quote));
  const found = weighPassages(question, [passage]);
  const accepted = found.filter(({ evidence }) => evidence.accepted).slice(0, MOST_ANSWERS);
  const related = found.filter(({ evidence }) => !evidence.accepted && mayLead(evidence)).slice(0, MOST_RELATED);
  return of([...accepted, ...related].map(({ evidence }) => passage.text.slice(evidence.from, evidence.to).replace(/\s+/g, ' ')));
}

const mayLead = ({ matched }: Evidence): boolean => matched.length >= 2 || matched.some((term) => term.role === 'name');

const lineOf = ({ name, text }: Passage): string => `- [${name.replace(/[[\]]/g, '')}] ${text}`;

function withinRoom(question: Question, lines: readonly string[], mostChars: number): string[] {
  const passages = lines.map((text) => ({ name: text, text: text.replace(/^- \[[^\]]*\] /, '') }));
  const ranked = weighPassages(question, passages).map(({ passage }) => passage.name);
  let room = mostChars;
  const chosen = new Set<string>();
  for (const line of new Set(ranked)) {
    if (line.length + 1 > room) continue;
    room -= line.length + 1;
    chosen.add(line);
  }
  return lines.filter((line) => chosen.has(line));
}
