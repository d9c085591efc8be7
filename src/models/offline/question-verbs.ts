import type { TermRole } from './question.ts';
import { DETERMINERS, PREPOSITIONS } from './stop-words.ts';
import { isKnownVerb } from './synonyms.ts';
import { irregularForms, stem } from './terms.ts';
import type { Token } from './terms.ts';

const VERBISH = /(?:ed|ied)$/;
const SUBJECTS = new Set(['i', 'you', 'he', 'she', 'it', 'we', 'they', 'one']);

/** The words of a question with their parts, and what tells which of them are verbs. */
export class VerbMarker {
  protected readonly tokens: readonly Token[];
  protected readonly roles: (TermRole | null)[];

  constructor(tokens: readonly Token[], roles: (TermRole | null)[]) {
    this.tokens = tokens;
    this.roles = roles;
  }

  protected looksLikeVerb(token: Token | undefined, i: number): boolean {
    if (token === undefined || (token.capital && i > 0)) return false;
    const stemmed = stem(token.lower);
    if (VERBISH.test(token.lower) && token.lower.length > 4) return true;
    if (irregularForms(stemmed).includes(token.lower)) return true;
    if (/^(?:called|known|made|born|named)$/.test(token.lower)) return true;
    if (!isKnownVerb(stemmed)) return false;
    // «The code opens», «pear trees grow».
    const afterPlural = /(?:[^s]s|people|men|women|children|persons)$/.test(this.tokens[i - 1]?.lower ?? '') && this.roles[i - 1] === 'topic';
    return (token.lower.endsWith('s') && stemmed !== token.lower) || afterPlural;
  }

  /** After an auxiliary: words that look like verbs, and the one verb that «did» or «does» helps. */
  protected markVerbs(from: number): void {
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

  protected setRole(i: number, role: TermRole): void {
    if (this.roles[i] === 'topic') this.roles[i] = role;
  }
}
