import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { composePage, writtenPage } from './pdf-page-text.ts';
import type { PdfNote, PdfPageInput, PdfTextItem, PdfTitle } from './pdf-items.ts';

const SIZE = 10;

/** A piece of text whose letters are half as wide as high. */
function item(str: string, x: number, y: number, more: Partial<PdfTextItem> = {}): PdfTextItem {
  const transform = [SIZE, 0, 0, SIZE, x, y];
  return { str, dir: 'ltr', transform, width: (str.length * SIZE) / 2, height: SIZE, fontName: 'f', hasEOL: false, ...more };
}

const line = (str: string, x: number, y: number): PdfTextItem => item(str, x, y, { hasEOL: true });

const page = (items: readonly PdfTextItem[], more: Partial<PdfPageInput> = {}): PdfPageInput => ({
  items,
  styles: { f: { ascent: 0.8, descent: -0.2, vertical: false, fontFamily: 'serif' } },
  notes: [],
  titles: [],
  ...more,
});

const textOf = (items: readonly PdfTextItem[], more: Partial<PdfPageInput> = {}): string =>
  composePage(page(items, more)).text;

describe('the text of a page', () => {
  test('keeps lines, and parts paragraphs by an empty line', () => {
    const items = [line('One', 0, 700), line('two', 0, 688), line('three', 0, 676), line('New', 0, 650), line('end', 0, 638)];
    expect(textOf(items)).toBe('One\ntwo\nthree\n\nNew\nend');
  });

  test('does not glue words that the file parts by distance only, nor tear words that it draws in pieces', () => {
    expect(textOf([item('Hel', 0, 700), item('lo', 15, 700), item('you', 30, 700)])).toBe('Hello you');
  });

  test('puts a tab between columns of a table, and joins cells that end with a line end', () => {
    expect(textOf([line('Name', 0, 700), line('Price', 200, 700), line('Tea', 0, 688), line('4', 200, 688)])).toBe(
      'Name\tPrice\nTea\t4',
    );
  });

  test('reads one column after the other, as the file does', () => {
    const column = (x: number, words: string[]): PdfTextItem[] => words.map((word, at) => line(word, x, 700 - 12 * at));
    expect(textOf([...column(0, ['a one', 'a two', 'a three']), ...column(300, ['b one', 'b two', 'b three'])])).toBe(
      'a one\na two\na three\nb one\nb two\nb three',
    );
  });

  test('sorts a page that is written from its bottom up', () => {
    const items = ['five', 'four', 'three', 'two', 'one'].map((word, at) => line(word, 0, 640 + 12 * at));
    expect(textOf(items)).toBe('one\ntwo\nthree\nfour\nfive');
  });

  test('reads text that stands on its side', () => {
    const upwards = (str: string, x: number): PdfTextItem => ({ ...line(str, 0, 0), transform: [0, SIZE, -SIZE, 0, x, 100] });
    expect(textOf([upwards('first', 50), upwards('second', 62)])).toBe('first\nsecond');
  });

  test('keeps right-to-left lines in the order of reading, with the numbers in them', () => {
    const rtl = (str: string, x: number): PdfTextItem => item(str, x, 700, { dir: 'rtl' });
    // As they stand: third, 12 34, first.
    const items = [rtl('שלישי', 0), item('12', 30, 700), item('34', 45, 700), rtl('ראשון', 60)];
    expect(textOf(items)).toBe('ראשון 12 34 שלישי');
  });

  test('joins the letters of Arabic that stand one by one from left to right, with the spaces between words', () => {
    const shape = (str: string, x: number): PdfTextItem => item(str, x, 700, { dir: 'rtl', width: 10 });
    const space = (x: number): PdfTextItem => item(' ', x, 700, { width: 5 });
    // «هذا لا 12 من», in the shapes that its letters have in their words.
    const items = [shape('ﻦ', 0), shape('ﻣ', 10), space(20), item('12', 25, 700, { width: 10 }), space(35), shape('ﻻ', 40), space(50), shape('ا', 55), shape('ﺬ', 65), shape('ﻫ', 75)];
    expect(textOf(items)).toBe('هذا لا 12 من');
    // The same where the file has them as they are read.
    expect(textOf(items.toReversed())).toBe('هذا لا 12 من');
  });

  test('puts no space between Japanese letters that stand a little apart', () => {
    expect(textOf([item('日本', 0, 700, { width: 20 }), item('語', 24, 700, { width: 10 })])).toBe('日本語');
  });

  test('leaves out what is printed twice to look bold, and characters that are none', () => {
    expect(textOf([item('Bold', 0, 700), item('Bold', 0.3, 700), item('\u0000\u0001', 30, 700)])).toBe('Bold');
  });

  test('makes titles of the table of contents headings where they stand, and invents none', () => {
    const titles: PdfTitle[] = [
      { title: 'Introduction', depth: 1 },
      { title: 'A title over two lines', depth: 2 },
      { title: 'Not on this page', depth: 1 },
    ];
    const items = [line('1. INTRODUCTION', 0, 700), line('Text.', 0, 688), line('A title over', 0, 676), line('two lines', 0, 664), line('More.', 0, 652)];
    expect(textOf(items, { titles })).toBe('# 1. INTRODUCTION\n\nText.\n\n## A title over two lines\n\nMore.');
  });

  test('tells comments and fields after the line that they stand at', () => {
    const note = (text: string, rect: PdfNote['rect']): PdfNote => ({ text, rect });
    const notes = [note('[field Name] Ada', [100, 695, 200, 712]), note('[comment] late', [300, 20, 320, 40])];
    expect(textOf([line('Name:', 0, 700), line('Next', 0, 688)], { notes })).toBe('Name:\n[field Name] Ada\nNext\n[comment] late');
    expect(textOf([], { notes })).toBe('[field Name] Ada\n[comment] late');
  });

  test('stands under its marker line', () => {
    expect(writtenPage({ kind: 'page', number: 3, label: 'iii' }, 'Text')).toBe('=== page 3 (iii) ===\nText\n\n');
    expect(writtenPage({ kind: 'page', number: 4 }, '')).toBe('=== page 4 ===\n\n');
  });
});

const anyItem: fc.Arbitrary<PdfTextItem> = fc.record({
  str: fc.oneof(fc.string({ maxLength: 12 }), fc.constantFrom(' ', '', '日本', 'שלום', 'a b')),
  dir: fc.constantFrom('ltr', 'rtl', 'ttb'),
  transform: fc.array(fc.oneof(fc.integer({ min: -800, max: 800 }), fc.double()), { maxLength: 6 }),
  width: fc.double(),
  height: fc.double(),
  fontName: fc.constantFrom('f', 'v', '__proto__', 'none'),
  hasEOL: fc.boolean(),
});

const anyPage: fc.Arbitrary<PdfPageInput> = fc.record({
  items: fc.array(anyItem, { maxLength: 30 }),
  styles: fc.constant({
    f: { ascent: 0.8, descent: -0.2, vertical: false, fontFamily: 'serif' },
    v: { ascent: Number.NaN, descent: 99, vertical: true, fontFamily: '' },
  }),
  notes: fc.array(
    fc.record({ text: fc.constantFrom('[comment] a', '[x] b'), rect: fc.tuple(fc.integer(), fc.integer(), fc.integer(), fc.integer()) }),
    { maxLength: 3 },
  ),
  titles: fc.array(fc.record({ title: fc.string({ maxLength: 6 }), depth: fc.integer({ min: 0, max: 9 }) }), { maxLength: 3 }),
});

const letters = (text: string): string =>
  [...text.replace(/[\s\u0000-\u001f\u007f-\u009f]/g, '')].sort().join('');

describe('of any page', () => {
  test('every piece of the text is the text of what stands there', () => {
    fc.assert(
      fc.property(anyPage, (input) => {
        const { text, pieces } = composePage(input);
        let last = 0;
        for (const piece of pieces) {
          expect(piece.from).toBeGreaterThanOrEqual(last);
          last = piece.to;
          const whole = 'note' in piece ? piece.note.text : piece.run.str.slice(piece.at);
          expect(whole.startsWith(text.slice(piece.from, piece.to))).toBe(true);
        }
        expect(last).toBeLessThanOrEqual(text.length);
      }),
    );
  });

  test('between the pieces there is only white space and the signs of headings', () => {
    fc.assert(
      fc.property(anyPage, (input) => {
        const { text, pieces } = composePage(input);
        let rest = '';
        let last = 0;
        for (const { from, to } of pieces) {
          rest += text.slice(last, from);
          last = to;
        }
        expect(rest + text.slice(last)).toMatch(/^[\s#]*$/);
      }),
    );
  });

  test('no letter is lost or invented', () => {
    fc.assert(
      fc.property(anyPage, (input) => {
        // What is printed twice is left out by intent.
        const items = input.items.map((one, at) => ({ ...one, transform: [10, 0, 0, 10, 50 * at, 700] }));
        const { text } = composePage({ ...input, items, notes: [], titles: [] });
        expect(letters(text)).toBe(letters(items.map(({ str }) => str).join('')));
      }),
    );
  });

  test('the same page gives the same text', () => {
    fc.assert(
      fc.property(anyPage, (input) => {
        expect({ ...composePage(input) }).toEqual({ ...composePage(input) });
      }),
    );
  });
});
