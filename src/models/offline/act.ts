import type { Message } from '../../trajectory/events.ts';
import { answerOrNot, findAnswer } from './answer-whole.ts';
import { readQuestion } from './question.ts';
import { synonymsOf } from './synonyms.ts';
import { readWholeContext, type Passage } from './whole-context.ts';

const ACT_PROMPT = /^\s*You answer a question in turns of THINK, ACT and ANSWER/;

export function isAct(messages: readonly Message[]): boolean {
  return ACT_PROMPT.test(messages[0]?.content ?? '');
}

/** The next turn of a CodeAct conversation: a search, where that is how the text is found, or the answer. */
export function nextAct(messages: readonly Message[]): string {
  const [, first] = messages;
  const context = readWholeContext(first?.content ?? '');
  if (context !== null) {
    const thought = 'The context is in the message, so I read it sentence by sentence for what is asked.';
    return said(thought, answerOrNot(context.question, context.passages, 'the context'));
  }
  const question = /^Question:\n([\s\S]*?)\n\nDocuments:\n/.exec(first?.content ?? '')?.[1] ?? '';
  const outputs = messages.slice(2).filter(({ role }) => role === 'user');
  const passages = outputs.flatMap(({ content }) => passagesIn(content));
  const answer = outputs.length === 0 ? null : findAnswer(question, passages);
  if (answer !== null) return said('One of the passages says it.', answer);
  const [query, why] = outputs.length === 0 ? plainQuery(question) : likeQuery(question);
  const isLast = /This is your last turn/.test(messages.at(-1)?.content ?? '');
  if (outputs.length < 2 && query !== '' && !isLast) return `THINK: ${why}\nACT:\nSEARCH(${query})`;
  return said('No passage says it, and a guess would be worse than saying so.', answerOrNot(question, passages, 'what the searches found'));
}

const said = (thought: string, answer: string): string => `THINK: ${thought}\nANSWER: ${answer}`;

/** The passages that a search printed, each under `[document, line n]`. */
function passagesIn(output: string): Passage[] {
  const body = output.replace(/^OUTPUT:\n/, '').replace(/\n\nTurn \d+ of \d+\.[^\n]*$/, '');
  const heads = [...body.matchAll(/^\[(.+), line (\d+)\]\n/gm)];
  return heads.map((head, i) => ({
    name: head[1] ?? '',
    line: Number(head[2]),
    text: body.slice(head.index + head[0].length, heads[i + 1]?.index ?? body.length).trimEnd(),
  }));
}

const asQuery = (words: readonly string[]): string => [...new Set(words)].join(' ').replace(/[^\p{L}\p{N}\s'-]/gu, ' ').replace(/\s+/g, ' ').trim();

function plainQuery(question: string): readonly [query: string, why: string] {
  const query = asQuery(readQuestion(question).terms.map(({ word }) => word));
  return [query, 'I have seen nothing of the documents yet, so I search for the words of the question.'];
}

function likeQuery(question: string): readonly [query: string, why: string] {
  const { terms } = readQuestion(question);
  const like = terms.flatMap(({ word, stem, role }) => (role === 'name' || role === 'number' ? [word] : synonymsOf(stem).slice(0, 4)));
  return [asQuery(like), 'No passage says it in these words, so I search for words of like meaning.'];
}
