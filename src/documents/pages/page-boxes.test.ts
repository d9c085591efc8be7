import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { composePage } from '../extract/pdf-page-text.ts';
import { boxesOf, type PageFrame } from './page-boxes.ts';
import { LONGEST_SIDE, scaleFor } from './page-canvas.ts';
import type { PdfPageInput, PdfTextItem } from '../extract/pdf-items.ts';

/** Letters of one width, as in a typewriter. */
const measure = (text: string): number => text.length;

const UPRIGHT: PageFrame = { transform: [1, 0, 0, -1, 0, 100], width: 100, height: 100 };
/** The same page as it is seen with /Rotate 90. */
const TURNED: PageFrame = { transform: [0, 1, 1, 0, 0, 0], width: 100, height: 100 };

const item = (str: string, x: number, y: number, dir = 'ltr'): PdfTextItem => ({
  str, dir, transform: [10, 0, 0, 10, x, y], width: str.length * 5, height: 10, fontName: 'f', hasEOL: true,
});

const page = (...items: PdfTextItem[]): PdfPageInput => ({
  items,
  styles: { f: { ascent: 0.8, descent: -0.2, vertical: false, fontFamily: 'monospace' } },
  notes: [{ text: '[comment] here', rect: [50, 0, 60, 10] }],
  titles: [],
});

function boxes(input: PdfPageInput, passage: string, frame = UPRIGHT) {
  const { text, pieces } = composePage(input);
  const from = text.indexOf(passage);
  expect(from).toBeGreaterThanOrEqual(0);
  return boxesOf(pieces, [{ from, to: from + passage.length }], frame, measure);
}

const near = (box: { x: number; y: number; width: number; height: number }) => ({
  mark: 0,
  ...Object.fromEntries(Object.entries(box).map(([name, value]) => [name, expect.closeTo(value, 9)])),
});

describe('boxes of passages', () => {
  test('lie on their words', () => {
    expect(boxes(page(item('one two', 10, 50)), 'two')).toEqual([near({ x: 0.3, y: 0.42, width: 0.15, height: 0.1 })]);
  });

  test('are one for each line, however many pieces it has', () => {
    expect(boxes(page(item('one', 10, 50), item('two', 40, 50), item('three', 10, 38)), 'ne two\nth')).toEqual([
      near({ x: 0.15, y: 0.42, width: 0.4, height: 0.1 }),
      near({ x: 0.1, y: 0.54, width: 0.1, height: 0.1 }),
    ]);
  });

  test('begin at the right in right-to-left text', () => {
    expect(boxes(page(item('שלום', 10, 50, 'rtl')), 'של')).toEqual([near({ x: 0.2, y: 0.42, width: 0.1, height: 0.1 })]);
  });

  test('turn with their page', () => {
    expect(boxes(page(item('one two', 10, 50)), 'two', TURNED)).toEqual([near({ x: 0.48, y: 0.3, width: 0.1, height: 0.15 })]);
  });

  test('lie where a comment is', () => {
    expect(boxes(page(item('one', 10, 50)), 'comment')).toEqual([near({ x: 0.5, y: 0.9, width: 0.1, height: 0.1 })]);
  });

  test('stay on the page, and there are none for what is elsewhere', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.string({ minLength: 1 }), fc.integer({ min: -300, max: 300 }), fc.integer({ min: -300, max: 300 }))),
        fc.integer({ min: -50, max: 200 }),
        fc.nat(100),
        (items, from, length) => {
          const { pieces } = composePage(page(...items.map(([str, x, y]) => item(str, x, y))));
          for (const { x, y, width, height } of boxesOf(pieces, [{ from, to: from + length }], UPRIGHT, measure)) {
            for (const share of [x, y, x + width, y + height]) {
              expect(share).toBeGreaterThanOrEqual(0);
              expect(share).toBeLessThanOrEqual(1 + 1e-9);
            }
          }
        },
      ),
    );
  });
});

describe('the picture of a page', () => {
  test('is as wide as is asked for', () => {
    expect(scaleFor({ width: 612, height: 792 }, 900) * 612).toBeCloseTo(900);
  });

  test('is never larger than a picture may be, whatever the page', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, noNaN: true }), fc.double({ min: 0, noNaN: true }), fc.double(), (width, height, wanted) => {
        const scale = scaleFor({ width, height }, wanted);
        if (Number.isFinite(width)) expect(width * scale).toBeLessThanOrEqual(LONGEST_SIDE * 1.001);
        if (Number.isFinite(height)) expect(height * scale).toBeLessThanOrEqual(LONGEST_SIDE * 1.001);
      }),
    );
  });
});
