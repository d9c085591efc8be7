import { expect, test } from 'vitest';
import { assertUnreachable } from './assert.ts';

test('a case that cannot exist says what it was', () => {
  // @ts-expect-error a string is a case
  expect(() => assertUnreachable('seventh')).toThrow('Unreachable: "seventh"');
});
