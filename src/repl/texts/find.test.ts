import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { anyFile, anyText, fileOf } from './testing/file-of.ts';
import { eachFound, findLastText, findText } from './find.ts';
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

  it('visits all places, none over another, and all windows in order', () => {
    fc.assert(
      fc.property(anyFile(fc.string({ unit: fc.constantFrom('a', 'b', 'é'), maxLength: 40 })), fc.constantFrom('a', 'aa', 'aba', 'aaa'), window, ({ text, expected }, needle, window) => {
        const theirs: number[] = [];
        for (let at = expected.indexOf(needle); at !== -1; at = expected.indexOf(needle, at + needle.length)) theirs.push(at);
        for (const one of [text, stringText(expected)]) {
          const found: number[] = [];
          let seen = '';
          eachFound(one, needle, (at) => void found.push(at), window, (units, base) => {
            expect(expected.startsWith(units, base)).toBe(true);
            expect(base).toBeLessThanOrEqual(seen.length);
            seen = expected.slice(0, base + units.length);
          });
          expect(found).toEqual(theirs);
        }
      }),
      { numRuns: 300 },
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
