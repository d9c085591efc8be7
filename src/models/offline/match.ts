import type { Term } from './question.ts';
import { synonymy } from './synonyms.ts';
import { phrasalStem, sameFamily, stem, stemsOf, tokenise } from './terms.ts';
import type { Token } from './terms.ts';

/** A sentence's words, ready to be compared with a question's. */
export interface Words {
  readonly tokens: readonly Token[];
  readonly stems: readonly (readonly string[])[];
  readonly set: ReadonlySet<string>;
}

export function wordsOf(text: string): Words {
  const tokens = tokenise(text);
  const stems = tokens.map((token, i) => {
    const own = stemsOf(token);
    const phrasal = phrasalStem(own[0] ?? '', tokens[i + 1]?.lower);
    return phrasal === undefined ? own : [...own, phrasal];
  });
  return { tokens, stems, set: new Set(stems.flat()) };
}

/** How well a term stands in a sentence: 1 the word itself, less for its family or a synonym. */
export interface Match {
  readonly term: Term;
  readonly strength: number;
  /** Index of the token, -1 where it does not stand here. */
  readonly at: number;
}

const FAMILY = 0.9;
const SYNONYMY = { close: 0.8, loose: 0.7, none: 0 };

export function matchTerm(term: Term, words: Words): Match {
  let best: Match = { term, strength: 0, at: -1 };
  if (words.set.has(term.stem)) {
    const at = words.stems.findIndex((stems) => stems.includes(term.stem));
    return { term, strength: 1, at };
  }
  if (term.role === 'number') return best;
  const loose = term.role !== 'name' || !/^\p{Lu}/u.test(term.word);
  words.stems.forEach((stems, at) => {
    for (const other of stems) {
      const strength = sameFamily(term.stem, other) ? FAMILY : loose ? SYNONYMY[synonymy(term.stem, other)] : 0;
      if (strength > best.strength) best = { term, strength, at };
    }
  });
  return best;
}

/** Every token of the sentence that stands for `term`. */
export function occurrences(term: Term, words: Words): number[] {
  return words.stems.flatMap((stems, at) => (stems.includes(term.stem) || stems.some((other) => sameFamily(term.stem, other)) ? [at] : []));
}

/** Tokens of the shortest stretch that holds one occurrence of every matched term. */
export function spread(matches: readonly Match[], words: Words): number {
  const sought = matches.filter((match) => match.at >= 0).map((match) => {
    const all = occurrences(match.term, words);
    return all.length > 0 ? all : [match.at];
  });
  if (sought.length < 2) return 0;
  let best = Number.POSITIVE_INFINITY;
  for (const start of new Set(sought.flat())) {
    let end = start;
    for (const places of sought) {
      const next = places.find((at) => at >= start);
      end = next === undefined ? Number.POSITIVE_INFINITY : Math.max(end, next);
    }
    best = Math.min(best, end - start);
  }
  return best;
}

export function isTermOf(word: string, terms: readonly Term[]): boolean {
  const stemmed = stem(word);
  return terms.some((term) => term.stem === stemmed || sameFamily(term.stem, stemmed));
}
