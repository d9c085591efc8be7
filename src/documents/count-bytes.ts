import type { TextCounter } from './count-text.ts';
import type { LineIndex, TextIndex } from './document.ts';
import { looksBinary } from './looks-binary.ts';
import { type ByteTally, tallyBytes } from './tally-bytes.ts';
import { tallyUtf8 } from './tally-utf8.ts';
import { breakAfter, lastBreak } from './utf8-break.ts';
import { joinBytes } from './join-bytes.ts';

/** Bytes between two entries of the index: what is decoded for a slice of one character. */
const WINDOW_BYTES = 256 * 1024;

/** Damage that a cut log or a bad disk does not do: another encoding does. */
const HOPELESS = 1000;

const LF = 10;

/**
 * UTF-8 or windows-1252, which only the end tells: both counts are kept until then, so that one pass
 * is enough. windows-1252 has one code unit a byte, and a line ends at the same byte in both.
 *
 * The bytes go by in windows that begin and end where UTF-8 may be cut, each counted on its own.
 * What is not valid UTF-8 is read on with U+FFFD for what is broken, to tell a large text with a few
 * broken characters (a cut log, a bad byte) from one in another encoding; that is given up early
 * where hardly anything beyond ASCII decodes. Not with a byte-order mark, which nothing but UTF-8
 * begins with.
 *
 * @param skip bytes of byte-order mark before the first piece.
 * @param windowBytes length of a window, about.
 */
export function createByteCounter(skip: number, windowBytes: number = WINDOW_BYTES): TextCounter {
  const marked = skip > 0;
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let reading: 'valid' | 'damaged' | 'hopeless' = 'valid';
  /** The start of a character whose end is in the next piece. */
  let carried = new Uint8Array(0);
  let last = LF;

  let bytes = 0;
  let highs = 0;
  let lineEnds = 0;
  let controls = 0;
  let nuls = 0;
  /** Code units read as UTF-8. */
  let chars = 0;
  let damaged = 0;
  const entries: Entries = { bytes: [], chars: [], lines: [] };

  const addTally = (window: Uint8Array, tally: ByteTally): void => {
    bytes += window.length;
    highs += tally.highs;
    lineEnds += tally.lineEnds;
    controls += tally.controls;
    nuls += tally.nuls;
  };
  const addWindow = (window: Uint8Array): void => {
    if (window.length === 0) return;
    entries.bytes.push(skip + bytes);
    entries.chars.push(chars);
    entries.lines.push(lineEnds);
    const valid = reading === 'hopeless' ? null : tallyUtf8(window);
    if (valid) {
      addTally(window, valid);
      chars += valid.units;
      damaged += valid.replaced;
      return;
    }
    addTally(window, tallyBytes(window));
    if (reading === 'hopeless') return;
    reading = 'damaged';
    const text = decoder.decode(window);
    chars += text.length;
    damaged += countReplaced(text);
  };
  /** Code units beyond ASCII that decoded: every byte of ASCII is one unit, valid or not the rest. */
  const intact = (): number => chars - (bytes - highs) - damaged;

  return {
    add(piece) {
      last = piece.at(-1) ?? last;
      let from = 0;
      if (carried.length > 0) {
        from = breakAfter(piece, 0);
        carried = joinBytes(carried, piece.subarray(0, from));
        if (from === piece.length) return;
        addWindow(carried);
      }
      const end = from + lastBreak(piece.subarray(from));
      while (from < end) {
        const to = Math.min(end, breakAfter(piece, from + windowBytes));
        addWindow(piece.subarray(from, to));
        from = to;
      }
      carried = piece.slice(end);
      if (!marked && damaged > HOPELESS && damaged > intact() && reading === 'damaged') {
        reading = 'hopeless';
      }
    },
    finish() {
      addWindow(carried);
      const utf8 =
        reading === 'valid' || (reading === 'damaged' && (marked || damaged < 0.05 * intact()));
      return {
        encoding: utf8 ? 'utf-8' : 'windows-1252',
        chars: utf8 ? chars : bytes,
        lines: lineEnds + (last === LF ? 0 : 1),
        broken: utf8 && reading === 'damaged' ? damaged : 0,
        index: utf8 && highs > 0 ? toIndex(entries) : null,
        lineIndex: toLineIndex(entries, utf8 ? 'chars' : 'bytes'),
        binary: looksBinary({ unicode: reading === 'valid', controls, nuls, of: bytes }),
      };
    },
  };
}

/** What is known where a window begins: bytes of the blob, units read as UTF-8, and line ends before it. */
interface Entries {
  readonly bytes: number[];
  readonly chars: number[];
  readonly lines: number[];
}

function toIndex(entries: Entries): TextIndex {
  return { bytes: Float64Array.from(entries.bytes), chars: Float64Array.from(entries.chars) };
}

/** Where a unit is a byte, those after the byte-order mark are counted. */
function toLineIndex(entries: Entries, unit: 'chars' | 'bytes'): LineIndex {
  const [start = 0] = entries.bytes;
  const chars = Float64Array.from(entries[unit]);
  return {
    chars: unit === 'bytes' ? chars.map((byte) => byte - start) : chars,
    lines: Float64Array.from(entries.lines),
  };
}

function countReplaced(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\ufffd'); at !== -1; at = text.indexOf('\ufffd', at + 1)) count++;
  return count;
}
