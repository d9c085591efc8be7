import { isPersonNoun, typeAfterHow, typeOfHead } from './answer-type.ts';
import type { AnswerType } from './answer-type.ts';
import type { QuestionKind } from './question-kind.ts';
import type { Term } from './question.ts';
import { firstRoles, HOLLOW, IMPERATIVE, QUESTION_WORDS } from './question-words.ts';
import { VerbMarker } from './question-verbs.ts';
import { AUXILIARIES, DETERMINERS, PREPOSITIONS } from './stop-words.ts';
import { phrasalStem, stem } from './terms.ts';
import type { Token } from './terms.ts';

/** Gives each word of one question its part. `read` first, then `terms`. */
export class RoleReader extends VerbMarker {
  private readonly text: string;
  private headStem: string | null = null;
  private countedStems: readonly string[] = [];
  private kindOnly = false;

  constructor(text: string, tokens: readonly Token[], foreign: boolean, quoted: readonly string[]) {
    super(tokens, firstRoles(text, tokens, foreign, quoted));
    this.text = text;
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
    const idiom = this.idiom(at);
    if (idiom !== null) return idiom;
    if (this.isNumberOf(at + 1, at + 2)) return this.readNounPhrase(at + 1);
    if (/^(?:kind|type|sort|name)s?$/.test(next.lower) && this.tokens[at + 2]?.lower === 'of') return this.readRun(at + 3);
    return this.readRun(at + 1);
  }

  /** «For what reason», «What number should I call». */
  private idiom(at: number): AnswerType | null {
    const run = this.tokens.slice(at + 1, at + 2).map((token) => token.lower)[0];
    if (run === 'reason' && this.tokens[at - 1]?.lower === 'for') {
      this.roles[at + 1] = null;
      this.markVerbs(at + 2);
      return 'reason';
    }
    const calling = this.tokens.findIndex((token) => /^(?:call|dial|phone|ring)$/.test(token.lower));
    if (run === 'number' && calling > 0) {
      this.roles[at + 1] = null;
      this.roles[calling] = null;
      return 'phone';
    }
    return null;
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
}
