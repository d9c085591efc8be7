import { contrastOf, excludedBy, oppositeOf } from './contrasts.ts';
import { names } from './extract.ts';
import { isTermOf, matchTerm, spread, wordsOf } from './match.ts';
import type { Match, Words } from './match.ts';
import { pickAnswer } from './pick-answer.ts';
import { headIsOpen } from './question.ts';
import type { Question, Term } from './question.ts';
import type { Sentence } from './sentences.ts';
import { PRONOUNS, STOP_WORDS } from './stop-words.ts';
import { isKnownVerb } from './synonyms.ts';
import { stem } from './terms.ts';

/** What one sentence says to the question. */
export interface Evidence {
  readonly sentence: Sentence;
  /** From..to in the passage, longer than the sentence where a pronoun needs the one before. */
  readonly from: number;
  readonly to: number;
  readonly accepted: boolean;
  readonly answer: string;
  /** 0..100. */
  readonly confidence: number;
  /** Terms that stand in the sentence itself. */
  readonly matched: readonly Term[];
  /** Terms that are nowhere around. */
  readonly missing: readonly Term[];
}

const WEIGHT: Readonly<Record<Term['role'], number>> = { name: 3, number: 3, topic: 2, asked: 1.5, verb: 1 };
/** A word that only the sentence before brings counts less than one that stands here. */
const CARRIED = 0.85;
const CARRIED_FAR = 0.7;
/** What is counted must be named, or have a close synonym, in the sentence itself. */
const COUNTED = 0.75;

const stems = (words: string): ReadonlySet<string> => new Set(words.split(' ').map(stem));
/** Verbs that add next to nothing to what they stand with. */
const WEAK_VERBS = stems('have get need use stand lie find keep hold give make take go come put set bring happen occur exist show require see be become do call name');
const VAGUE = stems('current original exact actual official total main precise full real annual yearly whole entire today now present famous well-known certain particular specific possible supposed same used first still currently originally exactly finally actually usually normally best mostly really often soon');

const isVague = (stemmed: string): boolean => VAGUE.has(stemmed) || WEAK_VERBS.has(stemmed);

interface Context {
  readonly sentence: Sentence;
  readonly words: Words;
}

/** Weighs every sentence of a passage; best first. */
export function weighAll(question: Question, passage: readonly Sentence[]): Evidence[] {
  const contexts = passage.map((sentence) => ({ sentence, words: wordsOf(sentence.text) }));
  return contexts.map((_, i) => weigh(question, contexts, i)).sort((a, b) => Number(b.accepted) - Number(a.accepted) || b.confidence - a.confidence || a.from - b.from);
}

function weigh(question: Question, contexts: readonly Context[], i: number): Evidence {
  const here = contexts[i];
  if (here === undefined) throw new RangeError(`no sentence ${i}`);
  const own = question.terms.map((term) => matchTerm(term, here.words));
  const before = hasPronoun(here.words) ? earlier(contexts, i) : [];
  let reach = here.sentence.from;
  const full = own.map((match) => {
    if (match.strength > 0) return match;
    for (const [distance, context] of before.entries()) {
      const there = matchTerm(match.term, context.words);
      if (there.strength === 0) continue;
      if (distance === 0) reach = context.sentence.from;
      return { ...there, at: -1, strength: there.strength * (distance === 0 ? CARRIED : CARRIED_FAR) };
    }
    return match;
  });
  const verdict = judge(question, here, own, full);
  return {
    sentence: here.sentence,
    from: verdict.accepted ? reach : here.sentence.from,
    to: here.sentence.to,
    ...verdict,
    matched: own.filter((match) => match.strength > 0).map((match) => match.term),
    missing: full.filter((match) => match.strength === 0).map((match) => match.term),
  };
}

/** The sentence before and those above it in the same paragraph, nearest first. */
function earlier(contexts: readonly Context[], i: number): Context[] {
  const block = contexts[i]?.sentence.block;
  return contexts.slice(Math.max(0, i - 6), i).filter((context) => context.sentence.block === block).reverse();
}

function hasPronoun(words: Words): boolean {
  return words.tokens.some((token) => PRONOUNS.has(token.lower));
}

type Verdict = Pick<Evidence, 'accepted' | 'answer' | 'confidence'>;
const NO: Verdict = { accepted: false, answer: '', confidence: 0 };

function judge(question: Question, here: Context, own: readonly Match[], full: readonly Match[]): Verdict {
  const about = full.filter((match) => match.term.role !== 'asked' && match.term.role !== 'verb');
  const asked = full.filter((match) => match.term.role === 'asked');
  const verbs = full.filter((match) => match.term.role === 'verb');
  const total = sum(full.map((match) => WEIGHT[match.term.role]));
  if (total === 0) return NO;
  const score = sum(full.map((match) => WEIGHT[match.term.role] * match.strength)) / total;
  const rejected: Verdict = { ...NO, confidence: Math.round(score * 40) };
  // An address is known by its form alone.
  const plain = (question.answer === 'email' || question.answer === 'url') && about.length === 0;
  if (!plain && !own.some((match) => match.strength > 0)) return NO;
  if (question.answer === 'yes-no') return yesNo(full, here, score, question);
  if (!coversTopic(question, about, here.words)) return rejected;
  if (about.some((match) => match.strength < COUNTED && question.counted.includes(match.term.stem))) return rejected;
  const head = asked.find((match) => match.term.stem === question.head);
  const contact = question.answer === 'phone' || question.answer === 'email' || question.answer === 'url';
  const related = verbs.every((match) => match.strength > 0);
  const open = headIsOpen(question) || (question.headIsKind && related) || plain || (contact && asked.some((match) => match.strength > 0));
  if (head !== undefined && head.strength === 0 && !open) return rejected;
  if (asked.some((match) => match.strength === 0 && contrastOf(match.term.stem, here.words.set) !== undefined)) return rejected;
  // «Maiden name», «favourite colour»: where the head may go unsaid, the word before it may not.
  const measured = question.head === null && (question.answer === 'measure' || question.answer === 'age' || question.answer === 'money');
  if (!measured && !contact && (head === undefined || head.strength === 0) && asked.some((match) => match !== head && match.strength === 0)) return rejected;
  if (about.length === 0 && !plain && asked.some((match) => match.strength === 0)) return rejected;
  // «Construction began» is no opening.
  if (verbs.some((match) => match.strength < 1 && contrastOf(match.term.stem, here.words.set) !== undefined)) return rejected;
  if (!saysRelation(question, verbs, about, asked, here.words)) return rejected;
  if (isAboutAnother(question, here, own)) return rejected;
  const picked = pickAnswer(question, here.sentence.text, here.words, full);
  if (picked === null) return rejected;
  const wide = Math.max(0, spread(own, here.words) - 12);
  const sure = Math.round(100 * (0.75 * score + 0.25 * picked.fit) - Math.min(25, wide));
  const confidence = Math.max(1, sure - Math.min(MOST_EXTRA, EXTRA * qualifiers(question, here)));
  return { accepted: sure >= 55 || plain, answer: picked.text, confidence };
}

/** Points that each word too many in the subject costs against a rival, and the most they cost together. */
const EXTRA = 4;
const MOST_EXTRA = 16;
const SUBJECT_END = /\s(?:is|are|was|were)\b|\s?[:=]\s/u;

/** «The magic number for the door is 7» says less to «What is the magic number?» than «The magic number is 7». */
function qualifiers(question: Question, here: Context): number {
  const { tokens, stems: written } = here.words;
  const head = tokens.findIndex((_, i) => question.head !== null && (written[i] ?? []).includes(question.head));
  const at = tokens[head];
  const length = at === undefined ? undefined : SUBJECT_END.exec(here.sentence.text.slice(at.to))?.index;
  if (at === undefined || length === undefined) return 0;
  let first = head;
  while (first > 0 && !STOP_WORDS.has(tokens[first - 1]?.lower ?? '')) first -= 1;
  const subject = tokens.slice(first).filter((token) => token.to <= at.to + length);
  return subject.filter((token) => !STOP_WORDS.has(token.lower) && !isTermOf(token.lower, question.terms)).length;
}

/** All the words the question is about, but for one of many that nothing contradicts. */
function coversTopic(question: Question, about: readonly Match[], words: Words): boolean {
  const missing = about.filter((match) => match.strength === 0);
  if (missing.some((match) => contrastOf(match.term.stem, words.set) !== undefined)) return false;
  if (missing.some((match) => match.term.role === 'number')) return false;
  if (missing.some((match) => match.term.role === 'name' && !mayDropName(match, about))) return false;
  if (missing.length === 0) return true;
  // Of languages other than English we know no verbs: one word in three may be one.
  if (question.foreign) return missing.every((match) => match.term.role === 'topic') && missing.length * 3 <= about.length;
  // «to take the ferry»: a verb or a vague word may go unsaid, a noun may not.
  return missing.every((match) => match.term.role === 'name' || isVague(match.term.stem)) && about.length > missing.length * 2;
}

/** «Ilse Maria Marchetti» may be just Marchetti, but neither Maria nor Ilse Thorne. */
function mayDropName(missing: Match, about: readonly Match[]): boolean {
  const run = about.filter((match) => match.term.role === 'name');
  const at = run.indexOf(missing);
  let end = at;
  while (run[end + 1] !== undefined && (run[end + 1]?.term.from ?? 0) - (run[end]?.term.to ?? 0) <= 2) end += 1;
  let start = at;
  while (start > 0 && (run[start]?.term.from ?? 0) - (run[start - 1]?.term.to ?? 0) <= 2) start -= 1;
  const title = /^(?:dr|mr|mrs|ms|prof|professor|doctor|captain|sir|lady|lord)$/i.test(missing.term.word);
  return end > at && (run[end]?.strength ?? 0) > 0 && (end - start >= 2 || title);
}

/**
 * The relation: its verb, or a word of its meaning. «Founded» is not said by «became head of»: what
 * both words mean is known. A verb nobody knows is given the benefit of the doubt, unless the
 * sentence has one that is known to mean something else.
 */
function saysRelation(question: Question, verbs: readonly Match[], about: readonly Match[], asked: readonly Match[], words: Words): boolean {
  // «Who uses it?» hangs on the verb alone.
  const weak = (match: Match): boolean => question.answer !== 'person' && WEAK_VERBS.has(match.term.stem);
  if (verbs.every((match) => match.strength > 0 || weak(match))) return true;
  if (asked.some((match) => match.strength > 0)) return true;
  if (question.counted.length > 0) return true;
  const known = verbs.filter((match) => match.strength === 0).some((match) => isKnownVerb(match.term.stem));
  if (known || verbs.some((match) => match.strength > 0)) return verbs.some((match) => match.strength > 0) && !known;
  const standing = about.filter((match) => match.strength > 0);
  const of = (role: Term['role']): number => standing.filter((match) => match.term.role === role).length;
  // A name of three words is still one thing.
  const strong = of('topic') + Math.min(1, of('name')) + Math.min(1, of('number'));
  const otherwise = words.tokens.some((token, i) => /(?:ed|s)$/.test(token.lower) && (words.stems[i] ?? []).some((one) => isKnownVerb(one) && !WEAK_VERBS.has(one)));
  return strong >= 2 && !otherwise;
}

const OF_ITS_SUBJECT = stems('die born live retire graduate arrive depart drown perish emigrate resign');

/** «Teutberga, who died in 875, was married to Lothair» does not say when Lothair died. */
function isAboutAnother(question: Question, here: Context, own: readonly Match[]): boolean {
  const verb = own.find((match) => match.at >= 0 && OF_ITS_SUBJECT.has(match.term.stem));
  const named = own.filter((match) => match.at >= 0 && match.term.role === 'name');
  if (verb === undefined || named.length === 0 || named.some((match) => match.at < verb.at + 3)) return false;
  const before = here.sentence.text.slice(0, here.words.tokens[verb.at]?.from ?? 0);
  return names(before).some((name) => name.quality > 0.5) && question.answer !== 'person';
}

const NEGATION = /\b(?:not|no|never|none|nobody|nothing|neither|nor|without|cannot|\w+n['’]t|hardly|refus\w+|fail\w* to|lacks?|denied|declined)\b/i;

function yesNo(full: readonly Match[], here: Context, score: number, question: Question): Verdict {
  const missing = full.filter((match) => match.strength === 0);
  const [first, ...more] = missing;
  const last = full.at(-1);
  // «Is the door red?» is answered by «green»; «Is the north door red?» is not by the south door.
  const opposed =
    first !== undefined &&
    more.length === 0 &&
    (oppositeOf(first.term.stem, here.words.set) !== undefined ||
      (first === last && excludedBy(first.term.stem, here.words.set) !== undefined));
  const tolerated = first !== undefined && more.length === 0 && full.length >= 3 && (VAGUE.has(first.term.stem) || WEAK_VERBS.has(first.term.stem));
  if (first !== undefined && !opposed && !tolerated) return NO;
  const negated = NEGATION.test(here.sentence.text) !== NEGATION.test(question.text);
  const yes = opposed ? negated : !negated;
  return { accepted: true, answer: yes ? 'Yes' : 'No', confidence: Math.round(opposed ? 75 : score * 90) };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
