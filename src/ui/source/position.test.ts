import { describe, expect, test } from 'vitest';
import type { DocumentPart } from '../../state/source-store.ts';
import { lengthWords, pageIndex, partIndexAt, partName, partRange, positionWords } from './position.ts';

const pages: readonly DocumentPart[] = [0, 100, 250].map((from, index) => ({ kind: 'page', number: index + 1, from }));
const info = { id: 'd', name: 'a', kind: 'pdf', chars: 300, lines: 9120, bytes: 1, sha256: '' };

test('parts are found by their units and numbers', () => {
  expect([0, 99, 100, 299].map((offset) => partIndexAt(pages, offset))).toEqual([0, 0, 1, 2]);
  expect(partIndexAt([{ kind: 'page', number: 1, from: 5 }], 4)).toBe(-1);
  expect([1, 3, 4].map((number) => pageIndex(pages, number))).toEqual([0, 2, -1]);
  expect(partRange(pages, 1, 300)).toEqual({ from: 100, to: 250 });
  expect(partRange(pages, 2, 300)).toEqual({ from: 250, to: 300 });
});

describe('positionWords', () => {
  test('pages and slides are told with how many there are', () => {
    expect(positionWords({ line: 9120, part: { kind: 'page', number: 2 } }, { info, parts: pages })).toBe('page 2 of 3 · line 9,120');
  });

  test('lines alone with how many there are', () => {
    expect(positionWords({ line: 12 }, { info })).toBe('line 12 of 9,120');
  });

  test('sheets by name and row, chapters with their line once', () => {
    const sheet = { kind: 'sheet', number: 1, label: 'Orders' };
    expect(positionWords({ line: 14, part: sheet, row: 12 }, { info })).toBe('Orders, row 12 · line 14');
    expect(positionWords({ line: 14, part: { kind: 'chapter', number: 2, label: 'Loomings' } }, { info })).toBe('Loomings, line 14');
  });
});

test('parts and lengths are named', () => {
  expect(lengthWords({ info, parts: pages })).toBe('3 pages · 9,120 lines');
  expect(lengthWords({ info })).toBe('9,120 lines');
  expect(partName({ kind: 'sheet', number: 1, label: 'Orders', from: 0, firstRow: 1 })).toBe('Orders');
  expect(partName({ kind: 'sheet', number: 1, label: 'Orders', from: 0, firstRow: 9000 })).toBe('Orders, from row 9,000');
  expect(partName({ kind: 'slide', number: 4, label: 'Results', from: 0 })).toBe('slide 4: Results');
  expect(partName({ kind: 'message', number: 2, from: 0 })).toBe('message 2');
  expect(partName({ kind: 'page', number: 3, label: 'iii', from: 0 })).toBe('page iii');
});
