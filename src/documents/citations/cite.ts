import type { AnswerFormat, Citation } from '../../trajectory/events.ts';
import type { SourceDocument } from '../document.ts';
import { placeOf } from '../place-of.ts';
import type { AnswerPassage } from './answer-passage.ts';
import { claimsNear } from './claims-near.ts';
import { type Wanted, findPassages } from './find-passages.ts';
import type { FoundPassage } from './first-places.ts';
import { folded as withoutFolds } from './fold.ts';
import { namedDocument } from './named-document.ts';
import { exactPattern, foldedPattern, type Pattern } from './passage-match.ts';
import { quotesIn } from './quotes-in.ts';
import { searchForms } from './search-forms.ts';

/** Code units of documents that are gone through for quotations which nowhere stand word for word. */
const MOST_FOLDED = 512 * 2 ** 20;

export interface CiteOptions {
  /** What was asked: an answer that quotes it quotes no document. */
  readonly question?: string;
  readonly mostFolded?: number;
}

/** A passage that is looked for, as what, and in which document first. */
interface Sought {
  readonly passage: AnswerPassage;
  readonly role: 'quote' | 'claim';
  readonly hint: number | null;
}

interface Place extends FoundPassage {
  readonly match: 'exact' | 'folded';
}

/**
 * Looks up in the documents what an answer quotes and claims: word for word first, then folded. What
 * is quoted is cited, found or not; a claim only where it stands at one place, or beside a quotation
 * that was found. A quotation that could not be looked for everywhere, as a document was gone, or a
 * limit was met, or `signal` aborted, and was not found, is left out: nobody knows. Never rejects.
 */
export async function citeAnswer(
  answer: string,
  format: AnswerFormat,
  documents: readonly SourceDocument[],
  signal: AbortSignal,
  { question = '', mostFolded = MOST_FOLDED }: CiteOptions = {},
): Promise<readonly Citation[]> {
  if (documents.length === 0) return [];
  const named = namedDocument(documents.map(({ info }) => info.name));
  const sought = quotesIn(answer, format).map((passage) => soughtOf(passage, named));
  if (sought.length === 0) return [];

  const exact = await findPassages(documents, sought.map((each) => wantedOf(each, exactPattern)), { folded: false, mostChars: Infinity, signal });
  const missing = sought.map(({ role }, number) => role === 'quote' && exact.places.best(number) === null);
  const foldedWanted = sought.map((each, number) => (missing[number] === true ? wantedOf(each, foldedPattern) : NOTHING));
  const folded = await findPassages(documents, foldedWanted, { folded: true, mostChars: mostFolded, signal });

  const quoteAt = (number: number): Place | null => {
    const word = exact.places.best(number);
    if (word) return { ...word, match: 'exact' };
    const like = folded.places.best(number);
    return like && { ...like, match: 'folded' };
  };
  const quotes = sought.flatMap(({ passage, role }, number) => {
    const found = role === 'quote' ? quoteAt(number) : null;
    return found ? [{ at: passage.at, found }] : [];
  });
  const near = await claimsNear(documents, quotes, signal);

  const citations: Citation[] = [];
  const asked = withoutFolds(question);
  for (const [number, { passage, role }] of sought.entries()) {
    const { quote } = passage;
    if (role === 'quote') {
      const found = quoteAt(number);
      if (found) citations.push(await citationOf(quote, role, found, documents));
      else if (exact.complete(number) && folded.complete(number) && !asked.includes(withoutFolds(quote))) citations.push({ quote, document: null, from: null, to: null });
      continue;
    }
    const alone = exact.places.single(number) && exact.complete(number) ? exact.places.best(number) : null;
    const found = near(passage) ?? (alone && { ...alone, match: 'exact' });
    if (found) citations.push(await citationOf(quote, role, found, documents));
  }
  return citations;
}

/** Nothing to be looked for. */
const NOTHING: Wanted = { role: 'quote', hint: null, patterns: [] };

function soughtOf(passage: AnswerPassage, named: ReturnType<typeof namedDocument>): Sought {
  const { attributed, hints, role } = passage;
  const source = attributed === null ? null : named({ text: attributed, next: 'start' });
  const hint = hints.map(named).find((each) => each !== null) ?? null;
  // What is said to be of a document is quoted, be it one word.
  return { passage, hint, role: source === null ? role : 'quote' };
}

function wantedOf({ passage: { quote }, role, hint }: Sought, patternOf: typeof exactPattern): Wanted {
  // What was left out may be the rest of a word.
  const words = !/…|\.{3}/.test(quote);
  const patterns: Pattern[] = searchForms(quote).flatMap((form) => patternOf(form, words) ?? []);
  return { role, hint, patterns };
}

async function citationOf(quote: string, role: 'quote' | 'claim', { document, from, to, match }: Place, documents: readonly SourceDocument[]): Promise<Citation> {
  const source = documents[document];
  const place = source && (await placeOf(source, from).catch(() => undefined));
  return {
    quote,
    document: source?.info.id ?? null,
    from,
    to,
    ...(role === 'claim' && { role }),
    match,
    ...(place && { place }),
  };
}
