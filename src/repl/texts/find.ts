import type { HostText } from './host-text.ts';
import { SEARCH_WINDOW, firstSize, largerSize, windowEnd } from './window-size.ts';

/**
 * Where `needle` is first found at or after `from`, or -1: as `String.prototype.indexOf`.
 * @throws the text's reader's error.
 */
export function findText(text: HostText, needle: string, from: number, window = SEARCH_WINDOW): number {
  if (text.whole !== null) return text.whole.indexOf(needle, from);
  const start = Math.max(0, Math.min(from, text.length));
  if (needle === '') return start;
  let size = firstSize(window);
  for (let at = start; at + needle.length <= text.length; ) {
    const end = windowEnd(at, Math.max(size, needle.length));
    const found = text.slice(at, end + needle.length - 1).indexOf(needle);
    if (found !== -1) return at + found;
    at = end;
    size = largerSize(size, window);
  }
  return -1;
}

/**
 * Where `needle` is last found at or before `from`, or -1: as `String.prototype.lastIndexOf`.
 * @throws the text's reader's error.
 */
export function findLastText(text: HostText, needle: string, from: number, window = SEARCH_WINDOW): number {
  if (text.whole !== null) return text.whole.lastIndexOf(needle, from);
  const last = Math.min(Math.max(0, from), text.length - needle.length);
  if (needle === '') return last;
  let size = firstSize(window);
  for (let end = last + 1; end > 0; ) {
    const step = Math.max(size, needle.length);
    const start = end - 1 - ((end - 1) % step);
    const found = text.slice(start, end + needle.length - 1).lastIndexOf(needle);
    if (found !== -1) return start + found;
    end = start;
    size = largerSize(size, window);
  }
  return -1;
}

/**
 * Visits all places of `needle` in order, none of which overlap; returning false ends the search.
 * @param needle not empty.
 * @param onWindow gets each window of a text in a file before it is searched, in order.
 * @throws the text's reader's error, and what `visit` throws.
 */
export function eachFound(
  text: HostText,
  needle: string,
  visit: (index: number) => boolean | void,
  window = SEARCH_WINDOW,
  onWindow?: (text: string, base: number) => void,
): void {
  let size = text.whole === null ? firstSize(window) : text.length;
  for (let at = 0; at + needle.length <= text.length; ) {
    const end = text.whole === null ? windowEnd(at, Math.max(size, needle.length)) : text.length;
    const units = text.whole ?? text.slice(at, end + needle.length - 1);
    if (text.whole === null) onWindow?.(units, at);
    let next = 0;
    for (let found = units.indexOf(needle); found !== -1; found = units.indexOf(needle, next)) {
      if (visit(at + found) === false) return;
      next = found + needle.length;
    }
    at = Math.max(end, at + next);
    size = largerSize(size, window);
  }
}
