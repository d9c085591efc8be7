import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cutAtMarks, placesIn, type TextMark } from './row-marks.ts';

const mark = fc.record({
  kind: fc.constantFrom('passage' as const, 'cited' as const, 'match' as const),
  from: fc.integer({ min: 0, max: 60 }),
  to: fc.integer({ min: 0, max: 60 }),
});

describe('cutAtMarks', () => {
  test('gives the text back, each unit marked as it should be', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 40 }), fc.array(mark, { maxLength: 8 }), (text, marks) => {
        const pieces = cutAtMarks({ from: 10, text }, marks);
        expect(pieces.map((piece) => piece.text).join('')).toBe(text);
        for (const piece of pieces) {
          for (let at = piece.from; at < piece.from + piece.text.length; at++) {
            const kinds = marks.filter(({ from, to }) => from <= at && at < to).map(({ kind }) => kind);
            expect(piece.kinds).toEqual(new Set(kinds));
          }
        }
      }),
    );
  });

  test('a quote has its number where it ends', () => {
    const marks: TextMark[] = [
      { kind: 'cited', from: 2, to: 6, number: 3 },
      { kind: 'cited', from: 4, to: 6, number: 1 },
      { kind: 'cited', from: 4, to: 99, number: 2 },
    ];
    expect(cutAtMarks({ from: 0, text: 'abcdefgh' }, marks).map(({ text, numbers }) => [text, numbers])).toEqual([
      ['ab', []],
      ['cd', []],
      ['ef', [1, 3]],
      ['gh', []],
    ]);
  });

  test('an empty row has no pieces', () => {
    expect(cutAtMarks({ from: 3, text: '' }, [{ kind: 'match', from: 0, to: 9 }])).toEqual([]);
  });
});

test('placesIn is what a look at all would find', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(100), { maxLength: 20 }), fc.nat(100), fc.nat(40), (starts, from, length) => {
      const places = starts.sort((a, b) => a - b).map((start) => ({ from: start * 4, to: start * 4 + 3 }));
      const to = from * 4 + length;
      expect(placesIn(places, from * 4, to)).toEqual(places.filter((place) => place.to > from * 4 && place.from < to));
    }),
  );
});
