import type { AnswerType } from './answer-type.ts';
import { candidates } from './extract.ts';
import { isTermOf, matchTerm, wordsOf } from './match.ts';
import type { Question, Term } from './question.ts';
import { sentences } from './sentences.ts';
import { tokenise } from './terms.ts';

export interface Item {
  readonly text: string;
  readonly quote: string;
}

const WANTED: readonly (readonly [AnswerType, RegExp])[] = [
  ['email', /\be-?mails?(?: address(?:es)?)?\b/i],
  ['phone', /\b(?:tele)?phone(?: numbers?)?\b/i],
  ['url', /\b(?:urls?|links?|websites?|web addresses)\b/i],
  ['date', /\b(?:dates?|deadlines?|birthdays?)\b/i],
  ['year', /\byears?\b/i],
  ['money', /\b(?:prices?|amounts?|costs?|sums?|fees?)\b/i],
  ['percent', /\bpercent(?:ages?)?\b/i],
  ['place', /\b(?:places?|cities|towns|villages|locations?|countries)\b/i],
  ['code', /\b(?:codes?|ids?|uuids?|guids?|identifiers?|serials?|passwords?)\b/i],
  ['number', /\b(?:numbers?|figures)\b/i],
  ['colour', /\bcolou?rs\b/i],
  ['name', /\b(?:names?|people|persons?|who|characters?|members?|employees|authors?|companies|ships?)\b/i],
];

/** What kind of thing a list question wants, `any` where it names none we know the form of. */
export function wantedType(question: string): AnswerType {
  return WANTED.find(([, pattern]) => pattern.test(question))?.[0] ?? 'any';
}

/** The terms after «for», by the thing they name: «for Anna Bell and Otto» names two. */
function keysOf(question: Question, topic: readonly Term[]): Term[][] {
  const start = question.text.toLowerCase().lastIndexOf(' for ');
  if (start < 0) return [];
  const after = topic.filter((term) => term.from > start);
  return after.reduce<Term[][]>((keys, term, i) => {
    const before = after[i - 1];
    const between = before === undefined ? ',' : question.text.slice(before.to, term.from);
    if (/,|\b(?:and|or)\b/i.test(between)) keys.push([term]);
    else keys.at(-1)?.push(term);
    return keys;
  }, []);
}

/** The things of the wanted kind in the sentences that speak of the question's topic. */
export function listItems(question: Question, passage: string): Item[] {
  const type = wantedType(question.text);
  const topic = question.terms.filter((term) => wantedType(term.word) === 'any' && !/^(?:list|all|every|extract|find|show|mention\w*)$/i.test(term.word));
  const keys = keysOf(question, topic);
  const rest = topic.filter((term) => !keys.some((key) => key.includes(term)));
  const isHead = (term: Term): boolean => term.stem === question.head;
  const out = new Map<string, Item>();
  for (const sentence of sentences(passage)) {
    const words = wordsOf(sentence.text);
    const hit = (term: Term): boolean => matchTerm(term, words).strength > 0;
    const speaksOf = (terms: readonly Term[]): boolean =>
      terms.every((term) => (term.role !== 'name' && term.role !== 'number') || hit(term)) && terms.filter(hit).length * 2 >= terms.length;
    const right = keys.length === 0 ? speaksOf(topic) : keys.some((key) => key.some(hit) && speaksOf([...rest, ...key]));
    // Where the thing has no form of its own, a sentence about the key must name it.
    if (!right || (type === 'any' && keys.length > 0 && !topic.filter(isHead).every(hit))) continue;
    const found = type === 'any' ? [] : candidates(type, sentence.text).filter((one) => one.quality >= 0.6);
    const fresh = found.filter((one) => tokenise(one.text).some((token) => !isTermOf(token.lower, topic)));
    const quote = sentence.text.replace(/\s+/g, ' ');
    if (type === 'any' && topic.length > 0) out.set(quote.toLowerCase(), { text: quote, quote });
    for (const one of fresh) if (!out.has(one.text.toLowerCase())) out.set(one.text.toLowerCase(), { text: one.text, quote });
  }
  return [...out.values()];
}
