import { findText } from './find.ts';
import type { HostText } from './host-text.ts';
import { SEARCH_WINDOW, firstSize, largerSize } from './window-size.ts';

/** Gets each piece and where it begins; returning false ends the walk. */
export type VisitPiece = (piece: string, from: number) => boolean | void;

/**
 * The pieces of a text in order, as `split(separator)` gives them, without ever holding more than
 * one of them and the window it is in.
 * @param separator not empty.
 * @throws the text's reader's error, and what `visit` throws.
 */
export function eachPiece(
  text: HostText,
  separator: string,
  visit: VisitPiece,
  window = SEARCH_WINDOW,
): void {
  const { length } = separator;
  let size = firstSize(window);
  let base = 0;
  let buffer = text.whole ?? text.slice(0, Math.max(size, length));
  let at = 0;
  for (;;) {
    const found = buffer.indexOf(separator, at);
    if (found !== -1) {
      if (visit(buffer.slice(at, found), base + at) === false) return;
      at = found + length;
      continue;
    }
    if (base + buffer.length >= text.length) {
      visit(buffer.slice(at), base + at);
      return;
    }
    if (at === 0) {
      // A piece longer than the window: its end is looked for first.
      const end = findText(text, separator, base + buffer.length - length + 1, window);
      const piece = text.slice(base, end === -1 ? text.length : end);
      if (visit(piece, base) === false || end === -1) return;
      at = end + length - base;
    }
    base += at;
    at = 0;
    size = largerSize(size, window);
    buffer = text.slice(base, base + Math.max(size, length));
  }
}

/**
 * The lines of a text without their `\n`. The end of a last `\n` begins no line of its own, and the
 * empty text has none: as an editor counts, and as `documents[i].lines` does.
 * @throws the text's reader's error, and what `visit` throws.
 */
export function eachLine(text: HostText, visit: VisitPiece, window = SEARCH_WINDOW): void {
  const { length } = text;
  eachPiece(text, '\n', (line, from) => (from < length ? visit(line, from) : undefined), window);
}
