import { expect, it } from 'vitest';
import { endOfPiece, startOfTail } from './text-piece.ts';

it('cuts after so many characters, or so many lines', () => {
  expect(endOfPiece('x'.repeat(10_000), 0, 4_000)).toBe(4_000);
  expect(endOfPiece('x'.repeat(100), 50, 4_000)).toBe(100);
  expect(endOfPiece('\n'.repeat(10_000), 0, 4_000)).toBe(1_000);
  expect(endOfPiece('ab\n'.repeat(10_000), 3_000, 32_000)).toBe(6_000);
});

it('begins the tail so many characters or lines before the end', () => {
  expect(startOfTail('x'.repeat(10_000), 0, 4_000)).toBe(6_000);
  expect(startOfTail('x'.repeat(100), 50, 4_000)).toBe(50);
  expect(startOfTail('\n'.repeat(10_000), 0, 4_000)).toBe(9_000);
  expect(startOfTail('ab\n'.repeat(10_000), 0, 32_000)).toBe(27_000);
  expect(startOfTail('', 0, 10)).toBe(0);
});
