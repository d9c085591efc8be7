import type { TermRole } from './question.ts';
import { FOREIGN_STOP_WORDS, STOP_WORDS } from './stop-words.ts';
import { stem } from './terms.ts';
import type { Token } from './terms.ts';

export const QUESTION_WORDS = new Map<string, 'what' | 'who' | 'when' | 'where' | 'why' | 'how'>([
  ['what', 'what'], ['which', 'what'], ['whats', 'what'], ["what's", 'what'], ['whose', 'who'], ['who', 'who'], ['whom', 'who'],
  ["who's", 'who'], ['when', 'when'], ["when's", 'when'], ['where', 'where'], ["where's", 'where'], ['why', 'why'], ['how', 'how'],
]);
/** «Please tell me», before the thing asked for. */
export const IMPERATIVE = /^\W*(?:please\s+)?(?:can|could|would|will)?\s*(?:you\s+)?(?:please\s+)?(?:tell|give|show|find|look up|get|state|report|retrieve|identify|provide|return)\s+(?:(?:me|us|out)\s+)?/iu;
/** Words that name no topic of their own beside a question word. */
export const HOLLOW = new Set(['name', 'kind', 'type', 'sort', 'called', 'named', 'happen', 'mention', 'list', 'tell', 'thing', 'exact', 'text', 'document', 'given', 'context'].map(stem));

const AUXILIARY_STARTS = new Set(['the', 'a', 'an', 'is', 'was', 'did', 'does', 'who', 'what', 'when', 'where', 'which', 'how', 'why', 'of', 'and', 'in', 'at', 'on']);

/** Pairs of characters that hold a Chinese or Japanese particle or question word. */
const FUNCTION_CHARACTERS = /^(?:.*[的是了吗呢么谁哪几在和有请问をはがのにでとかもへ]).*$|什么|多少|怎|ます|です|した/u;

/** A first guess from the look of each word: name, number, topic, or null for none of them. */
export function firstRoles(text: string, tokens: readonly Token[], foreign: boolean, quoted: readonly string[]): (TermRole | null)[] {
  const shouting = text === text.toUpperCase();
  const inQuotes = quoted.map((phrase) => ({ from: text.indexOf(phrase), to: text.indexOf(phrase) + phrase.length }));
  const saysNothing = (token: Token): boolean => {
    if (foreign && FUNCTION_CHARACTERS.test(token.text)) return true;
    const known = STOP_WORDS.has(token.lower) || (foreign && FOREIGN_STOP_WORDS.has(token.lower));
    if (!known) return token.text.length === 1 && !token.capital && !token.digits && token.lower < '\u2e80';
    // «Will», «May», «IT» in mid-sentence are names.
    return !token.capital || token === tokens[0] || shouting || token.text === 'I' || AUXILIARY_STARTS.has(token.lower);
  };
  return tokens.map((token, i) => {
    if (inQuotes.some((range) => token.from >= range.from && token.to <= range.to)) return 'name';
    if (saysNothing(token)) return null;
    if (token.digits) return 'number';
    if (!token.capital || shouting) return 'topic';
    return i > 0 || tokens[i + 1]?.capital === true || /['’]s$/.test(token.text) ? 'name' : 'topic';
  });
}
