import { weighAll } from './evidence.ts';
import type { Evidence } from './evidence.ts';
import { kindOf } from './question-kind.ts';
import { readQuestion } from './question.ts';
import type { Question } from './question.ts';
import { sentences } from './sentences.ts';
import { chooseLabel, labelsOf, numberedItems } from './sub-labels.ts';
import { listItems } from './sub-list.ts';
import { readPrompt } from './sub-prompt.ts';
import type { SubPrompt } from './sub-prompt.ts';
import { centralSentences } from './sub-summary.ts';

const REFUSAL =
  'The offline demo cannot do that: it is a set of rules, not a language model, and only finds, counts, labels and quotes what a text says.';

/** The sub-model: one reply to one prompt, taken from the passage that the prompt carries. */
export function replyToPrompt(prompt: string): string {
  const read = readPrompt(prompt);
  const task = read.question === '' ? read.instructions : read.question;
  if (kindOf(task) === 'refuse') return REFUSAL;
  const labels = labelsOf(read.instructions);
  if (labels.length > 0 && read.form !== 'lines') return label(labels, read);
  if (read.passage === '') {
    return read.question === '' || kindOf(task) === 'greeting'
      ? 'This is the offline demo: rules, not a language model. Give it a question and a text to read, and it answers with what the text says.'
      : `${read.nothing}: the prompt holds no text to read.`;
  }
  const kind = kindOf(task);
  if (kind === 'summary') return centralSentences(read.passage, wantedCount(read.instructions)).join(' ');
  const question = readQuestion(task);
  if (kind === 'list' || /^\W*(?:extract|list)\b/i.test(read.instructions)) return list(question, read);
  return answer(question, read);
}

function wantedCount(instructions: string): number {
  const words: Readonly<Record<string, number>> = { one: 1, two: 2, three: 3, four: 4, five: 5, single: 1 };
  const asked = /\b(\d{1,2}|one|two|three|four|five|single)[- ](?:short )?(?:sentences?|lines?|points?|bullets?)/i.exec(instructions)?.[1];
  return asked === undefined ? 3 : (words[asked.toLowerCase()] ?? Math.max(1, Number(asked)));
}

function label(labels: readonly string[], read: SubPrompt): string {
  const isYesNo = labels.length === 2 && labels.every((one) => /^(?:yes|no)$/i.test(one));
  const judge = (text: string): string => {
    if (!isYesNo) return chooseLabel(labels, text);
    const wrapped = /^does (?:the|this) (?:passage|text|document|message|line)s? (?:say|mention|state|tell|contain|answer|speak of)(?: that)?\s+/i;
    const question = readQuestion(read.question.replace(wrapped, 'is there '));
    const asked: Question = { ...question, answer: 'yes-no' };
    const best = weighAll(asked, sentences(text))[0];
    const yes = best?.accepted === true && best.answer === 'Yes';
    return labels.find((one) => one.toLowerCase() === (yes ? 'yes' : 'no')) ?? '';
  };
  const items = numberedItems(read.passage);
  if (items.length > 0) return items.map((item) => `${item.number}: ${judge(item.text)}`).join('\n');
  return judge(read.passage === '' ? read.instructions : read.passage);
}

function list(question: Question, read: SubPrompt): string {
  const items = listItems(question, read.passage);
  if (items.length === 0) return read.nothing;
  return items.map((item) => (item.text === item.quote ? `- ${item.text}` : `- ${item.text} | ${item.quote}`)).join('\n');
}

function answer(question: Question, read: SubPrompt): string {
  const passage = sentences(read.passage);
  const ranked = weighAll(question, passage);
  const best = ranked[0];
  if (best === undefined || !best.accepted) return notFound(question, read, ranked);
  const quote = read.passage.slice(best.from, best.to);
  const flat = quote.replace(/\s+/g, ' ');
  switch (read.form) {
    case 'lines':
      return `ANSWER: ${best.answer.replace(/\s+/g, ' ')}\nCONFIDENCE: ${Math.max(1, Math.min(99, best.confidence))}\nQUOTE: ${quote}`;
    case 'bare':
      return best.answer.replace(/\s+/g, ' ');
    case 'free':
      return best.answer === best.sentence.text ? flat : `${best.answer.replace(/\s+/g, ' ')} (“${flat}”)`;
  }
}

/** With a RELATED line, in our own form, where a sentence names something the answer may hang on. */
function notFound(question: Question, read: SubPrompt, ranked: readonly Evidence[]): string {
  if (read.form !== 'lines') return read.nothing;
  const value = (evidence: Evidence): number => evidence.matched.reduce((sum, term) => sum + (term.role === 'name' || term.role === 'number' ? 3 : term.role === 'topic' ? 2 : 1), 0);
  const related = ranked
    .filter((evidence) => evidence.matched.length >= 2 || evidence.matched.some((term) => term.role === 'name'))
    .sort((a, b) => value(b) - value(a) || a.from - b.from)
    .slice(0, 2);
  if (related.length === 0 || question.terms.length < 2) return read.nothing;
  return [read.nothing, ...related.map((evidence) => `RELATED: ${evidence.sentence.text.replace(/\s+/g, ' ').slice(0, 400)}`)].join('\n');
}
