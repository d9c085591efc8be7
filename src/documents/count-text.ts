import { createByteCounter } from './count-bytes.ts';
import { createUnitCounter } from './count-units.ts';
import type { LineIndex, TextEncoding, TextIndex } from './document.ts';
import type { EncodingGuess } from './text-encoding.ts';

/** Counts a text while its bytes, without a byte-order mark, go by. */
export interface TextCounter {
  /** Takes the next piece, of even length where the text is UTF-16 (the last may be odd). */
  add(bytes: Uint8Array): void;
  /** To be called once, after the last piece. */
  finish(): TextCount;
}

export interface TextCount {
  readonly encoding: TextEncoding;
  /** UTF-16 code units, as `String.length` of the decoded text. */
  readonly chars: number;
  /**
   * Pieces between `\n`, without the empty one after a last `\n`: `a\nb` and `a\nb\n` have 2, the
   * empty text 0. `\r\n` ends a line once; a lone `\r` ends none, as for `split('\n')` and `grep`.
   */
  readonly lines: number;
  /** Characters shown as U+FFFD, where some of the bytes form no character; else 0. */
  readonly broken: number;
  readonly index: TextIndex | null;
  readonly lineIndex: LineIndex;
  /** Whether it is no text at all, going by its control characters. */
  readonly binary: boolean;
}

export function createTextCounter({ encoding, skip }: CountableText): TextCounter {
  return encoding === 'bytes' ? createByteCounter(skip) : createUnitCounter(encoding);
}

interface CountableText extends EncodingGuess {
  readonly encoding: Exclude<EncodingGuess['encoding'], 'utf-32'>;
}
