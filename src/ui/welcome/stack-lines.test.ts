import { expect, test } from 'vitest';
import { stackLines, timesWindow } from './stack-lines.ts';

test('stacks are to scale, and nothing is invisible', () => {
  expect(stackLines(10_300_000)).toBe(52);
  expect(stackLines(300_000)).toBe(2);
  expect(stackLines(12)).toBe(1);
});

test('says how many windows a text fills', () => {
  expect(timesWindow(399_000)).toBeNull();
  expect(timesWindow(1_000_000)).toBe('2.5 times what a model reads at once');
  expect(timesWindow(10_300_000)).toBe('26 times what a model reads at once');
  expect(timesWindow(4e9)).toBe('10,000 times what a model reads at once');
});
