import { isPersonNoun } from './answer-type.ts';
import { names } from './extract.ts';
import { isTermOf, matchTerm, wordsOf } from './match.ts';
import type { Question, Term } from './question.ts';
import { isKnownVerb } from './synonyms.ts';
import { tokenise } from './terms.ts';

export interface Bridged {
  /** What the sentence names in place of a part of the question. */
  readonly name: string;
  /** The question with the name put in. */
  readonly question: string;
  readonly sentence: string;
}

/**
 * Whether the name is what the description describes: someone for a role («the leader of»), else the
 * thing named right after the word or after «is». A portrait of the duke is not who signed it.
 */
function isDescribed(head: Term | undefined, between: string): boolean {
  if (head === undefined) return true;
  if (isPersonNoun(head.stem) || isKnownVerb(head.stem)) return true;
  return /^\s*["'“‘(,]?\s*$|\b(?:is|was|are|were|called|named|:)\s+(?:the\s+|an?\s+)?["'“‘]?$/i.test(between);
}

const NESTED = /\b(?:of|by|in|at|from|for|to|who|whom|that|which|where|whose|with)\b|['’]s\b/i;
const RELATIVE = /(?:\b(?:the|a|an)\s+)?(?:\b(?:person|people|man|woman|one|someone|somebody|boy|girl|place|thing)\s+)?\b(?:who|that|which)\s+(?:(?:is|was|has|had|did)\s+)?$/iu;

/**
 * A question inside a question: a sentence that says who «the leader of the Larkspur project» is
 * turns «In which city does the leader of the Larkspur project live?» into one about that person.
 */
export function bridges(question: Question, related: readonly string[]): Bridged[] {
  const found = new Map<string, Bridged>();
  for (const sentence of related) {
    const words = wordsOf(sentence);
    const matches = question.terms.map((term) => matchTerm(term, words));
    const matched = matches.filter((match) => match.strength > 0).map((match) => match.term);
    const missing = matches.filter((match) => match.strength === 0).map((match) => match.term);
    if (matched.length < 2 || missing.length === 0 || !matched.some((term) => term.role !== 'name' && term.role !== 'number')) continue;
    // What the question names must be what the sentence is about, not what it leaves out.
    const named = (term: Term): boolean => term.role === 'name' || term.role === 'number';
    if (question.terms.some(named) && !matched.some(named)) continue;
    const span = spanOf(question, matched, missing);
    if (span === null) continue;
    const link = matches.find((match) => match.at >= 0 && match.term.from >= span.from && !named(match.term));
    for (const name of names(sentence)) {
      if (!isDescribed(link?.term, sentence.slice(words.tokens[link?.at ?? -1]?.to ?? sentence.length, name.from))) continue;
      if (name.quality < 0.9 && tokenise(name.text).length < 2) continue;
      if (tokenise(name.text).some((token) => isTermOf(token.lower, question.terms))) continue;
      const text = `${question.text.slice(0, span.from)}${name.text}${question.text.slice(span.to)}`;
      if (!found.has(text)) found.set(text, { name: name.text, question: text, sentence });
    }
  }
  return [...found.values()].slice(0, 4);
}

/** The part of the question that the matched words make up, if it is a nested description. */
function spanOf(question: Question, matched: readonly Term[], missing: readonly Term[]): { from: number; to: number } | null {
  let from = Math.min(...matched.map((term) => term.from));
  const to = Math.max(...matched.map((term) => term.to));
  if (missing.some((term) => term.from > from && term.to < to)) return null;
  const inside = question.text.slice(from, to);
  // «Ann to play» is no description of somebody else, «Ann's teacher» is.
  const first = matched.find((term) => term.from === from);
  if (first?.role === 'name' && !/^['’]s\b/.test(question.text.slice(first.to)) && !/['’]s\b/.test(inside) && !/(?:er|or)s?$/.test(inside)) return null;
  const roleNoun = matched.some((term) => /(?:er|or)s?$/.test(term.stem) && isKnownVerb(term.stem.replace(/(?:er|or)$/, '')));
  const relative = RELATIVE.exec(question.text.slice(0, from));
  if (!NESTED.test(inside) && !roleNoun && relative === null) return null;
  from = relative?.index ?? from;
  const determiner = /\b(?:the|a|an)\s+(?:\p{L}+\s+)?$/iu.exec(question.text.slice(0, from));
  const skipped = determiner === null ? '' : determiner[0].replace(/^(?:the|a|an)\s+/i, '');
  if (determiner !== null && !missing.some((term) => skipped.includes(term.word))) from = determiner.index;
  return { from, to };
}
