import { expect, test } from 'vitest';
import { safeLink } from './safe-link.ts';

test('https and mailto pass', () => {
  expect(safeLink('https://example.org/a?b=c')).toBe('https://example.org/a?b=c');
  expect(safeLink('mailto:a@example.org')).toBe('mailto:a@example.org');
});

test('everything else is text', () => {
  for (const href of ['http://example.org', 'javascript:alert(1)', ' java\nscript:x', 'data:text/html,x', '/a', '#b', '//c.example', undefined]) {
    expect(safeLink(href)).toBeNull();
  }
});
