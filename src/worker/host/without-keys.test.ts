import { expect, it } from 'vitest';
import { withoutKeys } from './without-keys.ts';

const event = { type: 'x', text: 'a sk-12345678 b', list: [{ deep: 'sk-12345678' }, 1, null], n: 1 };

it('replaces keys at any depth', () => {
  expect(withoutKeys(event, ['sk-12345678'])).toEqual({
    type: 'x',
    text: 'a [key] b',
    list: [{ deep: '[key]' }, 1, null],
    n: 1,
  });
});

it('gives back the same object where there is none, and spares what is too short to be a key', () => {
  expect(withoutKeys(event, ['sk-87654321'])).toBe(event);
  expect(withoutKeys(event, ['sk-1234'])).toBe(event);
});
