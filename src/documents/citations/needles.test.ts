import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createNeedleSearch } from './needles.ts';

const sign = fc.constantFrom('a', 'b', 'c', ' ', '漢', '\ud83e', '\uddf8');
const needle = fc.array(sign, { minLength: 2, maxLength: 16 }).map((signs) => signs.join(''));

it('finds every needle wherever it is, in order', () => {
  fc.assert(
    fc.property(fc.array(needle, { maxLength: 8 }), fc.array(fc.oneof(sign, needle), { maxLength: 60 }), fc.nat(7), (needles, parts, planted) => {
      const text = `${parts.join('')}${needles[planted] ?? ''}${parts.join('').slice(0, 20)}`;
      const found = needles.map((): number[] => []);
      createNeedleSearch(needles).scan(text, (number, at) => found[number]?.push(at));
      const places = needles.map((each) => Array.from({ length: text.length }, (_, at) => at).filter((at) => text.startsWith(each, at)));
      expect(found).toEqual(places);
    }),
    { numRuns: 500 },
  );
});
