import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createByteCounter } from './count-bytes.ts';
import type { TextCount } from './count-text.ts';
import { malformedBytes } from './testing/malformed-bytes.ts';

const decode = (bytes: Uint8Array): string =>
  new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);

function isValid(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** Counts bytes that come in pieces of these lengths, again and again. */
function count(bytes: Uint8Array, pieces: readonly number[], skip: number, window: number): TextCount {
  const counter = createByteCounter(skip, window);
  for (let from = 0, i = 0; from < bytes.length; i++) {
    const to = from + (pieces[i % pieces.length] ?? 1);
    counter.add(bytes.subarray(from, to));
    from = to;
  }
  return counter.finish();
}

const pieces = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 5 });
const window = fc.integer({ min: 1, max: 20 });

describe('createByteCounter', () => {
  it('counts what decoding the whole gives, in pieces of any length, valid or not', () => {
    fc.assert(
      fc.property(malformedBytes, pieces, window, fc.constantFrom(0, 3), (bytes, lengths, size, skip) => {
        const text = decode(bytes);
        const valid = isValid(bytes);
        const damaged = text.split('\ufffd').length - 1;
        const intact = text.replace(/[\0-\x7f\ufffd]/g, '').length;
        const utf8 = valid || skip > 0 || damaged < 0.05 * intact;
        const lines = text.split('\n');
        expect(count(bytes, lengths, skip, size)).toMatchObject({
          encoding: utf8 ? 'utf-8' : 'windows-1252',
          chars: utf8 ? text.length : bytes.length,
          lines: lines.length - (lines.at(-1) === '' ? 1 : 0),
          broken: utf8 && !valid ? damaged : 0,
        });
      }),
      { numRuns: 3000 },
    );
  });

  it('has an index unless all is ASCII, and decoding afresh from each of its places is right', () => {
    fc.assert(
      fc.property(malformedBytes, pieces, window, (bytes, lengths, size) => {
        const text = decode(bytes);
        const { index } = count(bytes, lengths, 3, size);
        expect(index === null).toBe(bytes.every((byte) => byte < 128));
        if (!index) return;
        expect([index.bytes[0], index.chars[0]]).toEqual([3, 0]);
        expect(index.bytes.length).toBe(index.chars.length);
        index.bytes.forEach((byte, entry) => {
          const chars = index.chars[entry] ?? NaN;
          expect(decode(bytes.subarray(0, byte - 3))).toBe(text.slice(0, chars));
          expect(decode(bytes.subarray(byte - 3))).toBe(text.slice(chars));
          if (entry > 0) expect(byte).toBeGreaterThan(index.bytes[entry - 1] ?? NaN);
        });
      }),
      { numRuns: 3000 },
    );
  });

  it('has an entry about every 256 KiB', () => {
    const bytes = new TextEncoder().encode('漢字かな\n'.repeat(300_000));
    const { index } = count(bytes, [2 ** 20], 0, 256 * 1024);
    const places = [...(index?.bytes ?? []), bytes.length];
    const gaps = places.slice(1).map((place, i) => place - (places[i] ?? 0));
    expect(Math.max(...gaps)).toBeLessThanOrEqual(256 * 1024 + 3);
    expect(places.length).toBeLessThan(1.5 * (bytes.length / (256 * 1024)));
  });

  it('gives up on UTF-8 for good once hardly anything decodes, and not with a byte-order mark', () => {
    const wrong = new Uint8Array(2010).map((_, index) => (index % 2 ? 0xe9 : 0x61));
    const right = new TextEncoder().encode('漢'.repeat(50_000));
    const bytes = Uint8Array.from([...wrong, 0x61, 0xe9, ...right]);
    const lengths = [wrong.length + 2, right.length];
    expect(count(bytes, lengths, 0, 1000).encoding).toBe('windows-1252');
    expect(count(bytes, lengths, 3, 1000)).toMatchObject({ encoding: 'utf-8', broken: 1006 });
    expect(count(bytes, [bytes.length], 0, 1000).encoding).toBe('utf-8');
  });
});
