import type { DocumentInfo } from '../../trajectory/events.ts';
import type { TextRange } from '../context-reader.ts';
import type { Run } from '../run.ts';
import { CITE_RULE } from '../prompts/cite-rule.ts';
import { tokensOf, type ModelWindow } from '../window.ts';

/** A text of the context as a prompt holds it. */
export interface PromptText {
  readonly name: string;
  readonly text: string;
}

/** What is asked, and the JSON Schema that the answer must satisfy; '' for none. */
export interface Asked {
  readonly question: string;
  readonly schema: string;
}

/** What the run asks. */
export function askedOf({ request }: Pick<Run, 'request'>): Asked {
  return { question: request.question, schema: (request.settings.answerSchema ?? '').trim() };
}

/**
 * How a message begins that asks for the answer; the offline model knows it by the first sentence.
 * @param named whether the texts stand under the names of their documents, to be cited by.
 */
export function taskOf(schema: string, named: boolean): string {
  const told = 'Answer the question from the context below. If the context does not hold the answer, say so.';
  const task = named ? `${told} ${CITE_RULE}` : told;
  return schema === '' ? task : `${task} Reply with JSON that satisfies this JSON Schema, and nothing else:\n${schema}`;
}

/**
 * Question and context in one message, as the paper's base model gets them. `cut` says that the
 * texts are only the beginning of so many characters.
 */
export function contextPrompt({ question, schema }: Asked, texts: readonly PromptText[], cut: Cut | null = null): string {
  return `${taskOf(schema, texts.length > 1)}\n\n${questionAndContext(question, texts, cut)}`;
}

/** How much of the context a prompt holds. */
export interface Cut {
  readonly chars: number;
  readonly of: number;
}

/** The labelled form: with several texts, each under a line with its name. */
export function questionAndContext(question: string, texts: readonly PromptText[], cut: Cut | null = null): string {
  const note =
    cut === null ? '' : `\n\n(The context below is its first ${figure(cut.chars)} of ${figure(cut.of)} characters; the rest did not fit.)`;
  return `Question:\n${question}${note}\n\nContext:\n${joined(texts, texts.length > 1)}`;
}

/** Texts one after the other, each under its name where that is to be `named`. */
export function joined(texts: readonly PromptText[], named: boolean): string {
  return texts.map(({ name, text }) => (named ? `${nameLine(name)}\n${text}` : text)).join('\n\n');
}

const nameLine = (name: string): string => `Document: ${name.slice(0, 200)}`;

/** What of the context goes into a prompt, or why nothing does. */
export type ContextPlan =
  | { readonly ok: true; readonly ranges: readonly TextRange[]; readonly cut: Cut | null }
  | { readonly ok: false; readonly reason: string };

export interface ContextPlanOptions {
  readonly documents: readonly Pick<DocumentInfo, 'name' | 'chars'>[];
  readonly window: ModelWindow;
  readonly overflow: 'refuse' | 'truncate';
  /** The whole prompt around so many texts, whose own characters are not counted. */
  readonly around: (texts: readonly PromptText[], cut: Cut | null) => string;
}

/** Decides, by the sizes alone, whether the context fits into the window, and what to do where not. */
export function planContext({ documents, window, overflow, around }: ContextPlanOptions): ContextPlan {
  const empty = documents.map(({ name }) => ({ name, text: '' }));
  const total = documents.reduce((sum, { chars }) => sum + chars, 0);
  const whole = documents.map(({ chars }, document) => ({ document, from: 0, to: chars }));
  const chars = around(empty, null).length + total;
  if (chars <= window.chars) return { ok: true, ranges: whole, cut: null };
  if (overflow === 'refuse') return { ok: false, reason: tooLong(chars, window) };
  let room = window.chars - around(empty, { chars: total, of: total }).length;
  if (room <= 0) return { ok: false, reason: questionTooLong(chars - total, window) };
  const ranges: TextRange[] = [];
  for (const range of whole) {
    if (room <= 0) break;
    const to = Math.min(range.to, room);
    ranges.push({ ...range, to });
    room -= to;
  }
  const kept = ranges.reduce((sum, { to }) => sum + to, 0);
  return { ok: true, ranges, cut: { chars: kept, of: total } };
}

function tooLong(chars: number, { model, tokens, kept }: ModelWindow): string {
  return `The question and what it is about are some ${figure(tokensOf(chars))} tokens (estimated as 4 characters each), but «${model}» reads and writes ${figure(tokens)} at once, of which ${figure(kept)} are kept for what it writes. Choose the method RLM, drop fewer documents, choose a model with a larger window, or let Settings cut the context.`;
}

function questionTooLong(chars: number, { model, tokens, kept }: ModelWindow): string {
  return `The question alone is some ${figure(tokensOf(chars))} tokens (estimated as 4 characters each), but «${model}» reads and writes ${figure(tokens)} at once, of which ${figure(kept)} are kept for what it writes. Ask a shorter one, or choose a model with a larger window.`;
}

/** What the log says of a context that was cut. */
export function cutNote({ chars, of }: Cut): string {
  return `The context did not fit into the model’s window: it was given the first ${figure(chars)} of ${figure(of)} characters, and ${figure(of - chars)} were left out.`;
}

function figure(value: number): string {
  return value.toLocaleString('en');
}
