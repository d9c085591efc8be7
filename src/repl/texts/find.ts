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
