import type { ContextDocument, Exchange } from '../../repl/port.ts';
import { kindLabel } from '../../trajectory/document-kinds.ts';
import { count, figure } from './figures.ts';

const LISTED_DOCUMENTS = 50;

const LAZY =
  'A lazy text has the read methods of a string and lines(). Search it with grep, match or matchAll, go through it with `for (const line of text.lines())`, slice pieces of up to 16,000,000 characters; it cannot be printed, joined or put into a prompt whole.';

/** What a follow-up finds of the runs before it: the exchanges, and the variables that live on. */
export interface Earlier {
  readonly exchanges: readonly Exchange[];
  readonly variables: readonly string[];
}

/** The first user message: the question, and the context's measures without a word of its text. */
export function firstMessage(
  question: string,
  documents: readonly ContextDocument[],
  single: boolean,
  earlier: Earlier | null = null,
): string {
  const chars = documents.reduce((sum, document) => sum + document.chars, 0);
  const type = single ? '`context` is one text' : `\`context\` is an array of ${count(documents.length, 'text')}`;
  const listed = documents.slice(0, LISTED_DOCUMENTS).map((document, index) => {
    const pages = document.pages === undefined ? '' : `, ${count(document.pages, 'page')}`;
    const lazy = document.lazy === true ? ', lazy' : '';
    const size = `${count(document.chars, 'character')}, ${count(document.lines, 'line')}${pages}${lazy}`;
    const about = `${index}. ${JSON.stringify(document.name.slice(0, 200))} (${kindOf(document.kind)}): ${size}`;
    return document.shape === undefined ? about : `${about}\n   ${shapeOf(document.shape)}`;
  });
  const more = documents.length - listed.length;
  if (more > 0) listed.push(`and ${figure(more)} more`);
  if (documents.some(({ lazy }) => lazy)) listed.push(LAZY);
  const before = earlier === null ? [] : ['', ...earlierLines(earlier)];
  return [
    `Question:
${question}

Context:
${type}, ${count(chars, 'character')} in all (roughly ${count(Math.ceil(chars / 4), 'token')}).`,
    ...listed,
    ...before,
  ].join('\n');
}

/** Exchanges shown, the last ones, and characters of each text in them; `history` holds all of it. */
const SHOWN_EXCHANGES = 10;
const SHOWN_CHARS = 2_000;

/** Characters of a document's layout that are told. */
const SHOWN_SHAPE = 400;

const shapeOf = (shape: string): string => shape.replace(/\s+/g, ' ').trim().slice(0, SHOWN_SHAPE);

/** «text», «PDF», «Word document»: as a kind is called, in lower case where it is a plain word. */
const kindOf = (kind: string): string => (kind === 'text' ? kind : kindLabel(kind));

function earlierLines({ exchanges, variables }: Earlier): string[] {
  const lines: string[] = [];
  if (exchanges.length > 0) {
    const skipped = Math.max(0, exchanges.length - SHOWN_EXCHANGES);
    const which = skipped === 0 ? '' : `, the last ${SHOWN_EXCHANGES} of ${exchanges.length}`;
    lines.push(`Asked before in this conversation${which} (\`history\` holds them whole):`);
    exchanges.slice(skipped).forEach(({ question, answer }, index) => {
      lines.push(`${skipped + index}. Asked: ${shortened(question)}`, `   Answered: ${shortened(answer)}`);
    });
  }
  if (variables.length > 0) lines.push(`Your variables of before live on: ${variables.join(', ')}.`);
  return lines;
}

function shortened(text: string): string {
  if (text.length <= SHOWN_CHARS) return text;
  const head = text.slice(0, SHOWN_CHARS).replace(/[\ud800-\udbff]$/, '');
  return `${head} … [${count(text.length, 'character')} in all]`;
}
