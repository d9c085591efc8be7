import { expect, test } from 'vitest';
import { cellText, isNumeric } from './value-text.ts';

test('cells show words as they are, parts as JSON, and nothing as nothing', () => {
  expect([cellText('a "b"'), cellText(3.5), cellText(false), cellText(null), cellText(undefined)]).toEqual([
    'a "b"',
    '3.5',
    'false',
    '',
    '',
  ]);
  expect(cellText({ a: [1, 'x'] })).toBe('{"a":[1,"x"]}');
});

test('a very long cell is cut, and says so', () => {
  expect(cellText('x'.repeat(5_000))).toBe(`${'x'.repeat(2_000)}…`);
});

test('numbers and gaps make a column of numbers, digits in words do not', () => {
  expect([1, null, undefined, '1', true, {}].map(isNumeric)).toEqual([true, true, true, false, false, false]);
});
