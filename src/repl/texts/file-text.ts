import type { TextSource } from '../../documents/document.ts';
import { bytesPerUnit, placeAfter, placeBefore } from '../../documents/locate.ts';
import type { HostText, Pulse, ReadBytes } from './host-text.ts';

export interface FileTextOptions {
  /** Id of the document. */
  readonly document: string;
  readonly read: ReadBytes;
  /** Called with the bytes that `read` gave once they are decoded: nobody needs them any more. */
  readonly release?: (bytes: Uint8Array) => void;
  /** Called before each read of more than `chunk` units. */
  readonly pulse?: Pulse;
  /** Units that are read and kept together for small slices, at most. */
  readonly chunk?: number;
}

/** Enough for the slices of a cell that goes through a text; small enough to read in no time. */
const CHUNK = 256 * 1024;
const KEPT_CHUNKS = 4;
/** A slice somewhere else reads so much of a chunk: up to 64 KiB a read takes no longer than one of a byte. */
const FIRST_SHARE = 1 / 4;
/** The longest string of V8; a longer one could not be made of any file. */
const MAX_STRING = 2 ** 29 - 24;

/** Consecutive units of a text, decoded. */
interface Decoded {
  readonly from: number;
  readonly text: string;
}

/**
 * The text of a file of any size, `chars` units long, of which only what is asked for is read. It
 * is, unit for unit, what `TextDecoder` makes of the whole file after the byte-order mark.
 *
 * A few chunks stay in memory for small slices, and the last large slice for what is asked about
 * its inside afterwards.
 */
export function fileText(source: TextSource, chars: number, options: FileTextOptions): HostText {
  const { document, read, release, pulse, chunk = CHUNK } = options;
  const decoder = new TextDecoder(source.encoding, { ignoreBOM: true });
  const width = bytesPerUnit(source);
  let chunks: readonly Decoded[] = [];
  let large: Decoded | null = null;

  /** At least units [from, to) of the text. */
  const decode = (from: number, to: number): Decoded => {
    // UTF-16: one unit more on either side, as half of a surrogate pair does not decode to itself.
    const margin = width === 2 ? 1 : 0;
    const start = placeBefore(source, Math.max(0, from - margin));
    const { byte } = placeAfter(source, Math.min(chars, to + margin), chars);
    // Half a unit at the end of the file is part of its last character.
    const end = to + margin >= chars ? source.blob.size : byte;
    const bytes = read(source.blob, start.byte, end);
    const text = decoder.decode(bytes);
    release?.(bytes);
    return margin === 0
      ? { from: start.char, text }
      : { from, text: text.slice(from - start.char, to - start.char) };
  };

  /** What is read for `wanted` units from `at` on: more than those where a chunk beside has been read. */
  const decodeChunk = (at: number, wanted: number): Decoded => {
    if (width === null) return decode(at, at + 1);
    const first = Math.ceil(chunk * FIRST_SHARE);
    const begin = at - (at % first);
    const goesOn = chunks.some((one) => holds(one, begin - 1, begin) || holds(one, begin + first, begin + first + 1));
    const size = goesOn || wanted > first ? chunk : first;
    const from = at - (at % size);
    return decode(from, Math.min(chars, from + size));
  };

  /** The chunk with the unit `at` in it, of which `wanted` are asked for. */
  const chunkAt = (at: number, wanted: number): Decoded => {
    const kept = chunks.find((one) => holds(one, at, at + 1));
    const found = kept ?? decodeChunk(at, wanted);
    chunks = [found, ...chunks.filter((one) => one !== found)].slice(0, KEPT_CHUNKS);
    return found;
  };

  const units = (from: number, to: number): string => {
    if (to - from > MAX_STRING) throw new RangeError('Invalid string length');
    if (large && holds(large, from, to)) return part(large, from, to);
    if (to - from > chunk) {
      pulse?.();
      // The old window is let go first: two of them at once would be twice the memory.
      large = null;
      large = decode(from, to);
      return part(large, from, to);
    }
    let text = '';
    for (let at = from; at < to; ) {
      const here = chunkAt(at, to - at);
      const until = Math.min(to, here.from + here.text.length);
      if (until <= at) break;
      text += part(here, at, until);
      at = until;
    }
    return text;
  };

  const range = (first: number, length: number): HostText => ({
    length,
    whole: null,
    origin: { document, from: first },
    slice(from, to) {
      const start = clamp(from, length);
      const end = clamp(to, length);
      return start < end ? units(first + start, first + end) : '';
    },
    range(from, to) {
      const start = clamp(from, length);
      return range(first + start, Math.max(0, clamp(to, length) - start));
    },
  });
  return range(0, chars);
}

const holds = (decoded: Decoded, from: number, to: number): boolean =>
  decoded.from <= from && to <= decoded.from + decoded.text.length;

const part = (decoded: Decoded, from: number, to: number): string =>
  decoded.text.slice(from - decoded.from, to - decoded.from);

const clamp = (offset: number, length: number): number => Math.max(0, Math.min(offset, length));
