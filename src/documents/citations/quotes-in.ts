import type { AnswerFormat } from '../../trajectory/events.ts';
import { type AnswerPassage } from './answer-passage.ts';
import { answerLines } from './block-quotes.ts';
import { jsonQuotes } from './json-quotes.ts';
import { proseQuotes } from './prose-quotes.ts';
import { isTelling } from './quote-role.ts';

/** Passages of one answer that are looked for; quotations come first. */
export const MOST_PASSAGES = 200;

/** An answer of one line up to this long is a value itself. */
const SHORT_ANSWER = 120;

/** A text that is nothing but JSON is an answer, not code. */
const FENCED_JSON = /^\s*```json[ \t]*\r?\n([^]*)\n[ \t]*```\s*$/i;

/**
 * What an answer quotes and claims, in its order. Code blocks quote nobody. Takes time in proportion
 * to the answer's length.
 */
export function quotesIn(answer: string, format: AnswerFormat): readonly AnswerPassage[] {
  const json = format === 'json' ? answer : FENCED_JSON.exec(answer)?.[1];
  const inOrder = (json === undefined ? null : jsonQuotes(json, 5 * MOST_PASSAGES)) ?? textQuotes(answer);
  const found = mergedRepeats(inOrder.toSorted((a, b) => a.at - b.at));
  const seen = new Set<string>();
  const chosen: AnswerPassage[] = [];
  for (const role of ['quote', 'claim'] as const) {
    for (const passage of found) {
      if (passage.role !== role || chosen.length >= MOST_PASSAGES || seen.has(passage.quote)) continue;
      seen.add(passage.quote);
      chosen.push(passage);
    }
  }
  return chosen.toSorted((a, b) => a.at - b.at);
}

/** What is quoted twice is of the document that either place names. */
function mergedRepeats(passages: readonly AnswerPassage[]): readonly AnswerPassage[] {
  const named = new Map<string, AnswerPassage>();
  for (const each of passages) if (each.attributed !== null && !named.has(each.quote)) named.set(each.quote, each);
  return passages.map((each) => {
    const { attributed, hints } = each.attributed === null ? (named.get(each.quote) ?? each) : each;
    return { ...each, attributed, hints };
  });
}

function textQuotes(answer: string): readonly AnswerPassage[] {
  const { prose, quotes } = answerLines(answer, MOST_PASSAGES);
  const found = [...quotes, ...proseQuotes(prose, 5 * MOST_PASSAGES)];
  if (found.length > 0) return found;
  const line = answer.trim();
  const isValue = line.length <= SHORT_ANSWER && !line.includes('\n') && isTelling(line);
  return isValue ? [{ quote: line.replace(/\.$/u, ''), role: 'claim', hints: [], attributed: null, at: 0 }] : [];
}
