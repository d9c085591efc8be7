import type { AnswerType } from './answer-type.ts';
import { candidates } from './extract.ts';
import type { Candidate } from './extract.ts';
import { isTermOf } from './match.ts';
import type { Match, Words } from './match.ts';
import type { Question } from './question.ts';
import { STOP_WORDS } from './stop-words.ts';
import { stem, tokenise } from './terms.ts';

export interface Picked {
  readonly text: string;
  /** 0..1: does the sentence hold a value of the type asked for? */
  readonly fit: number;
}

/**
 * The part of `sentence` that answers. Among stretches of the right form the one nearest to the
 * words that ask for it wins; null where the type demands a form and there is none.
 */
export function pickAnswer(question: Question, sentence: string, words: Words, matches: readonly Match[]): Picked | null {
  const type = question.answer;
  const anchors = anchorsOf(question, words, matches);
  const options = candidates(type, sentence).filter((option) => (type !== 'person' || option.quality > 0.5) && isNews(option.text, question, type) && unitFits(option, question, sentence, matches));
  const ranked = options
    .map((option) => ({ option, score: option.quality + nearness(option, anchors) + shape(type, option, sentence, question) }))
    .sort((a, b) => b.score - a.score);
  const best = ranked[0]?.option;
  if (best !== undefined) return { text: best.text, fit: best.quality };
  return fallback(type, question, sentence, words, matches);
}

/** Types whose form is the answer: without it there is none. */
const STRICT: ReadonlySet<AnswerType> = new Set(['date', 'year', 'time', 'number', 'money', 'percent', 'measure', 'age', 'phone', 'email', 'url', 'colour']);

function fallback(type: AnswerType, question: Question, sentence: string, words: Words, matches: readonly Match[]): Picked | null {
  if (STRICT.has(type)) return null;
  const clause = clauseAnswer(question, sentence, words, matches);
  if (type === 'reason') {
    const why = /\b(?:because(?: of)?|since|due to|owing to|in order to|so that|as a result of|thanks to|after|for|to)\s+[^.;]+/i.exec(sentence);
    return { text: why?.[0] ?? sentence, fit: why === null ? 0.4 : 0.8 };
  }
  if (type === 'person') {
    const someone = someoneIn(question, sentence, words, matches);
    return someone === null ? null : { text: someone, fit: 0.5 };
  }
  if (type === 'name' || type === 'place' || type === 'code') {
    return clause === null ? null : { text: clause, fit: 0.5 };
  }
  const phrase = numbered(question, sentence) ?? clause ?? nounPhrase(question, sentence);
  return { text: phrase ?? sentence, fit: phrase === null ? 0.5 : 0.8 };
}

/** «shelf 14» for «Which shelf …?» */
function numbered(question: Question, sentence: string): string | null {
  const tokens = tokenise(sentence);
  const at = tokens.findIndex((token, i) => question.head !== null && stem(token.lower) === question.head && tokens[i + 1]?.digits === true && tokens[i + 1]?.from === token.to + 1);
  const [head, number] = [tokens[at], tokens[at + 1]];
  return head === undefined || number === undefined ? null : sentence.slice(head.from, number.to);
}

/** «the north vault» for «Which vault …?»: the head with the words right before it. */
function nounPhrase(question: Question, sentence: string): string | null {
  const tokens = tokenise(sentence);
  const head = tokens.findIndex((token) => question.head !== null && isTermOf(token.lower, [{ word: '', stem: question.head, role: 'asked', from: 0, to: 0 }]));
  const end = tokens[head];
  if (end === undefined) return null;
  let from = head;
  while (from > 0 && head - from < 3 && !STOP_WORDS.has(tokens[from - 1]?.lower ?? 'the')) from -= 1;
  const start = tokens[from];
  return start === undefined || from === head ? null : sentence.slice(start.from, end.to);
}

/** Character offsets of the words that ask: the head, the verb, else whatever matched. */
function anchorsOf(question: Question, words: Words, matches: readonly Match[]): number[] {
  const offset = (match: Match): number[] => {
    const token = words.tokens[match.at];
    return token === undefined ? [] : [(token.from + token.to) / 2];
  };
  const asking = matches.filter((match) => match.term.role === 'asked' || match.term.role === 'verb' || match.term.stem === question.head);
  const near = asking.flatMap(offset);
  return near.length > 0 ? near : matches.flatMap(offset);
}

function nearness(option: Candidate, anchors: readonly number[]): number {
  if (anchors.length === 0) return 0;
  const distance = Math.min(...anchors.map((at) => (at < option.from ? option.from - at : at > option.to ? at - option.to : 0)));
  return 0.6 / (1 + distance / 25);
}

function shape(type: AnswerType, option: Candidate, sentence: string, question: Question): number {
  const counted = question.terms.filter((term) => term.stem === question.head);
  const before = sentence.slice(Math.max(0, option.from - 24), option.from);
  const after = sentence.slice(option.to, option.to + 24);
  if (type === 'person') return /\bby (?:the )?$/i.test(before) ? 0.4 : 0;
  if (type === 'code' || type === 'phone' || type === 'money') return /(?:\b(?:is|was|to|reads?|equals|are)|[:=])\s*["'“‘]?$/i.test(before) ? 0.3 : 0;
  // «412 pear trees»: the figure stands right before what is counted.
  if (type === 'number') return tokenise(after).slice(0, 3).some((token) => isTermOf(token.lower, counted)) ? 0.5 : 0;
  return 0;
}

const LENGTHS = /(?:[kcm]?m|met(?:re|er)s?|feet|foot|ft|inch(?:es)?|miles?|yards?|fathoms?|cubits?|leagues?|stor(?:ey|ie)s)$/i;
const DURATIONS = /(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?|centuries)$/i;
const LASTING = /\b(?:take|took|taken|last(?:s|ed)?|stay|remain|wait|work|live|reign|rule|need|since|spend|spent)\w*\b/i;
const UNITS: Readonly<Record<string, readonly RegExp[]>> = {
  tall: [LENGTHS], high: [LENGTHS], deep: [LENGTHS], wide: [LENGTHS], far: [LENGTHS], thick: [LENGTHS], long: [LENGTHS, DURATIONS],
  heavy: [/(?:g|kg|tons?|tonnes?|kilograms?|kilos?|pounds?|lbs?|ounces?|grams?)$/i],
  fast: [/(?:km\/h|mph|knots|per (?:hour|second)|m\/s)$/i],
  hot: [/(?:degrees?.*|°.*)$/i], cold: [/(?:degrees?.*|°.*)$/i],
};

/** «How tall» is not answered by «six years». A bare number fits anything. */
function unitFits({ text, from }: Candidate, question: Question, sentence: string, matches: readonly Match[]): boolean {
  if (question.answer !== 'measure') return true;
  if (/[$€£¥]\s?$/.test(sentence.slice(0, from))) return false;
  const asked = question.terms.find((term) => UNITS[term.word.toLowerCase()] !== undefined);
  const lasting = asked?.word.toLowerCase() === 'long' && LASTING.test(question.text);
  const units = asked === undefined ? undefined : UNITS[asked.word.toLowerCase()];
  if (lasting) return DURATIONS.test(text);
  // A figure in words has no unit either.
  const unit = /(?:^|\s|\d)([^\s\d]+(?: \p{L}+)?)$/u.exec(text)?.[1] ?? '';
  // «50» alone says how tall something is only where the sentence speaks of height.
  if (unit === '') return asked === undefined || matches.some((match) => match.term === asked && match.strength > 0);
  return units === undefined || /(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|teen|ty|hundred|thousand|million)$/i.test(text) || units.some((one) => one.test(text));
}

/** A stretch made only of the question's own words tells nothing new. */
function isNews(text: string, question: Question, type: AnswerType): boolean {
  const words = tokenise(text).filter((token) => !STOP_WORDS.has(token.lower));
  if (words.length === 0) return false;
  const fresh = words.filter((token) => !isTermOf(token.lower, question.terms));
  if (type === 'person' || type === 'name') return fresh.length > 0 && fresh.length * 2 >= words.length;
  return fresh.length > 0 || type === 'number';
}

const COPULA = /(?:\s+(?:is|are|was|were|reads?|equals|remains?|became|means|(?:is|was|are|were) (?:called|named|known as|set to|set at))\s+|\s*[:=]\s+|\s+[—–-]\s+)/giu;

/** What stands on the other side of «is» from the asked words, or after the verb asked about. */
function clauseAnswer(question: Question, sentence: string, words: Words, matches: readonly Match[]): string | null {
  const place = (role: string): number => {
    const match = matches.find((one) => one.at >= 0 && (one.term.role === role || (role === 'asked' && one.term.stem === question.head)));
    return match === undefined ? -1 : (words.tokens[match.at]?.from ?? -1);
  };
  const asked = place('asked');
  const verb = place('verb');
  for (const match of sentence.matchAll(COPULA)) {
    const left = sentence.slice(0, match.index);
    const right = sentence.slice(match.index + match[0].length);
    const leftIsAbout = coverage(left, question);
    const rightIsAbout = coverage(right, question);
    if (leftIsAbout === 0 && rightIsAbout === 0) continue;
    const side = rightIsAbout > leftIsAbout || (asked >= match.index && question.answer !== 'any') ? left : trimClause(right);
    const text = tidy(side);
    if (text !== '' && tokenise(text).some((token) => !STOP_WORDS.has(token.lower) && !isTermOf(token.lower, question.terms))) return text;
  }
  if (verb >= 0) {
    const token = words.tokens.find((one) => one.from === verb);
    const rest = tidy(trimClause(sentence.slice(token?.to ?? 0)));
    if (rest !== '' && question.answer === 'any') return rest;
  }
  return null;
}

/** A person without a name: «by the blacksmith», «the ghost of a miller», «the miller's wife found …». */
function someoneIn(question: Question, sentence: string, words: Words, matches: readonly Match[]): string | null {
  const isNew = (text: string): boolean => tokenise(text).every((token) => STOP_WORDS.has(token.lower) || !isTermOf(token.lower, question.terms));
  const named = /\b(?:by|of)\s+((?:the|a|an|his|her|their)\s+[\p{L}-]+(?:['’]s\s+[\p{L}-]+)?)/gu;
  for (const match of sentence.matchAll(named)) if (match[1] !== undefined && isNew(match[1])) return match[1];
  // «To whom did she write?»: the one after the same preposition.
  const asked = /^(to|from|for|with) whom\b|\b(to|from|for|with)\?$/i.exec(question.text);
  const preposition = (asked?.[1] ?? asked?.[2])?.toLowerCase();
  if (preposition !== undefined) {
    const after = new RegExp(`\\b${preposition}\\s+((?:the|a|an|his|her|their)\\s+[\\p{L}-]+)`, 'gu');
    for (const match of sentence.matchAll(after)) if (match[1] !== undefined && isNew(match[1])) return match[1];
  }
  const verb = matches.find((match) => match.at >= 0 && match.term.role === 'verb');
  const before = verb === undefined ? '' : tidy(sentence.slice(0, words.tokens[verb.at]?.from ?? 0));
  const subject = /(?:^|[,;]\s)((?:the|a|an|his|her|their)\s+(?:[\p{L}'’-]+\s?){1,4})$/iu.exec(before)?.[1]?.trim();
  return subject !== undefined && isNew(subject) && !/\b(?:was|were|is|are|been)$/.test(subject) ? subject : null;
}

const coverage = (part: string, question: Question): number => {
  const tokens = tokenise(part);
  return question.terms.filter((term) => tokens.some((token) => isTermOf(token.lower, [term]))).length;
};

const trimClause = (text: string): string => text.split(/[.;!?](?:\s|$)|,? (?:which|who|whose|where|while|although|though|but)\b/u)[0] ?? text;

const tidy = (text: string): string => text.replace(/^[\s,:;"'“‘(]+|[\s,:;."'”’)]+$/gu, '');
