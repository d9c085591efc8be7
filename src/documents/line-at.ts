import type { LineIndex, SourceDocument } from './document.ts';
import { lastAtMost } from './locate.ts';
import { sliceText } from './text-slice.ts';

/** Code units that are looked through at a time. */
const STEP = 1 << 20;

/** A known place in a text: the units, and the line ends, before it. */
export interface KnownLine {
  readonly char: number;
  readonly lineEnds: number;
}

/** The last known place at or before the code unit `char`; the start where lines were not counted. */
export function knownLineBefore(index: LineIndex | undefined, char: number): KnownLine {
  const at = index ? lastAtMost(index.chars, char) : 0;
  return { char: index?.chars[at] ?? 0, lineEnds: index?.lines[at] ?? 0 };
}

/**
 * The 1-based line of the code unit `offset`, clamped to the text: a `\n` belongs to the line it ends.
 * @throws DOMException when the file cannot be read any more.
 */
export async function lineAt(document: SourceDocument, offset: number): Promise<number> {
  const end = Math.max(0, Math.min(document.info.chars, Math.trunc(offset) || 0));
  const { char, lineEnds } = knownLineBefore(document.text.lineIndex, end);
  let line = lineEnds + 1;
  for (let from = char; from < end; from += STEP) {
    line += countLineEnds(await sliceText(document, from, Math.min(end, from + STEP)));
  }
  return line;
}

/** Line ends in [from, to) of a text. */
export function countLineEnds(text: string, from = 0, to: number = text.length): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at !== -1 && at < to; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
