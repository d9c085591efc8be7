import type { SourceDocument } from '../document.ts';
import { sliceText } from '../text-slice.ts';
import type { AnswerPassage } from './answer-passage.ts';
import type { FoundPassage } from './first-places.ts';
import { skeletonOf } from './fold.ts';
import { exactPattern, foldedPattern, type SearchedText } from './passage-match.ts';
import { searchForms } from './search-forms.ts';

/** Code units on either side of a quotation in which a claim belongs to it. */
const NEAR = 1_000;

/** A quotation that was found, and where in the answer it is. */
export interface FoundQuote {
  readonly at: number;
  readonly found: FoundPassage;
}

type FoundClaim = FoundPassage & { readonly match: 'exact' | 'folded' };

/** Tells where a claim stands beside the quotations of its answer, those next to it in the answer first. */
export async function claimsNear(
  documents: readonly SourceDocument[],
  quotes: readonly FoundQuote[],
  signal: AbortSignal,
): Promise<(claim: AnswerPassage) => FoundClaim | null> {
  const around: (FoundQuote & { readonly start: number; readonly text: SearchedText })[] = [];
  for (const quote of quotes) {
    const document = documents[quote.found.document];
    if (!document || signal.aborted) continue;
    const start = Math.max(0, quote.found.from - NEAR);
    const text = await sliceText(document, start, quote.found.to + NEAR).catch(() => '');
    around.push({ ...quote, start, text: { text, skeleton: skeletonOf(text) } });
  }
  return (claim) => {
    const plain = searchForms(claim.quote)[0];
    const ways = [exactPattern(plain ?? [], true), foldedPattern(plain ?? [], true)];
    const nearest = around.toSorted((a, b) => Math.abs(a.at - claim.at) - Math.abs(b.at - claim.at));
    for (const [way, pattern] of ways.entries()) {
      if (!pattern) continue;
      for (const { start, text, found } of nearest) {
        const searched = way === 0 ? text.text : (text.skeleton?.text ?? '');
        for (let at = searched.indexOf(pattern.needle); at !== -1; at = searched.indexOf(pattern.needle, at + 1)) {
          const span = pattern.match(text, at);
          if (span) return { document: found.document, from: start + span.from, to: start + span.to, match: way === 0 ? 'exact' : 'folded' };
        }
      }
    }
    return null;
  };
}
