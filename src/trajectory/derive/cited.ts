import type { Citation } from '../events.ts';
import type { RunFinished } from '../run-state.ts';

/** A citation of an answer, and the number it goes by; null for a claim, which has none. */
export interface Cited {
  readonly number: number | null;
  readonly citation: Citation;
}

/**
 * The citations of an answer in their order. Quotes are numbered from 1, those that were found and
 * those that are nowhere alike; claims are not numbered.
 */
export function citedIn({ citations }: Pick<RunFinished, 'citations'>): readonly Cited[] {
  let quotes = 0;
  return citations.map((citation) => ({
    number: citation.role === 'claim' ? null : ++quotes,
    citation,
  }));
}

/** A passage of a document that an answer cites, in UTF-16 code units [from, to). */
export interface CitedPassage {
  readonly number: number | null;
  readonly from: number;
  readonly to: number;
}

/** What of a document the answer cites: the citations that were found in it. */
export function citedOf(
  finished: Pick<RunFinished, 'citations'>,
  document: string,
): readonly CitedPassage[] {
  return citedIn(finished).flatMap(({ number, citation }) =>
    citation.document === document && citation.from !== null && citation.to !== null
      ? [{ number, from: citation.from, to: citation.to }]
      : [],
  );
}
