import { isPersonNoun, typeAfterHow, typeOfHead } from './answer-type.ts';
import type { AnswerType } from './answer-type.ts';
import type { QuestionKind } from './question-kind.ts';
import type { Term, TermRole } from './question.ts';
import { AUXILIARIES, DETERMINERS, FOREIGN_STOP_WORDS, PREPOSITIONS, STOP_WORDS } from './stop-words.ts';
import { isKnownVerb } from './synonyms.ts';
import { irregularForms, phrasalStem, stem } from './terms.ts';
import type { Token } from './terms.ts';

export const QUESTION_WORDS = new Map<string, 'what' | 'who' | 'when' | 'where' | 'why' | 'how'>([
  ['what', 'what'], ['which', 'what'], ['whats', 'what'], ["what's", 'what'], ['whose', 'who'], ['who', 'who'], ['whom', 'who'],
  ["who's", 'who'], ['when', 'when'], ["when's", 'when'], ['where', 'where'], ["where's", 'where'], ['why', 'why'], ['how', 'how'],
]);
const IMPERATIVE = /^\W*(?:please\s+)?(?:can|could|would|will)?\s*(?:you\s+)?(?:please\s+)?(?:tell|give|show|find|look up|get|state|report|retrieve|identify|provide|return)\s+(?:(?:me|us|out)\s+)?/iu;
const VERBISH = /(?:ed|ied)$/;
/** Words that name no topic of their own beside a question word. */
const HOLLOW = new Set(['name', 'kind', 'type', 'sort', 'called', 'named', 'happen', 'mention', 'list', 'tell', 'thing', 'exact', 'text', 'document', 'given', 'context'].map(stem));

const AUXILIARY_STARTS = new Set(['the', 'a', 'an', 'is', 'was', 'did', 'does', 'who', 'what', 'when', 'where', 'which', 'how', 'why', 'of', 'and', 'in', 'at', 'on']);

/** Pairs of characters that hold a Chinese or Japanese particle or question word. */
const FUNCTION_CHARACTERS = /^(?:.*[的是了吗呢么谁哪几在和有请问をはがのにでとかもへ]).*$|什么|多少|怎|ます|です|した/u;
const SUBJECTS = new Set(['i', 'you', 'he', 'she', 'it', 'we', 'they', 'one']);

/** Gives each word of one question its part. `read` first, then `terms`. */
export class RoleReader {
  private readonly roles: (TermRole | null)[];
  private readonly text: string;
  private readonly tokens: readonly Token[];
  private readonly stop: (token: Token) => boolean;
  private headStem: string | null = null;
  private countedStems: readonly string[] = [];
  private kindOnly = false;

  constructor(text: string, tokens: readonly Token[], foreign: boolean, quoted: readonly string[]) {
    this.text = text;
    this.tokens = tokens;
    const shouting = text === text.toUpperCase();
    const first = tokens[0];
    this.stop = (token) => {
      const known = STOP_WORDS.has(token.lower) || (foreign && FOREIGN_STOP_WORDS.has(token.lower));
      if (foreign && FUNCTION_CHARACTERS.test(token.text)) return true;
      if (!known) return token.text.length === 1 && !token.capital && !token.digits && token.lower < '\u2e80';
      // «Will», «May», «IT» in mid-sentence are names.
      const named = token.capital && token !== first && !shouting && !/^I$/.test(token.text) && !AUXILIARY_STARTS.has(token.lower);
      return !named;
    };
    const inQuotes = quoted.flatMap((phrase) => {
      const at = text.indexOf(phrase);
      return [{ from: at, to: at + phrase.length }];
    });
    this.roles = tokens.map((token, i) => {
      if (inQuotes.some((range) => token.from >= range.from && token.to <= range.to)) return 'name';
      if (this.stop(token)) return null;
      if (token.digits) return 'number';
      if (token.capital && !shouting && (i > 0 || tokens[i + 1]?.capital === true)) return 'name';
      if (token.capital && !shouting && /['’]s$/.test(token.text)) return 'name';
      return 'topic';
    });
  }

  terms(): Term[] {
    return this.tokens.flatMap((token, i) => {
      const role = this.roles[i];
      if (role === null || role === undefined) return [];
      const own = stem(token.lower);
      // «go to live» in a question is a way, in a sentence «went to Ann» may be a gift.
      const stemmed = (own === 'go' ? undefined : phrasalStem(own, this.tokens[i + 1]?.lower)) ?? own;
      if (role !== 'name' && role !== 'number' && HOLLOW.has(stemmed)) return [];
      return [{ word: token.text.replace(/['’]s?$/, ''), stem: stemmed, role, from: token.from, to: token.to }];
    });
  }

  allTopics(): Term[] {
    return this.terms().map((term) => (term.role === 'asked' || term.role === 'verb' ? { ...term, role: 'topic' } : term));
  }

  head(): string | null {
    return this.headStem;
  }

  headIsKind(): boolean {
    return this.kindOnly;
  }

  counted(): readonly string[] {
    return this.countedStems;
  }

  /** Marks `asked` and `verb` words; returns the answer's type. */
  read(kind: QuestionKind): AnswerType {
    const at = this.tokens.findIndex((token) => QUESTION_WORDS.has(token.lower));
    const wh = at < 0 ? undefined : QUESTION_WORDS.get(this.tokens[at]?.lower ?? '');
    if (wh === undefined) return this.readWithoutWh(kind);
    const next = this.tokens[at + 1];
    if (wh === 'how') return this.readHow(at, next);
    if (wh === 'when' || wh === 'where' || wh === 'why') {
      this.markVerbs(at + 1);
      return wh === 'when' ? 'date' : wh === 'where' ? 'place' : 'reason';
    }
    if (wh === 'who') return this.readWho(at, next);
    return this.readWhat(at, next);
  }

  private readWithoutWh(kind: QuestionKind): AnswerType {
    const imperative = IMPERATIVE.exec(this.text);
    if (imperative !== null && kind !== 'list') {
      for (let i = 0; i < this.tokens.length; i += 1) {
        if ((this.tokens[i]?.to ?? 0) <= imperative[0].length) this.roles[i] = null;
      }
      const from = this.tokens.findIndex((token) => token.from >= imperative[0].length);
      return from < 0 ? 'any' : this.readNounPhrase(from);
    }
    if (kind === 'yes-no' || kind === 'compare') {
      this.markVerbs(1);
      return 'yes-no';
    }
    if (kind === 'list' || kind === 'count') return 'any';
    return this.readNounPhrase(0);
  }

  private readHow(at: number, next: Token | undefined): AnswerType {
    const type = next === undefined ? undefined : typeAfterHow(next.lower);
    if (next === undefined || type === undefined) {
      this.markVerbs(at + 1);
      return 'any';
    }
    if (next.lower !== 'many' && next.lower !== 'much') {
      this.setRole(at + 1, 'asked');
      this.markVerbs(at + 2);
      // «How high is the fine?»
      const money = this.tokens.some((token, i) => this.roles[i] === 'topic' && typeOfHead(stem(token.lower)) === 'money');
      return money && /^(?:high|large|big)$/.test(next.lower) ? 'money' : type;
    }
    const end = this.runEnd(at + 2);
    const split = this.splitRun(at + 2, end);
    // «How many pear trees»: every word of the counted thing matters, so it stays a topic.
    this.headStem = this.lastContent(at + 2, split);
    this.countedStems = this.stemsIn(at + 2, split);
    if (split < end) this.setRole(split, 'verb');
    this.markVerbs(end);
    return next.lower === 'much' && this.headStem !== null && !/^(?:money|cash)$/.test(this.headStem) ? 'measure' : type;
  }

  private readWho(at: number, next: Token | undefined): AnswerType {
    if (this.tokens[at]?.lower === 'whose') {
      this.readRun(at + 1);
      return 'person';
    }
    if (next !== undefined && AUXILIARIES.has(next.lower)) {
      const first = this.tokens[at + 2];
      if (first !== undefined && /^(?:did|does|do|has|have|had|will|can|could)$/.test(next.lower)) this.markVerbs(at + 2);
      else if (first !== undefined && this.looksLikeVerb(first, at + 2)) {
        this.setRole(at + 2, 'verb');
      } else {
        this.readNounPhrase(at + 2);
        // «Who is Ada Lovelace?» has its name already and wants to know the rest.
        if (this.headStem === null && !this.roles.some((role) => role === 'asked' || role === 'verb' || role === 'topic')) return 'any';
      }
      return 'person';
    }
    const contracted = this.tokens[at]?.lower === "who's";
    if (contracted) this.readNounPhrase(at + 1);
    else this.setRole(this.firstContent(at + 1), 'verb');
    return 'person';
  }

  private readWhat(at: number, next: Token | undefined): AnswerType {
    if (next === undefined) return 'any';
    if (/^(?:is|are|was|were)$/.test(next.lower)) return this.readNounPhrase(at + 2);
    if (/^what'?s$/.test(this.tokens[at]?.lower ?? '')) return this.readNounPhrase(at + 1);
    if (AUXILIARIES.has(next.lower)) {
      this.markVerbs(at + 1);
      return 'any';
    }
    if (this.isNumberOf(at + 1, at + 2)) return this.readNounPhrase(at + 1);
    if (/^(?:kind|type|sort|name)s?$/.test(next.lower) && this.tokens[at + 2]?.lower === 'of') return this.readRun(at + 3);
    return this.readRun(at + 1);
  }

  /** «access code opens the north vault» after what/which: the asked words, then maybe their verb. */
  private readRun(from: number): AnswerType {
    const end = this.runEnd(from);
    const split = this.splitRun(from, end);
    const onlyVerb = split === from;
    for (let i = from; i < split; i += 1) if (this.roles[i] === 'topic') this.setRole(i, 'asked');
    if (split < end) this.setRole(split, 'verb');
    this.headStem = onlyVerb ? null : this.lastContent(from, split);
    this.markVerbs(Math.max(end, split + 1));
    const copula = /^(?:is|was|are|were)$/.test(this.tokens[end]?.lower ?? '') && DETERMINERS.has(this.tokens[end + 1]?.lower ?? '');
    // «On which shelf is …» wants the shelf named; «Which animal is the mascot?» does not.
    const preposed = PREPOSITIONS.has(this.tokens[from - 2]?.lower ?? '');
    this.kindOnly = !preposed && (copula || this.roles.includes('verb'));
    return onlyVerb ? 'any' : this.typeOfAsked(from, split);
  }

  /** «the access code of the north vault» after «what is»: asked words up to the preposition. */
  private readNounPhrase(start: number): AnswerType {
    let from = start;
    if (/^names?$/.test(this.contentAt(from)) && this.tokens[this.firstContent(from) + 1]?.lower === 'of') {
      from = this.firstContent(from) + 2;
      const type = this.readNounPhrase(from);
      return type === 'any' ? 'name' : type;
    }
    let end = from;
    while (end < this.tokens.length && !this.endsNounPhrase(end)) end += 1;
    // «The number of pupils» asks how many.
    if (this.isNumberOf(from, end)) {
      for (let i = from; i < end; i += 1) this.roles[i] = null;
      let stop = end + 1;
      while (stop < this.tokens.length && !this.endsNounPhrase(stop) && !this.looksLikeVerb(this.tokens[stop], stop)) stop += 1;
      this.headStem = this.lastContent(end + 1, stop);
      this.countedStems = this.stemsIn(end + 1, stop);
      this.markVerbs(stop);
      return 'number';
    }
    const possessive = this.lastPossessive(from, end);
    const askedFrom = possessive < 0 ? from : possessive + 1;
    const last = this.lastContentIndex(askedFrom, end);
    // «What was the ship called?», «What is the tower made of?»: the last word is the relation.
    if (last > askedFrom && last === this.tokens.length - 1 && this.looksLikeVerb(this.tokens[last], last)) {
      this.setRole(last, 'verb');
      return 'any';
    }
    for (let i = askedFrom; i < end; i += 1) if (this.roles[i] === 'topic') this.setRole(i, 'asked');
    this.headStem = this.lastContent(askedFrom, end);
    this.markVerbs(end);
    return this.typeOfAsked(askedFrom, end);
  }

  private isNumberOf(from: number, end: number): boolean {
    const words = this.tokens.slice(from, end).map((token) => token.lower).filter((word) => !DETERMINERS.has(word));
    return this.tokens[end]?.lower === 'of' && words.at(-1) === 'number' && words.every((word) => /^(?:number|total|exact|overall)$/.test(word));
  }

  private stemsIn(from: number, end: number): string[] {
    return this.tokens.slice(from, end).flatMap((token, i) => (this.roles[from + i] === null ? [] : [stem(token.lower)]));
  }

  private typeOfAsked(from: number, end: number): AnswerType {
    if (this.headStem === null) return 'any';
    const stems = this.tokens.slice(from, end).map((token) => stem(token.lower));
    const contact = stems.map(typeOfHead).find((type) => type === 'phone' || type === 'email' || type === 'url');
    if (contact !== undefined) return contact;
    return typeOfHead(this.headStem) ?? (isPersonNoun(this.headStem) && this.kindOnly ? 'person' : 'any');
  }

  private endsNounPhrase(i: number): boolean {
    const token = this.tokens[i];
    if (token === undefined) return true;
    return PREPOSITIONS.has(token.lower) || AUXILIARIES.has(token.lower) || /^(?:that|which|who|whose|when|where|and|or)$/.test(token.lower);
  }

  private runEnd(from: number): number {
    let i = from;
    while (i < this.tokens.length && !this.endsNounPhrase(i) && !DETERMINERS.has(this.tokens[i]?.lower ?? '')) i += 1;
    return i;
  }

  /** Index of the verb inside a run that no auxiliary ended («code opens | the»), else its end. */
  private splitRun(from: number, end: number): number {
    const stopper = this.tokens[end];
    if (stopper !== undefined && AUXILIARIES.has(stopper.lower)) return end;
    const verb = this.tokens.findIndex((token, i) => i >= from && i < end && this.roles[i] === 'topic' && (i > from || end - from === 1) && this.looksLikeVerb(token, i));
    if (verb >= 0) return verb;
    const last = this.lastContentIndex(from, end);
    const beforeObject = stopper !== undefined && DETERMINERS.has(stopper.lower);
    return beforeObject && last > from && this.roles[last] === 'topic' ? last : end;
  }

  private looksLikeVerb(token: Token | undefined, i: number): boolean {
    if (token === undefined || (token.capital && i > 0)) return false;
    const stemmed = stem(token.lower);
    if (VERBISH.test(token.lower) && token.lower.length > 4) return true;
    if (irregularForms(stemmed).includes(token.lower)) return true;
    if (/^(?:called|known|made|born|named)$/.test(token.lower)) return true;
    if (!isKnownVerb(stemmed)) return false;
    // «The code opens», «pear trees grow».
    const afterPlural = /[^s]s$/.test(this.tokens[i - 1]?.lower ?? '') && this.roles[i - 1] === 'topic';
    return (token.lower.endsWith('s') && stemmed !== token.lower) || afterPlural;
  }

  /** After an auxiliary: words that look like verbs, and the one verb that «did» or «does» helps. */
  private markVerbs(from: number): void {
    const helped = this.tokens.slice(0, from + 1).some((token) => /^(?:did|does|do|will|can|could|to)$/.test(token.lower));
    let best = { at: -1, rank: 0 };
    for (let i = from; i < this.tokens.length; i += 1) {
      const before = this.tokens[i - 1]?.lower ?? '';
      if (this.roles[i] !== 'topic' || DETERMINERS.has(before) || (PREPOSITIONS.has(before) && before !== 'to')) continue;
      if (this.looksLikeVerb(this.tokens[i], i)) this.setRole(i, 'verb');
      const rank = this.verbRank(i, before);
      if (rank > 0 && rank >= best.rank) best = { at: i, rank };
    }
    const marked = this.roles.slice(from).includes('verb');
    // «When were the bells cast?»: a participle that looks like nothing else, at the end.
    const passive = best.at === this.tokens.length - 1 && /^(?:when|where|why|how)$/.test(this.tokens[from - 1]?.lower ?? '') && isKnownVerb(stem(this.tokens[best.at]?.lower ?? ''));
    if ((helped || passive) && !marked && best.at >= 0) this.setRole(best.at, 'verb');
  }

  /** How sure «did …» makes this word a verb: right after its subject, known as one, or just last. */
  private verbRank(i: number, before: string): number {
    const known = isKnownVerb(stem(this.tokens[i]?.lower ?? ''));
    const last = i === this.tokens.length - 1;
    const afterName = this.roles[i - 1] === 'name' && !/['’]s$/.test(this.tokens[i - 1]?.text ?? '');
    // «the Larkspur project live»: a noun may stand between the name and the verb.
    if ((afterName && (known || this.roles[i + 1] !== 'topic')) || SUBJECTS.has(before)) return 5;
    let start = i - 1;
    while (start >= 0 && this.roles[start] === 'topic') start -= 1;
    const inNounPhrase = DETERMINERS.has(this.tokens[start]?.lower ?? '');
    if (known) return inNounPhrase ? (last ? 3 : 2) : 4;
    return last ? 1 : 0;
  }

  private lastPossessive(from: number, end: number): number {
    for (let i = end - 1; i >= from; i -= 1) if (/(?:['’]s|s['’])$/.test(this.tokens[i]?.text ?? '')) return i;
    return -1;
  }

  private firstContent(from: number): number {
    const at = this.roles.findIndex((role, i) => i >= from && role !== null);
    return at < 0 ? this.tokens.length : at;
  }

  private contentAt(from: number): string {
    return this.tokens[this.firstContent(from)]?.lower ?? '';
  }

  private lastContentIndex(from: number, end: number): number {
    for (let i = end - 1; i >= from; i -= 1) if (this.roles[i] !== null && this.roles[i] !== undefined) return i;
    return -1;
  }

  private lastContent(from: number, end: number): string | null {
    const at = this.lastContentIndex(from, end);
    const token = this.tokens[at];
    return token === undefined || this.roles[at] === 'name' ? null : stem(token.lower);
  }

  private setRole(i: number, role: TermRole): void {
    if (this.roles[i] === 'topic') this.roles[i] = role;
  }
}
