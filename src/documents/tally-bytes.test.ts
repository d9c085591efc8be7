import fc from 'fast-check';
import { expect, it } from 'vitest';
import { tallyBytes } from './tally-bytes.ts';
import { isControl } from './text-encoding.ts';
import { malformedBytes } from './testing/malformed-bytes.ts';

it('counts as one byte after another does, at any alignment', () => {
  const anyByte = fc.uint8Array({ maxLength: 40 }).chain((bytes) =>
    fc.nat(Math.min(5, bytes.length)).map((from) => bytes.subarray(from)),
  );
  fc.assert(
    fc.property(fc.oneof(anyByte, malformedBytes), (bytes) => {
      const all = [...bytes];
      expect(tallyBytes(bytes)).toEqual({
        highs: all.filter((byte) => byte > 127).length,
        lineEnds: all.filter((byte) => byte === 10).length,
        controls: all.filter((byte) => byte !== 0 && isControl(byte)).length,
        nuls: all.filter((byte) => byte === 0).length,
      });
    }),
    { numRuns: 2000 },
  );
});
