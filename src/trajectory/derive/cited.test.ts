import { describe, expect, test } from 'vitest';
import type { Citation } from '../events.ts';
import { citedIn, citedOf } from './cited.ts';

const found = (quote: string, document: string, from: number): Citation => ({
  quote,
  document,
  from,
  to: from + quote.length,
});
const CITATIONS: readonly Citation[] = [
  found('first', 'a', 100),
  { ...found('42', 'a', 7), role: 'claim' },
  { quote: 'nowhere', document: null, from: null, to: null, role: 'quote' },
  { ...found('third', 'b', 5), role: 'quote' },
  found('fourth', 'a', 3),
];
const finished = { citations: [...CITATIONS] };

describe('citedIn', () => {
  test('numbers quotes in order, found or not, and no claims', () => {
    expect(citedIn(finished).map(({ number }) => number)).toEqual([1, null, 2, 3, 4]);
    expect(citedIn(finished).map(({ citation }) => citation)).toEqual(CITATIONS);
  });

  test('has nothing where nothing is cited', () => {
    expect(citedIn({ citations: [] })).toEqual([]);
  });
});

describe('citedOf', () => {
  test('keeps the numbers of the answer', () => {
    expect(citedOf(finished, 'a')).toEqual([
      { number: 1, from: 100, to: 105 },
      { number: null, from: 7, to: 9 },
      { number: 4, from: 3, to: 9 },
    ]);
    expect(citedOf(finished, 'b')).toEqual([{ number: 3, from: 5, to: 10 }]);
    expect(citedOf(finished, 'c')).toEqual([]);
  });
});
