import { answerSentence, askedThing } from './answer-sentence.ts';
import { CLOSING } from './cells/cell.ts';
import { weighAll, type Evidence } from './evidence.ts';
import { fixedForm } from './fixed-form.ts';
import { readQuestion, type Question } from './question.ts';
import { sentences } from './sentences.ts';
import { listItems } from './sub-list.ts';
import { centralSentences } from './sub-summary.ts';
import { documentOf, type Passage } from './whole-context.ts';

/** What a passage says to a question, and which passage it is. */
export interface Found {
  readonly passage: Passage;
  readonly evidence: Evidence;
}

/** Every sentence of the passages that says something to the question, the best first. */
export function weighPassages(question: Question, passages: readonly Passage[]): Found[] {
  return passages
    .flatMap((passage) => weighAll(question, sentences(passage.text)).map((evidence) => ({ passage, evidence })))
    .sort((a, b) => Number(b.evidence.accepted) - Number(a.evidence.accepted) || b.evidence.confidence - a.evidence.confidence);
}

/**
 * The answer that one reading of the passages gives, as Markdown with its quote; null where they do
 * not say it. Rules find a sentence: they count, sort and reckon nothing that is not written there.
 */
export function findAnswer(asked: string, passages: readonly Passage[]): string | null {
  const question = readQuestion(asked);
  if (question.kind === 'refuse') return `${REFUSAL}\n\n${CLOSING}`;
  const text = passages.map((passage) => passage.text).join('\n\n');
  if (question.kind === 'summary') return closed(`An extractive summary:\n\n${bullets(centralSentences(text, 5))}`);
  if (question.kind === 'list') {
    const fixed = fixedForm(question);
    const found = fixed === null ? listItems(question, text).map((item) => item.text) : (text.match(fixed.pattern) ?? []);
    const items = [...new Set(found)];
    if (items.length > 0) return closed(bullets(items));
  }
  const [best] = weighPassages(question, passages);
  if (best === undefined || !best.evidence.accepted) return null;
  const { evidence, passage } = best;
  const name = documentOf(passage.name);
  const line = passage.line === undefined ? [] : [`line ${passage.line + passage.text.slice(0, evidence.from).split('\n').length - 1}`];
  const place = [...(name === '' ? [] : [name]), ...line].join(', ');
  const source = place === '' ? '' : `\n\n— ${place}`;
  const said = question.kind === 'documents' && name !== '' ? `It stands in **${name}**.` : sentenceOf(asked, evidence.answer);
  return closed(`${said}\n\n> ${flat(passage.text.slice(evidence.from, evidence.to))}${source}`);
}

/** The answer, or that there is none. `where` was read: «the context», «what the searches found». */
export function answerOrNot(asked: string, passages: readonly Passage[], where: string): string {
  return findAnswer(asked, passages) ?? closed(`Not found: ${where} does not say ${askedThing(asked)}.`);
}

const REFUSAL =
  'The offline demo cannot do that. It finds and quotes what a text says; writing or translating needs a language model, which Settings can connect.';

const sentenceOf = (asked: string, answer: string): string => answerSentence(asked, flat(answer)).replace('{answer}', `**${flat(answer)}**`);
const closed = (text: string): string => `${text}\n\n${CLOSING}`;
const bullets = (lines: readonly string[]): string => lines.map((line) => `- ${line}`).join('\n');
const flat = (text: string): string => text.replace(/\s+/g, ' ');
