import { isControl } from './text-encoding.ts';

/** Counts over bytes of text in UTF-8 or in an encoding of one byte a character. */
export interface ByteTally {
  /** Bytes beyond ASCII. */
  readonly highs: number;
  readonly lineEnds: number;
  /** Control characters that text has no use for, without NUL. */
  readonly controls: number;
  readonly nuls: number;
}

const LF = 10;

/** Tallies up to 2 GiB of bytes, four at a time: all but the rare words with a control are one comparison. */
export function tallyBytes(bytes: Uint8Array): ByteTally {
  let highs = 0;
  let lineEnds = 0;
  let controls = 0;
  let nuls = 0;
  const low = (byte: number): void => {
    if (byte === LF) lineEnds++;
    else if (byte === 0) nuls++;
    else if (isControl(byte)) controls++;
  };
  const single = (from: number, to: number): void => {
    for (let i = from; i < to; i++) {
      const byte = bytes[i] ?? 0;
      if (byte > 127) highs++;
      else if (byte < 32) low(byte);
    }
  };

  const offset = bytes.byteOffset & 3;
  const words = new Int32Array(bytes.buffer, bytes.byteOffset - offset, (bytes.length + offset) >> 2);
  const start = Math.min(bytes.length, -offset & 3);
  const end = Math.max(start, words.length * 4 - offset);
  single(0, start);
  for (let i = (start + offset) >> 2; i < words.length; i++) {
    const word = words[i] ?? 0;
    const high = word & 0x80808080;
    if (high !== 0) highs += Math.imul(high >>> 7, 0x01010101) >>> 24;
    // Not zero where a byte is below 32: taking 32 from it borrows into its own high bit.
    if (((word - 0x20202020) & ~word & 0x80808080) === 0) continue;
    for (let shift = 0; shift < 32; shift += 8) {
      const byte = (word >>> shift) & 0xff;
      if (byte < 32) low(byte);
    }
  }
  single(end, bytes.length);
  return { highs, lineEnds, controls, nuls };
}
