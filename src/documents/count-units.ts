import type { TextCounter } from './count-text.ts';
import { looksBinary } from './looks-binary.ts';
import { isControl } from './text-encoding.ts';

const LF = 10;

/** Code units between two entries of the line index. */
const WINDOW_UNITS = 128 * 1024;

/**
 * UTF-16, straight from the bytes: `TextDecoder` gives one code unit for two bytes, whatever they are.
 * @param windowUnits units between two entries of the line index.
 */
export function createUnitCounter(
  encoding: 'utf-16le' | 'utf-16be',
  windowUnits: number = WINDOW_UNITS,
): TextCounter {
  // Typed arrays are little-endian wherever browsers run.
  const swapped = encoding === 'utf-16be';
  let chars = 0;
  let lineEnds = 0;
  let controls = 0;
  let nuls = 0;
  let broken = 0;
  let last = LF;
  let highPending = false;
  const entries: { readonly chars: number[]; readonly lines: number[] } = { chars: [], lines: [] };

  const addUnits = (units: Uint16Array): void => {
    for (let i = 0; i < units.length; i++) {
      const raw = units[i] ?? 0;
      const unit = swapped ? (raw >> 8) | ((raw & 0xff) << 8) : raw;
      if (unit >= 32 && unit < 0xd800 && !highPending) continue;
      const isLow = (unit & 0xfc00) === 0xdc00;
      if (highPending !== isLow) broken++;
      highPending = (unit & 0xfc00) === 0xd800;
      if (unit === LF) lineEnds++;
      else if (unit === 0) nuls++;
      else if (isControl(unit)) controls++;
    }
    const raw = units.at(-1);
    if (raw !== undefined) last = swapped ? (raw >> 8) | ((raw & 0xff) << 8) : raw;
  };

  return {
    add(piece) {
      const even = piece.length >> 1;
      const aligned = piece.byteOffset % 2 === 0 ? piece : piece.slice();
      const units = new Uint16Array(aligned.buffer, aligned.byteOffset, even);
      for (let from = 0; from < even; from += windowUnits) {
        entries.chars.push(chars + from);
        entries.lines.push(lineEnds);
        addUnits(units.subarray(from, from + windowUnits));
      }
      chars += even;
      if (even * 2 === piece.length) return;
      // Half a code unit at the very end decodes to one U+FFFD, alone or with an unpaired surrogate.
      if (!highPending) chars++;
      broken++;
      highPending = false;
      last = 0xfffd;
    },
    finish: () => ({
      encoding,
      chars,
      lines: lineEnds + (last === LF ? 0 : 1),
      broken: broken + (highPending ? 1 : 0),
      index: null,
      lineIndex: { chars: Float64Array.from(entries.chars), lines: Float64Array.from(entries.lines) },
      binary: looksBinary({ unicode: true, controls, nuls, of: chars }),
    }),
  };
}
