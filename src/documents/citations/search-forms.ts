/** A passage as it may stand in a document: its pieces, which follow each other closely. */
export type SearchForm = readonly string[];

/** Pieces of one quote; further ones are not looked for. */
const MOST_PIECES = 6;

/** Code units that may be left out between two pieces. */
export const GAP_CHARS = 2_000;

const ELLIPSIS = /\s*(?:\[\s*(?:…|\.\s?\.\s?\.)\s*\]|\(\s*(?:…|\.\s?\.\s?\.)\s*\)|…|\.{3,}|\. \. \.)\s*/u;

/**
 * What to look for, the likeliest last word first: the quote as it stands, then without Markdown and
 * remarks of who quotes, then on one line, then in the pieces that its ellipses leave. None is said twice.
 */
export function searchForms(quote: string): readonly SearchForm[] {
  const whole = quote.trim();
  const plain = withoutMarkup(whole);
  const pieces = plain.split(ELLIPSIS).map((piece) => piece.trim()).filter((piece) => /[\p{L}\p{N}]/u.test(piece));
  // An answer breaks its lines where it likes.
  const forms: SearchForm[] = [[whole], [plain], [plain.replace(/\s*\n\s*/gu, ' ')], pieces.slice(0, MOST_PIECES)];
  const seen = new Set<string>();
  return forms.filter((form) => {
    const key = form.join('\0');
    if (key === '' || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** Without escapes, emphasis and code marks of Markdown, `[sic]`, and the brackets of `[T]he`. */
function withoutMarkup(text: string): string {
  return text
    .replace(/\\([!-/:-@[-`{-~])/g, '$1')
    .replace(/\*+(?=\S)|(?<=\S)\*+/g, '')
    .replace(/(?<![\p{L}\p{N}])_+(?=\S)|(?<=\S)_+(?![\p{L}\p{N}])/gu, '')
    .replace(/`/g, '')
    .replace(/\s?\[sic\]/gi, '')
    .replace(/\[(\p{L}{1,2})\](?=\p{L})/gu, '$1')
    .trim();
}
