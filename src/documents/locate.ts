import type { TextSource } from './document.ts';

/** A place in a text: a byte of its blob at which a character begins, and the units before it. */
export interface Place {
  readonly byte: number;
  /** UTF-16 code units before `byte`. */
  readonly char: number;
}

/** Bytes of every UTF-16 code unit of a text, or null where they differ. */
export function bytesPerUnit({ encoding, index }: Pick<TextSource, 'encoding' | 'index'>): 1 | 2 | null {
  if (encoding === 'utf-16le' || encoding === 'utf-16be') return 2;
  return index === null ? 1 : null;
}

/** The last known place at or before the code unit `char`; exactly there where units have one width. */
export function placeBefore(source: TextSource, char: number): Place {
  const width = bytesPerUnit(source);
  if (width !== null) return { byte: source.skip + char * width, char };
  const at = source.index ? lastAtMost(source.index.chars, char) : 0;
  return { byte: source.index?.bytes[at] ?? source.skip, char: source.index?.chars[at] ?? 0 };
}

/** The first known place at or after the code unit `char`; the end of the text past the last one. */
export function placeAfter(source: TextSource, char: number, chars: number): Place {
  const width = bytesPerUnit(source);
  if (width !== null) return { byte: source.skip + char * width, char };
  const { index } = source;
  const end = { byte: source.blob.size, char: chars };
  if (!index) return end;
  const before = lastAtMost(index.chars, char);
  const at = index.chars[before] === char ? before : before + 1;
  const byte = index.bytes[at];
  return byte === undefined ? end : { byte, char: index.chars[at] ?? chars };
}

/** Position of the last entry that is at most `value`, 0 where there is none; entries ascend. */
export function lastAtMost(entries: Float64Array, value: number): number {
  let low = 0;
  let high = entries.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((entries[middle] ?? Infinity) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
