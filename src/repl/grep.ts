/** A search of the guest's `grep`, as it crosses to the host. */
export interface GrepRequest {
  /** Source of a regular expression, or a literal text where `flags` is null. */
  readonly source: string;
  readonly flags: string | null;
  /** Matches at most; -1 for all. */
  readonly limit: number | null;
  /** Characters shown on each side. */
  readonly around: number | null;
  /** Index or name of the one document to search. */
  readonly document: number | string | null;
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

const DEFAULT_LIMIT = 100;
const DEFAULT_AROUND = 80;

/**
 * Searches texts at the native speed of the host's engine. A string is looked for as it is, case
 * and all, like `indexOf`; a regular expression as by `matchAll`. Line numbers are counted on from
 * match to match, so the whole is linear.
 * @throws Error a sentence for the guest: an expression that is none here, or an unknown document.
 */
export function grep(
  texts: readonly string[],
  names: readonly string[],
  request: GrepRequest,
): GrepMatch[] {
  const limit = request.limit === null ? DEFAULT_LIMIT : request.limit < 0 ? Infinity : request.limit;
  const around = Math.max(0, Math.trunc(request.around ?? DEFAULT_AROUND));
  const matches: GrepMatch[] = [];
  for (const document of chosen(names, request.document)) {
    const text = texts[document] ?? '';
    let line = 1;
    let counted = 0;
    for (const { index, length } of occurrences(text, request)) {
      if (matches.length >= limit) return matches;
      for (;;) {
        const newline = text.indexOf('\n', counted);
        if (newline === -1 || newline >= index) break;
        line += 1;
        counted = newline + 1;
      }
      const end = index + length;
      matches.push({
        document,
        index,
        line,
        text: text.slice(index, end),
        before: text.slice(Math.max(0, index - around), index),
        after: text.slice(end, end + around),
      });
    }
    if (matches.length >= limit) break;
  }
  return matches;
}

function chosen(names: readonly string[], document: GrepRequest['document']): number[] {
  if (document === null) return names.map((_, index) => index);
  const index = typeof document === 'string' ? names.indexOf(document) : document;
  if (index in names) return [index];
  throw new Error(`there is no document ${JSON.stringify(document)}; there are ${names.length}`);
}

function* occurrences(
  text: string,
  { source, flags }: GrepRequest,
): Generator<{ readonly index: number; readonly length: number }> {
  if (flags === null) {
    for (let at = text.indexOf(source); at !== -1; at = text.indexOf(source, at + source.length)) {
      yield { index: at, length: source.length };
    }
    return;
  }
  // Each match is asked for with /g; /y would stop at the first gap.
  const expression = new RegExp(source, `${flags.replace(/[gy]/g, '')}g`);
  for (const match of text.matchAll(expression)) {
    yield { index: match.index, length: match[0].length };
  }
}
