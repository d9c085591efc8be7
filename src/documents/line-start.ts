import type { SourceDocument } from './document.ts';
import { lastAtMost } from './locate.ts';
import { sliceText } from './text-slice.ts';

/** Code units that are looked through at a time. */
const STEP = 1 << 18;

/**
 * UTF-16 code units before the 1-based `line`; 0 for lines before the first, the length of the text
 * for those after the last.
 * @throws DOMException when the file cannot be read any more.
 */
export async function lineStart(document: SourceDocument, line: number): Promise<number> {
  const { chars } = document.info;
  const ends = Math.trunc(line) - 1;
  if (!(ends > 0)) return 0;
  const index = document.text.lineIndex;
  // The entry may be past the end of the line before: one with fewer line ends is not.
  const entry = index ? lastAtMost(index.lines, ends - 1) : 0;
  let left = ends - (index?.lines[entry] ?? 0);
  for (let from = index?.chars[entry] ?? 0; from < chars; from += STEP) {
    const text = await sliceText(document, from, from + STEP);
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) {
      if (--left === 0) return from + at + 1;
    }
  }
  return chars;
}
