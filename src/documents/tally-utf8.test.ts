import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tallyBytes } from './tally-bytes.ts';
import { tallyUtf8 } from './tally-utf8.ts';
import { malformedBytes } from './testing/malformed-bytes.ts';

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** What `tallyUtf8` should give, from the decoded text. */
function tallyDecoded(bytes: Uint8Array): ReturnType<typeof tallyUtf8> {
  try {
    const text = strict.decode(bytes);
    return { ...tallyBytes(bytes), units: text.length, replaced: text.split('\ufffd').length - 1 };
  } catch {
    return null;
  }
}

describe('tallyUtf8', () => {
  it('agrees with TextDecoder on what is valid, and counts what it decodes', () => {
    const text = fc.string({ unit: 'binary', maxLength: 60 }).map((valid) => new TextEncoder().encode(valid));
    fc.assert(
      fc.property(fc.oneof(malformedBytes, text), (bytes) => {
        expect(tallyUtf8(bytes)).toEqual(tallyDecoded(bytes));
      }),
      { numRuns: 5000 },
    );
  });

  it('agrees on every first and second byte of a character', () => {
    const wrong: Uint8Array[] = [];
    for (let pair = 2 ** 15; pair < 2 ** 16; pair++) {
      for (const rest of [[], [0x80], [0xbf, 0x80], [0x80, 0x80, 0x41]]) {
        const bytes = Uint8Array.of(pair >> 8, pair & 0xff, ...rest);
        if (tallyUtf8(bytes)?.units !== tallyDecoded(bytes)?.units) wrong.push(bytes);
      }
    }
    expect(wrong).toEqual([]);
  });
});
