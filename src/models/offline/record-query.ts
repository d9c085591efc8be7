import { printed, printedJson } from './conversation.ts';
import type { Question } from './question.ts';
import { AUXILIARIES, PREPOSITIONS, STOP_WORDS } from './stop-words.ts';
import { areSynonyms } from './synonyms.ts';
import { sameFamily, stem, tokenise } from './terms.ts';

export interface Field {
  readonly field: string;
  readonly values: number;
  readonly numeric: boolean;
  readonly top: readonly (readonly [string, number])[];
}

export type Filter =
  | { readonly kind: 'is'; readonly field: string; readonly values: readonly string[]; readonly not: boolean }
  | { readonly kind: 'starts'; readonly field: string; readonly prefix: string }
  | { readonly kind: 'number'; readonly field: string; readonly op: '>' | '>=' | '<' | '<='; readonly than: number }
  | { readonly kind: 'text'; readonly text: string; readonly exact: boolean };

/** What the question wants of the records. */
export interface RecordQuery {
  readonly filters: readonly Filter[];
  readonly want:
    | { readonly kind: 'count' }
    | { readonly kind: 'most'; readonly field: string; readonly least: boolean }
    | { readonly kind: 'extreme'; readonly field: string; readonly least: boolean }
    | { readonly kind: 'reckon'; readonly how: 'average' | 'sum' | 'median'; readonly field: string }
    | { readonly kind: 'list'; readonly field: string };
  /** What the counted things are called. */
  readonly noun: string;
}

const RECORD_NOUNS = new Set(
  'record line row entry item ticket message issue order event request log case document file text row post comment review customer user employee transaction sale product email sms verse call row report note line'
    .split(' ')
    .map(stem),
);
const MENTION = /\b(?:mention\w*|contain\w*|includ\w*|say\w*|about|with the (?:word|text|phrase)|have the word|refer\w*|talk\w* about|concern\w*|regarding)\b/i;
const SUPERLATIVE = /^(?:most|least|fewest|highest|lowest|largest|smallest|biggest|greatest|longest|shortest|maximum|minimum|oldest|newest|cheapest|earliest|latest|average|mean|median|sum|total|common|commonest|frequent|number|many|count|often|different|distinct|unique|expensive|more|less|than|over|under|above|below|at|list|name|all|value)$/i;
const MONTHS = 'january february march april may june july august september october november december'.split(' ');

/** Phrases of the question that might be values: up to four words in a row, in lower case. */
export function phrasesOf(question: Question): string[] {
  const words = tokenise(question.text).map((token) => token.lower.replace(/'s?$/, ''));
  const out = new Set<string>();
  for (let length = 1; length <= 4; length += 1) {
    for (let i = 0; i + length <= words.length; i += 1) {
      const part = words.slice(i, i + length);
      if (STOP_WORDS.has(part[0] ?? '') || STOP_WORDS.has(part.at(-1) ?? '')) continue;
      out.add(part.join(' ').replace(/[-_]/g, ' '));
      if (length === 1) out.add((part[0] ?? '').replace(/s$/, '')).add((part[0] ?? '').replace(/^(warn)ings?$/, '$1'));
    }
  }
  for (const phrase of question.quoted) out.add(phrase.toLowerCase());
  return [...out].filter((phrase) => phrase !== '');
}

const UNNAMED = /^(?:column|word)\d+$/;

interface Hit {
  readonly field: string;
  readonly value: string;
  readonly count: number;
}

/** Reads the output of the fields cell; null where the question is not about these records. */
export function readQuery(question: Question, output: string): RecordQuery | null {
  const fields = printedJson(output, 'field') as Field[];
  const hits = printedJson(output, 'match') as Hit[];
  const total = Number(printed(output, 'records')[0] ?? 0);
  if (total === 0) return null;
  return new QueryReader(question, fields, hits).read();
}

class QueryReader {
  private readonly question: Question;
  private readonly fields: readonly Field[];
  private readonly hits: readonly Hit[];
  private readonly words: readonly string[];
  /** Words a filter or a field accounts for. */
  private readonly used = new Set<string>();

  constructor(question: Question, fields: readonly Field[], hits: readonly Hit[]) {
    this.question = question;
    this.fields = fields;
    this.hits = hits;
    this.words = tokenise(question.text).map((token) => token.lower.replace(/'s?$/, ''));
  }

  read(): RecordQuery | null {
    const superlative = this.words.find((word) => /^(?:most|least|fewest|highest|lowest|largest|smallest|biggest|greatest|longest|shortest|maximum|minimum|oldest|newest|cheapest|earliest|latest|commonest)$/.test(word));
    const least = superlative !== undefined && /^(?:least|fewest|lowest|smallest|shortest|minimum|cheapest|earliest|oldest)$/.test(superlative);
    const filters: Filter[] = [...this.numberFilters(), ...this.dateFilters(), ...this.valueFilters()];
    const noun = this.noun();
    const { kind } = this.question;
    // «More spam or ham?»: two values of one field against each other.
    const rivals = filters.find((filter) => filter.kind === 'is' && filter.values.length > 1);
    if (/\b(?:more|fewer|less)\b/i.test(this.question.text) && rivals?.kind === 'is') {
      return this.finish(filters, { kind: 'most', field: rivals.field, least: /\b(?:fewer|less)\b/i.test(this.question.text) }, noun);
    }
    if (kind === 'fact' || kind === 'yes-no') {
      const field = this.fieldNamed(filters);
      return field === null || !filters.some((filter) => filter.kind === 'is') ? null : this.finish(filters, { kind: 'list', field }, noun);
    }
    if (kind === 'aggregate') {
      const field = this.numericField();
      if (field === null) return null;
      const how = /\b(?:sum|total)\b/i.test(this.question.text) ? 'sum' : /\bmedian\b/i.test(this.question.text) ? 'median' : 'average';
      return this.finish(filters, { kind: 'reckon', how, field }, noun);
    }
    if (kind === 'most' || superlative !== undefined) {
      const counting = /\b(?:most|fewest|least) (?!expensive)|\b(?:largest|highest|biggest|greatest|smallest|lowest) number\b|\bmost (?:common|frequent|often)/i.test(this.question.text);
      const group = this.fieldAfterWh() ?? this.fieldNamed() ?? this.unnamedGroup(filters);
      const number = this.numericField(group);
      if (!counting && number !== null) return this.finish(filters, { kind: 'extreme', field: number, least }, noun);
      return group === null ? null : this.finish(filters, { kind: 'most', field: group, least }, noun);
    }
    if (kind === 'list') {
      const field = this.fieldNamed(filters);
      return field === null ? null : this.finish(filters, { kind: 'list', field }, noun);
    }
    if (kind === 'count') {
      // «How many different customers»: the values of a field, not the records.
      const distinct = /\b(?:different|distinct|unique)\b/i.test(this.question.text) ? this.fieldNamed() : null;
      return this.finish(filters, distinct === null ? { kind: 'count' } : { kind: 'list', field: distinct }, noun);
    }
    return null;
  }

  /** Adds a text filter for what is left over, or gives up where too much is. */
  private finish(filters: Filter[], want: RecordQuery['want'], noun: string): RecordQuery | null {
    for (const { field } of this.fields) this.useIfNamed(field);
    const left = this.question.terms.filter((term) => !this.used.has(term.word.toLowerCase()) && !SUPERLATIVE.test(term.word) && !this.isFieldWord(term.stem));
    const isNoun = (term: (typeof left)[number]): boolean => term.stem === stem(noun) || RECORD_NOUNS.has(term.stem);
    const rest = left.filter((term) => !isNoun(term) && !MENTION.test(term.word) && term.role !== 'verb' && !this.namesUnseen(term.word, want) && !/^(?:spam|ham|have|priority|status|marked|labell?ed|tagged|filed|logged|opened|raised|reported|received|sent|made|created|come|came)$/i.test(term.word));
    const mention = MENTION.test(this.question.text);
    if (rest.length > 0) {
      const quoted = this.question.quoted[0];
      if (quoted !== undefined && rest.every((term) => quoted.toLowerCase().includes(term.word.toLowerCase()))) {
        return { filters: [...filters, { kind: 'text', text: quoted, exact: false }], want, noun };
      }
      if (!mention || rest.length > 3) return null;
      const texts = rest.map((term): Filter => ({ kind: 'text', text: term.word, exact: term.word.length > 1 && term.word === term.word.toUpperCase() && /\p{Lu}/u.test(term.word) }));
      return { filters: [...filters, ...texts], want, noun };
    }
    const counted = left.filter(isNoun);
    const known = filters.length > 0 || want.kind !== 'count' || counted.length > 0 || RECORD_NOUNS.has(stem(noun));
    return known ? { filters, want, noun } : null;
  }

  private noun(): string {
    const at = this.words.findIndex((word, i) => word === 'many' || (word === 'of' && this.words[i - 1] === 'number') || (this.words[i - 1] ?? '') === 'count' || word === 'most' || word === 'fewest');
    const next = this.words.slice(at + 1).filter((word) => !STOP_WORDS.has(word));
    const record = next.find((word) => RECORD_NOUNS.has(stem(word)));
    return record ?? (at < 0 ? 'records' : (next.find((word) => !this.hits.some((hit) => hit.value.toLowerCase() === word)) ?? 'records'));
  }

  private valueFilters(): Filter[] {
    // The longest phrase wins: «New York» over «York».
    const text = ` ${this.words.join(' ')} `;
    const spans = this.hits
      .filter((hit) => !hit.value.toLowerCase().split(/[\s_-]+/).every((word) => this.used.has(word)))
      .filter((hit) => !RECORD_NOUNS.has(stem(hit.value.toLowerCase())) && !/^(?:all|many|most|number)$/i.test(hit.value))
      .map((hit) => ({ hit, phrase: hit.value.toLowerCase().replace(/[-_]/g, ' ') }))
      .sort((a, b) => b.phrase.length - a.phrase.length || b.hit.count - a.hit.count);
    const chosen: { hit: Hit; phrase: string }[] = [];
    for (const one of spans) {
      const covered = chosen.some((other) => other.phrase !== one.phrase && other.phrase.includes(one.phrase));
      if (covered) continue;
      const rival = chosen.find((other) => other.phrase === one.phrase);
      if (rival === undefined) chosen.push(one);
      // The same value in two fields: the field the question names, else the one with fewer values.
      else if (rival.hit.field !== one.hit.field && this.prefers(one.hit, rival.hit)) chosen[chosen.indexOf(rival)] = one;
      else if (rival.hit.field === one.hit.field) chosen.push(one);
    }
    const byField = new Map<string, Hit[]>();
    for (const { hit } of chosen) byField.set(hit.field, [...(byField.get(hit.field) ?? []), hit]);
    for (const { phrase } of chosen) for (const word of phrase.split(' ')) this.use(word);
    return [...byField].map(([field, list]) => {
      // «promised but not paid»: the value that is wanted says it all.
      const wanted = list.filter((hit) => !this.isNegated(text, hit));
      const values = (wanted.length > 0 ? wanted : list).map((hit) => hit.value);
      return { kind: 'is', field, values: [...new Set(values)], not: wanted.length === 0 };
    });
  }

  private prefers(one: Hit, other: Hit): boolean {
    const named = (hit: Hit): boolean => this.words.some((word) => stem(word) === stem(hit.field));
    if (named(one) !== named(other)) return named(one);
    const size = (hit: Hit): number => this.fields.find(({ field }) => field === hit.field)?.values ?? 0;
    return size(one) < size(other);
  }

  private isNegated(text: string, hit: Hit): boolean {
    const value = hit.value.toLowerCase().replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
    return new RegExp(`\\b(?:not|except|excluding|other than|without|isn't|aren't|never)\\b(?: \\w+){0,2} ${value}`).test(text);
  }

  private numberFilters(): Filter[] {
    const match = /\b(over|above|more than|greater than|at least|under|below|less than|fewer than|at most|exceed(?:s|ing)?|older than|younger than)\s+[$€£]?([\d,]+(?:\.\d+)?)/i.exec(this.question.text);
    if (match === null) return [];
    const op = /at least/i.test(match[1] ?? '') ? '>=' : /at most/i.test(match[1] ?? '') ? '<=' : /under|below|less|fewer|younger/i.test(match[1] ?? '') ? '<' : '>';
    const field = this.numericField();
    if (field === null) return [];
    this.use((match[2] ?? '').toLowerCase());
    for (const word of (match[1] ?? '').split(' ')) this.use(word.toLowerCase());
    this.use('exceeding');
    return [{ kind: 'number', field, op, than: Number((match[2] ?? '').replaceAll(',', '')) }];
  }

  private dateFilters(): Filter[] {
    const field = this.fields.find((one) => one.top.length > 0 && one.top.every(([value]) => /^\d{4}-\d{2}/.test(value)))?.field;
    if (field === undefined) return [];
    const day = /\b\d{4}-\d{2}(?:-\d{2})?\b/.exec(this.question.text)?.[0];
    const year = /\b(?:19|20)\d{2}\b/.exec(this.question.text)?.[0];
    const month = MONTHS.findIndex((name) => this.words.includes(name));
    if (day === undefined && year === undefined) return [];
    for (const word of [day, year, MONTHS[month]]) if (word !== undefined) this.use(word);
    const prefix = day ?? (month < 0 ? (year ?? '') : `${year}-${String(month + 1).padStart(2, '0')}`);
    return [{ kind: 'starts', field, prefix }];
  }

  private numericField(not: string | null = null): string | null {
    const numeric = this.fields.filter((one) => one.numeric && one.field !== not && one.values > 1 && !/(?:^|[_. ])(?:id|no|number|zip|year)$|^#$/i.test(one.field) && !RECORD_NOUNS.has(stem(one.field)));
    const named = numeric.find(({ field }) => this.isNamed(field));
    return (named ?? (numeric.length === 1 ? numeric[0] : undefined))?.field ?? null;
  }

  /** The field whose name stands right after which/what/who. */
  private fieldAfterWh(): string | null {
    const at = this.words.findIndex((word) => /^(?:which|what|who|whose)$/.test(word));
    const run: string[] = [];
    for (const word of this.words.slice(at + 1)) {
      if (PREPOSITIONS.has(word) || (AUXILIARIES.has(word) && run.length > 0)) break;
      if (!AUXILIARIES.has(word) && !STOP_WORDS.has(word)) run.push(word);
      if (run.length >= 3) break;
    }
    for (const word of run) {
      const field = this.fields.find((one) => this.namesField(word, one.field));
      if (field !== undefined) return field.field;
    }
    return null;
  }

  private fieldNamed(filters: readonly Filter[] = []): string | null {
    const filtering = new Set(filters.flatMap((filter) => (filter.kind === 'text' ? [] : [filter.field])));
    const named = this.fields.filter(({ field }) => this.isNamed(field) && !filtering.has(field));
    return (named.find(({ field }) => !RECORD_NOUNS.has(stem(field))) ?? named[0])?.field ?? null;
  }

  /** Columns without names: the first that sorts records into a few kinds and is not filtered by. */
  private unnamedGroup(filters: readonly Filter[]): string | null {
    const filtering = new Set(filters.flatMap((filter) => (filter.kind === 'text' ? [] : [filter.field])));
    const groups = this.fields.filter(({ field, values, numeric }) => UNNAMED.test(field) && !filtering.has(field) && !numeric && values > 1 && values <= 60);
    return groups[0]?.field ?? null;
  }

  /** Where columns have no names, the word beside a value, or after «which», may be one. */
  private namesUnseen(word: string, want: RecordQuery['want']): boolean {
    if (!this.fields.some(({ field }) => UNNAMED.test(field))) return false;
    const at = this.words.indexOf(word.toLowerCase());
    const beside = [this.words[at - 1], this.words[at + 1]].some((other) => other !== undefined && this.used.has(other) && !STOP_WORDS.has(other));
    return beside || (want.kind === 'most' && UNNAMED.test(want.field) && /^(?:which|what|who)$/.test(this.words[at - 1] ?? ''));
  }

  private isNamed(field: string): boolean {
    return this.words.some((word) => !STOP_WORDS.has(word) && this.namesField(word, field));
  }

  private namesField(word: string, field: string): boolean {
    const parts = field.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean).map(stem);
    const wanted = stem(word);
    return parts.some((part) => part === wanted || (part.length > 3 && sameFamily(part, wanted)) || areSynonyms(part, wanted));
  }

  private isFieldWord(stemmed: string): boolean {
    return this.fields.some(({ field }) => this.namesField(stemmed, field));
  }

  private useIfNamed(field: string): void {
    for (const word of this.words) if (this.namesField(word, field)) this.use(word);
  }

  private use(word: string): void {
    for (const other of this.words) if (other === word || sameFamily(stem(other), stem(word))) this.used.add(other);
    this.used.add(word);
  }
}

