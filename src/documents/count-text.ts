import type { TextEncoding } from './document.ts';
import { type EncodingGuess, isControl } from './text-encoding.ts';

/** Counts a text while its bytes go by, in any pieces of even length (the last may be odd). */
export interface TextCounter {
  add(bytes: Uint8Array): void;
  /** UTF-16 code units so far; never more than the final count. */
  readonly atLeast: number;
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
  /** Code units (or bytes of an unfinished character) that do not form characters. */
  readonly broken: number;
  /** Share of NUL and of other control characters, 0 to 1. */
  readonly controls: number;
  readonly nuls: number;
}

export function createTextCounter(guess: Exclude<EncodingGuess['encoding'], 'utf-32'>): TextCounter {
  return guess === 'bytes' ? countBytes() : countUnits(guess);
}

const LF = 10;

/**
 * UTF-8 or windows-1252: both counts are kept until the end, so one pass is enough. windows-1252
 * has one code unit a byte, and a line ends at the same byte in both.
 */
function countBytes(): TextCounter {
  let bytes = 0;
  let lineEnds = 0;
  let controls = 0;
  let nuls = 0;
  let last = LF;
  let utf8 = true;
  let chars = 0;
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

  const decode = (piece?: Uint8Array): void => {
    if (!utf8) return;
    try {
      chars += decoder.decode(piece, { stream: piece !== undefined }).length;
    } catch {
      utf8 = false;
    }
  };
  return {
    add(piece) {
      for (let i = 0; i < piece.length; i++) {
        const byte = piece[i] ?? 0;
        if (byte >= 32) continue;
        if (byte === LF) lineEnds++;
        else if (byte === 0) nuls++;
        else if (isControl(byte)) controls++;
      }
      bytes += piece.length;
      last = piece.at(-1) ?? last;
      decode(piece);
    },
    get atLeast() {
      return utf8 ? chars : bytes;
    },
    finish() {
      decode();
      return {
        encoding: utf8 ? 'utf-8' : 'windows-1252',
        chars: utf8 ? chars : bytes,
        lines: lineEnds + (last === LF ? 0 : 1),
        broken: 0,
        controls: controls / Math.max(1, bytes),
        nuls: nuls / Math.max(1, bytes),
      };
    },
  };
}

/** UTF-16, straight from the bytes: `TextDecoder` gives one code unit for two bytes, whatever they are. */
function countUnits(encoding: 'utf-16le' | 'utf-16be'): TextCounter {
  const low = encoding === 'utf-16le' ? 0 : 1;
  let chars = 0;
  let lineEnds = 0;
  let controls = 0;
  let nuls = 0;
  let broken = 0;
  let last = LF;
  let highPending = false;

  return {
    add(piece) {
      const even = piece.length & ~1;
      for (let i = 0; i < even; i += 2) {
        const unit = (piece[i + low] ?? 0) | ((piece[i + 1 - low] ?? 0) << 8);
        const isLow = (unit & 0xfc00) === 0xdc00;
        if (highPending !== isLow) broken++;
        highPending = (unit & 0xfc00) === 0xd800;
        if (unit === LF) lineEnds++;
        else if (unit === 0) nuls++;
        else if (isControl(unit)) controls++;
        last = unit;
      }
      chars += even / 2;
      if (even === piece.length) return;
      // Half a code unit at the very end decodes to one U+FFFD, alone or with an unpaired surrogate.
      if (!highPending) chars++;
      broken++;
      highPending = false;
      last = 0xfffd;
    },
    get atLeast() {
      return chars;
    },
    finish: () => ({
      encoding,
      chars,
      lines: lineEnds + (last === LF ? 0 : 1),
      broken: broken + (highPending ? 1 : 0),
      controls: controls / Math.max(1, chars),
      nuls: nuls / Math.max(1, chars),
    }),
  };
}
