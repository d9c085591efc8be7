import fc from 'fast-check';
import { expect, test } from 'vitest';
import { visibleLine, visibleText } from './visible-text.ts';

test('controls are pictures, and everything stays where it is', () => {
  expect(visibleText('a\0b\x1b[31m\tc\x7f\x85')).toBe('a␀b␛[31m\tc␡␦');
  expect(visibleText('abc\u202edef')).toBe('abc␦def');
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => visibleText(text).length === text.length));
});

test('a Windows line end does not show', () => {
  expect(visibleLine('line\r')).toBe('line');
  expect(visibleLine('li\rne')).toBe('li␍ne');
});
