import { expect, test } from 'vitest';
import { hasSubCalls, METHODS } from './methods.ts';

test('three methods may call models besides the root; one that is not known may too', () => {
  expect(METHODS.map(({ id }) => id).filter(hasSubCalls)).toEqual(['rlm', 'codeact-subcalls', 'compaction']);
  expect(hasSubCalls('of-a-later-version')).toBe(true);
});
