import type { SourceDocument } from './document.ts';
import { eachWindow } from './text-windows.ts';

export interface FindOptions {
  readonly matchCase: boolean;
  /** Matches that are told with their places, at most. */
  readonly limit: number;
  readonly signal: AbortSignal;
  /** UTF-16 code units that are looked through at a time, about. */
  readonly chars?: number;
}

export interface Found {
  /** UTF-16 code units [from, to), ascending, none over another. */
  readonly matches: readonly { readonly from: number; readonly to: number }[];
  /** All of them, those beyond the limit too. */
  readonly total: number;
}

/**
 * Where a text stands in a document, letter for letter; without `matchCase` upper and lower case are
 * the same. One window of the document is in memory at a time. An empty query is found nowhere.
 * @throws the abort reason of `signal`; DOMException when the file cannot be read any more.
 */
export async function findInDocument(
  document: SourceDocument,
  query: string,
  { matchCase, limit, signal, chars }: FindOptions,
): Promise<Found> {
  signal.throwIfAborted();
  const matches: { from: number; to: number }[] = [];
  let total = 0;
  if (query === '') return { matches, total };
  const next = matchCase ? exactly(query) : whateverCase(query);
  /** What was found last ends here: its characters do not count twice. */
  let done = 0;
  const windows = eachWindow(document, { overlap: query.length - 1, signal, ...(chars !== undefined && { chars }) });
  for await (const { text, from } of windows) {
    for (let at = next(text, Math.max(0, done - from)); at !== -1; at = next(text, done - from)) {
      done = from + at + query.length;
      total++;
      if (matches.length < limit) matches.push({ from: from + at, to: done });
    }
  }
  return { matches, total };
}

/** The place of a query in a text from a place on, or -1. */
type Next = (text: string, from: number) => number;

const exactly =
  (query: string): Next =>
  (text, from) =>
    text.indexOf(query, from);

/** Folding keeps the length of what has a case, so a match is as long as the query. */
function whateverCase(query: string): Next {
  const escaped = query.replace(/[\\^$.*+?()[\]{}|/-]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
  // Without `u` the engine is faster, and letters of ASCII match those of ASCII only.
  const pattern = new RegExp(escaped, isAscii(query) ? 'gi' : 'giu');
  return (text, from) => {
    pattern.lastIndex = from;
    return pattern.exec(text)?.index ?? -1;
  };
}

const isAscii = (text: string): boolean => !/[^\0-\x7f]/.test(text);
