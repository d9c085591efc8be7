import { eachFound } from './texts/find.ts';
import type { HostText } from './texts/host-text.ts';
import { lineCounter } from './texts/line-counter.ts';
import { copyOf, eachMatch } from './texts/matches.ts';

/** A search of the guest's `grep`, as it crosses to the host. */
export interface GrepRequest {
  /** Source of a regular expression, or a literal text where `flags` is null. Not empty. */
  readonly source: string;
  readonly flags: string | null;
  /** Matches at most; -1 for all. */
  readonly limit: number | null;
  /** Characters shown on each side. */
  readonly around: number | null;
  /** Index or name of the one document to search. */
  readonly document: number | string | null;
  /** Whether only the number of matches is wanted: see `countMatches`. */
  readonly count: boolean;
}

export interface GrepMatch {
  /** Index in `documents`, 0 for a single text. */
  readonly document: number;
  /** UTF-16 code units from the start of the document's text. */
  readonly index: number;
  /** 1-based. */
  readonly line: number;
  readonly text: string;
  readonly before: string;
  readonly after: string;
}

/** Matches that are found where no limit is given. */
export const DEFAULT_LIMIT = 100;
const DEFAULT_AROUND = 80;

/**
 * Searches texts at the native speed of the host's engine. A string is looked for as it is, case
 * and all, like `indexOf`; a regular expression as by `matchAll`. Line numbers are counted on from
 * match to match, so the whole is linear.
 * @throws Error a sentence for the guest: an expression that is none here, an unknown document, or
 * a match that may be longer than a window of a file (SearchTooWide).
 */
export function grep(texts: readonly HostText[], names: readonly string[], request: GrepRequest): GrepMatch[] {
  const limit = request.limit === null ? DEFAULT_LIMIT : request.limit < 0 ? Infinity : request.limit;
  const around = Math.max(0, Math.trunc(request.around ?? DEFAULT_AROUND));
  const matches: GrepMatch[] = [];
  for (const document of chosen(names, request.document)) {
    const text = texts[document];
    if (!text || matches.length >= limit) break;
    const { lineAt, seen } = lineCounter(text.whole);
    const visit = (index: number, length: number): boolean => {
      const line = lineAt(index);
      const end = index + length;
      matches.push({
        document,
        index,
        line,
        text: part(text, index, end),
        before: part(text, Math.max(0, index - around), index),
        after: part(text, end, end + around),
      });
      return matches.length < limit;
    };
    eachOccurrence(text, request, visit, seen);
  }
  return matches;
}

/**
 * How many matches there are in the texts together; up to the limit where the request has one.
 * @throws Error as `grep` does.
 */
export function countMatches(texts: readonly HostText[], names: readonly string[], request: GrepRequest): number {
  const limit = request.limit === null || request.limit < 0 ? Infinity : request.limit;
  let count = 0;
  for (const document of chosen(names, request.document)) {
    const text = texts[document];
    if (!text || count >= limit) break;
    eachOccurrence(text, request, () => {
      count += 1;
      return count < limit;
    });
  }
  return count;
}

function chosen(names: readonly string[], document: GrepRequest['document']): number[] {
  if (document === null) return names.map((_, index) => index);
  const index = typeof document === 'string' ? names.indexOf(document) : document;
  if (index in names) return [index];
  throw new Error(`there is no document ${JSON.stringify(document)}; there are ${names.length}`);
}

function eachOccurrence(
  text: HostText,
  { source, flags }: GrepRequest,
  visit: (index: number, length: number) => boolean,
  onWindow?: (text: string, base: number) => void,
): void {
  if (flags === null) {
    eachFound(text, source, (index) => visit(index, source.length), undefined, onWindow);
    return;
  }
  // All matches are asked for; /y would stop at the first gap, and /d costs much and gives nothing.
  const expression = new RegExp(source, `${flags.replace(/[dgy]/g, '')}g`);
  eachMatch(text, expression, 0, ({ 0: match }, index) => visit(index, match.length), undefined, onWindow);
}

/** A slice; of a file's text a copy, which does not keep the window it was read in alive. */
function part(text: HostText, from: number, to: number): string {
  const slice = text.slice(from, to);
  return text.whole === null ? copyOf(slice) : slice;
}
