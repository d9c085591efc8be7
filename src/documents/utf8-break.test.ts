import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { malformedBytes } from './testing/malformed-bytes.ts';
import { breakAfter, lastBreak } from './utf8-break.ts';

const decode = (bytes: Uint8Array): string =>
  new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);

function expectCut(bytes: Uint8Array, at: number): void {
  expect(decode(bytes.subarray(0, at)) + decode(bytes.subarray(at))).toBe(decode(bytes));
}

describe('where UTF-8 may be cut', () => {
  it('breakAfter is near, and tears nothing, valid or not', () => {
    fc.assert(
      fc.property(malformedBytes, fc.nat(40), (bytes, from) => {
        const at = breakAfter(bytes, from);
        expect(at).toBeLessThanOrEqual(Math.max(bytes.length, from + 3));
        expect(at >= from || at === bytes.length).toBe(true);
        expectCut(bytes, at);
        if (from + 3 < bytes.length) expect(at).toBeLessThanOrEqual(from + 3);
      }),
      { numRuns: 5000 },
    );
  });

  it('lastBreak is near the end, and tears nothing whatever follows', () => {
    fc.assert(
      fc.property(malformedBytes, malformedBytes, (bytes, following) => {
        const at = lastBreak(bytes);
        expect(bytes.length - at).toBeLessThanOrEqual(3);
        expectCut(Uint8Array.from([...bytes, ...following]), at);
      }),
      { numRuns: 5000 },
    );
  });
});
