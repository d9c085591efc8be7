import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planReading, rangeName } from './reading-plan.ts';

/** Of what a part may hold, the share of one text that is its name. */
const AROUND = 320;

describe('a plan of reading', () => {
  it('keeps documents whole while they fit, and begins anew with the one that does not', () => {
    const documents = [600, 400, 100, 900].map((chars) => ({ name: 'a', chars }));
    const parts = planReading(documents, 1_640);
    expect(parts.map((part) => part.map(({ document }) => document))).toEqual([[0, 1], [2, 3]]);
  });

  it('reads one that is larger than a part in chunks that share an edge', () => {
    const parts = planReading([{ name: 'a', chars: 2_500 }], 1_000 + AROUND);
    expect(parts.map(([range]) => [range?.from, range?.to])).toEqual([[0, 1_000], [900, 1_900], [1_800, 2_500]]);
  });

  it('leaves nothing out, in order, and never takes more than there is room for', () => {
    const sizes = fc.array(fc.nat(5_000), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(sizes, fc.integer({ min: AROUND + 1, max: 4_000 }), (chars, room) => {
        const parts = planReading(chars.map((each) => ({ name: 'a', chars: each })), room);
        for (const part of parts) {
          expect(part.length).toBeGreaterThan(0);
          expect(part.reduce((sum, { from, to }) => sum + to - from + AROUND, 0)).toBeLessThanOrEqual(room);
        }
        const read = chars.map(() => 0);
        let before = 0;
        for (const { document, from, to } of parts.flat()) {
          expect(document).toBeGreaterThanOrEqual(before);
          before = document;
          expect(from).toBeLessThanOrEqual(read[document] ?? 0);
          expect(to).toBeGreaterThanOrEqual(read[document] ?? 0);
          read[document] = to;
        }
        expect(read).toEqual(chars);
        expect(new Set(parts.flat().map(({ document }) => document)).size).toBe(chars.length);
      }),
    );
  });

  it('says which stretch of a document a text is', () => {
    expect(rangeName({ name: 'a.txt', chars: 10 }, { document: 0, from: 0, to: 10 })).toBe('a.txt');
    expect(rangeName({ name: 'a.txt', chars: 2_000 }, { document: 0, from: 900, to: 1_900 })).toBe('a.txt, characters 901 to 1,900 of 2,000');
  });
});
