import { describe, expect, it } from 'vitest';
import { seededRandom } from './random.ts';

const take = (seed: string, count: number): number[] => {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => random.below(1000));
};

describe('seededRandom', () => {
  it('repeats itself for a seed and differs between seeds', () => {
    expect(take('a', 50)).toEqual(take('a', 50));
    expect(take('a', 50)).not.toEqual(take('b', 50));
    expect(take('', 50)).not.toEqual(take('a', 50));
  });

  it('is pinned, because the sample documents depend on it', () => {
    expect(take('matryoshka', 6)).toMatchInlineSnapshot(`
      [
        303,
        888,
        248,
        654,
        54,
        65,
      ]
    `);
  });

  it('is uniform to the eye: ten bins of 100,000 draws within 3 %', () => {
    const random = seededRandom('uniform');
    const bins = new Array<number>(10).fill(0);
    for (let draw = 0; draw < 100_000; draw++) {
      const bin = random.below(10);
      bins[bin] = (bins[bin] ?? 0) + 1;
    }
    for (const size of bins) expect(Math.abs(size - 10_000)).toBeLessThan(300);
  });

  it('keeps its bounds', () => {
    const random = seededRandom('bounds');
    const seen = new Set<number>();
    for (let draw = 0; draw < 500; draw++) seen.add(random.between(3, 6));
    expect([...seen].sort()).toEqual([3, 4, 5, 6]);
    expect(() => random.pick([])).toThrow(RangeError);
  });

  it('shuffles a copy and loses nothing', () => {
    const items = Array.from({ length: 40 }, (_, index) => index);
    const shuffled = seededRandom('cards').shuffled(items);
    expect(shuffled).not.toEqual(items);
    expect([...shuffled].sort((a, b) => a - b)).toEqual(items);
    expect(items[0]).toBe(0);
  });
});
