import type { Question, TermRole } from './question.ts';
import { synonymsOf } from './synonyms.ts';
import { irregularForms, stem } from './terms.ts';

/** A word to search for, as the root's code holds it. */
export interface Keyword {
  readonly word: string;
  readonly weight: number;
  readonly pattern: RegExp;
}

const WEIGHT: Readonly<Record<TermRole, number>> = { name: 3, number: 3, topic: 2, asked: 1.5, verb: 1 };
const MOST = 12;

/** What to search for, the surest words first; words of like meaning count for less. */
export function keywordsOf(question: Question): Keyword[] {
  const own = new Map<string, Keyword>();
  for (const term of question.terms) {
    if (own.has(term.stem)) continue;
    own.set(term.stem, { word: term.word, weight: WEIGHT[term.role], pattern: patternOf([term.word], question.foreign) });
  }
  const like = question.terms.flatMap((term): Keyword[] => {
    if (term.role === 'name' || term.role === 'number') return [];
    const others = synonymsOf(term.stem).filter((word) => !own.has(stem(word)) && word.length > 2).slice(0, 12);
    return others.length === 0 ? [] : [{ word: `like ${term.word}`, weight: WEIGHT[term.role] / 2, pattern: patternOf(others) }];
  });
  const ranked = [...own.values()].sort((a, b) => b.weight - a.weight);
  return [...ranked.slice(0, MOST), ...like.slice(0, Math.max(0, MOST - ranked.length))];
}

/** Finds every form of the words: their stem and what may follow it. */
function patternOf(words: readonly string[], foreign = false): RegExp {
  const forms = [...new Set(words.flatMap((word) => formsOf(word, foreign)))];
  const ascii = forms.every((form) => /^[\x21-\x7e]+$/.test(form));
  const body = forms.length === 1 ? (forms[0] ?? '') : `(?:${forms.join('|')})`;
  if (ascii) return new RegExp(`\\b${body}`, 'gi');
  return new RegExp(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u.test(body) ? body : `(?<!\\p{L})${body}`, 'giu');
}

function formsOf(word: string, foreign: boolean): string[] {
  const stemmed = stem(word);
  const plain = word.toLowerCase();
  // A code or a name with marks in it is sought as it is written.
  if (/[^\p{L}]/u.test(plain.replaceAll("'", ''))) return [`${escape(plain)}${/[\w]$/.test(plain) ? '(?![a-z0-9])' : ''}`];
  // Endings of other languages are not known, so the beginning of a long word does.
  if (foreign) return [escape(plain.length >= 6 ? plain.slice(0, -2) : plain)];
  if (!/^[a-z]+$/.test(stemmed) || !/^[a-z']+$/.test(plain)) return [escape(plain)];
  // A long stem may end anyhow; a short one only in the ways of its own word.
  const ending = stemmed.length >= 5 ? '' : stemmed.endsWith('y') ? '(?:y|ie[sd]|ying)\\b' : '(?:e?[sdr]?|ing|ers)\\b';
  const root = stemmed.endsWith('y') ? stemmed.slice(0, -1) : stemmed;
  return [`${root}${ending}`, ...irregularForms(stemmed)];
}

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
