import { expect, test } from 'vitest';
import { addressOf } from './address-of.ts';

test.each([
  ['https://example.org/a.pdf', 'https://example.org/a.pdf'],
  ['  example.org/a b', null],
  ['example.org/report.pdf ', 'https://example.org/report.pdf'],
  ['http://localhost:8080/x', 'http://localhost:8080/x'],
  ['ftp://example.org/x', null],
  ['javascript:alert(1)', null],
  ['file:///etc/passwd', null],
  ['report', null],
  ['', null],
])('%s', (text, address) => {
  expect(addressOf(text)).toBe(address);
});
