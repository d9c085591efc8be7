import { expect, it } from 'vitest';
import { trunkPath } from './trunk-path.ts';

it('goes straight where there is nothing to climb', () => {
  expect(trunkPath({ x: 0, y: 10 }, { x: 100, y: 10 })).toBe('M0 10H100');
});

it('turns twice, with corners that fit into small rises', () => {
  expect(trunkPath({ x: 0, y: 0 }, { x: 100, y: 50 })).toBe('M0 0H10Q22 0 22 12V38Q22 50 34 50H100');
  expect(trunkPath({ x: 0, y: 0 }, { x: 100, y: -8 })).toBe('M0 0H18Q22 0 22 -4V-4Q22 -8 26 -8H100');
});
