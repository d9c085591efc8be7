import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { anyText, fileOf } from './testing/file-of.ts';
import { findLastText, findText } from './find.ts';
import { eachLine, eachPiece } from './pieces.ts';
import { stringText } from './string-text.ts';

const window = fc.integer({ min: 1, max: 20 });
const from = fc.oneof(fc.integer({ min: -3, max: 90 }), fc.constantFrom(-Infinity, Infinity));

/** A text and something that may be in it. */
const search = fc.tuple(anyText, fc.integer({ min: 0, max: 80 }), fc.integer({ min: 0, max: 9 }), fc.constantFrom('', 'a', '\n')).map(
  ([file, at, length, more]) => ({ ...file, needle: file.expected.slice(at, at + length) + more }),
);

describe('Finding in a text', () => {
  it('is indexOf and lastIndexOf', () => {
    fc.assert(
      fc.property(search, from, window, ({ text, expected, needle }, from, window) => {
        expect(findText(text, needle, from, window)).toBe(expected.indexOf(needle, from));
        expect(findLastText(text, needle, from, window)).toBe(expected.lastIndexOf(needle, from));
        const whole = stringText(expected);
        expect(findText(whole, needle, from)).toBe(expected.indexOf(needle, from));
        expect(findLastText(whole, needle, from)).toBe(expected.lastIndexOf(needle, from));
      }),
      { numRuns: 500 },
    );
  });

  it('ends when the pulse throws', () => {
    let pulses = 0;
    const { text } = fileOf('x'.repeat(1000), {
      pulse: () => {
        pulses += 1;
        if (pulses === 3) throw new Error('stop');
      },
    });
    expect(() => findText(text, 'y', 0, 100)).toThrow('stop');
    expect(pulses).toBe(3);
  });
});

describe('Cutting a text', () => {
  it('is split, with the place of each piece', () => {
    fc.assert(
      fc.property(search, window, ({ text, expected, needle }, window) => {
        const separator = needle || ' ';
        for (const one of [text, stringText(expected)]) {
          const pieces: string[] = [];
          eachPiece(
            one,
            separator,
            (piece, from) => {
              expect(expected.startsWith(piece, from)).toBe(true);
              expect(from).toBe(pieces.reduce((sum, { length }) => sum + length + separator.length, 0));
              pieces.push(piece);
            },
            window,
          );
          expect(pieces).toEqual(expected.split(separator));
        }
      }),
      { numRuns: 500 },
    );
  });

  it('gives lines without an empty one at the end', () => {
    fc.assert(
      fc.property(anyText, window, ({ text, expected }, window) => {
        const lines: string[] = [];
        eachLine(text, (line) => void lines.push(line), window);
        const split = expected.split('\n');
        expect(lines).toEqual(split.at(-1) === '' ? split.slice(0, -1) : split);
      }),
    );
  });

  it('stops when told to', () => {
    for (const text of [stringText('a\nb\nc\n'), fileOf('a\nb\nc\n').text]) {
      const seen: string[] = [];
      eachLine(text, (line) => seen.push(line) < 2);
      expect(seen).toEqual(['a', 'b']);
    }
  });
});
