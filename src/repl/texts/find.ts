import type { HostText } from './host-text.ts';

/** Units of a text in a file that are searched at a time: 4 to 8 MB as a string, 4 to 12 as bytes. */
export const SEARCH_WINDOW = 4 * 2 ** 20;

/**
 * Where `needle` is first found at or after `from`, or -1: as `String.prototype.indexOf`.
 * @throws the text's reader's error.
 */
export function findText(text: HostText, needle: string, from: number, window = SEARCH_WINDOW): number {
  if (text.whole !== null) return text.whole.indexOf(needle, from);
  const start = Math.max(0, Math.min(from, text.length));
  if (needle === '') return start;
  const step = Math.max(window, needle.length);
  for (let at = start; at + needle.length <= text.length; at += step) {
    const found = text.slice(at, at + step + needle.length - 1).indexOf(needle);
    if (found !== -1) return at + found;
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
  const step = Math.max(window, needle.length);
  for (let end = last + 1; end > 0; end -= step) {
    const start = Math.max(0, end - step);
    const found = text.slice(start, end + needle.length - 1).lastIndexOf(needle);
    if (found !== -1) return start + found;
  }
  return -1;
}
