import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cutRows, rowAt, startAfter, type Row } from './rows.ts';

const SIZES = { row: 8, back: 3 };
const START = { from: 0, line: 1, lineFrom: 0 };
const text = fc
  .array(fc.constantFrom('a', 'bcd', ' ', '\n', '\r\n', '\t', '\u{1f9f8}', '\ud83e', 'שלום', '漢字', '\0', 'abcdefghijklmnop'), { maxLength: 60 })
  .map((parts) => parts.join(''));
const whole = (source: string): readonly Row[] => cutRows(source, START, true, SIZES);

describe('cutRows', () => {
  test('gives the text back, every unit in one row, lines counted', () => {
    fc.assert(
      fc.property(text, (source) => {
        let at = 0;
        for (const row of whole(source)) {
          expect(row.from).toBe(at);
          expect(row.to).toBeGreaterThan(row.from);
          const before = source.slice(0, row.from);
          expect(row.line).toBe(before.split('\n').length);
          expect(row.lineFrom).toBe(before.lastIndexOf('\n') + 1);
          expect(row.text + source.slice(row.from + row.text.length, row.to)).toBe(source.slice(row.from, row.to));
          expect(['', '\n']).toContain(source.slice(row.from + row.text.length, row.to));
          expect(row.text).not.toContain('\n');
          expect(row.text.length).toBeLessThanOrEqual(SIZES.row + SIZES.back);
          at = row.to;
        }
        expect(at).toBe(source.length);
      }),
    );
  });

  test('cuts no pair of surrogates', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('\u{1f9f8}', 'a'), { maxLength: 60 }), (parts) => {
        for (const row of whole(parts.join(''))) expect(row.text.isWellFormed()).toBe(true);
      }),
    );
  });

  test('rows are the same from wherever they are come to', () => {
    fc.assert(
      fc.property(text, fc.nat(), (source, seed) => {
        const rows = whole(source);
        fc.pre(rows.length > 0);
        const index = seed % rows.length;
        const row = rows[index];
        if (!row) return;
        expect(cutRows(source.slice(row.from), row, true, SIZES)).toEqual(rows.slice(index));
        expect(startAfter(row)).toEqual(expect.objectContaining({ from: rows[index + 1]?.from ?? source.length }));
      }),
    );
  });

  test('leaves out what may go on past the end', () => {
    fc.assert(
      fc.property(text, fc.nat(), (source, seed) => {
        const seen = seed % (source.length + 1);
        const rows = cutRows(source.slice(0, seen), START, false, SIZES);
        expect(whole(source).slice(0, rows.length)).toEqual(rows);
      }),
    );
  });

  test('cuts a long line after a space where there is one', () => {
    expect(whole('aaaaa bbbbbb ccc\nd').map((row) => row.text)).toEqual(['aaaaa ', 'bbbbbb ccc', 'd']);
    expect(whole('aaaaaaaabbbb').map((row) => row.text)).toEqual(['aaaaaaaa', 'bbbb']);
    expect(whole('aaaaaaaa\nb').map((row) => row.text)).toEqual(['aaaaaaaa', 'b']);
  });
});

test('rowAt finds the row of every unit', () => {
  fc.assert(
    fc.property(text, (source) => {
      const rows = whole(source);
      for (let at = 0; at < source.length; at++) {
        const row = rows[rowAt(rows, at)];
        expect(row && row.from <= at && at < row.to).toBe(true);
      }
      expect(rowAt(rows, source.length + 5)).toBe(Math.max(0, rows.length - 1));
      expect(rowAt(rows, -1)).toBe(0);
    }),
  );
});
