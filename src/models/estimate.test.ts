import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { METHODS } from '../trajectory/methods.ts';
import { DEFAULT_SETTINGS, type RunSettings } from '../trajectory/settings.ts';
import { estimateRun, type Estimate } from './estimate.ts';
import { pricesBy, UNKNOWN_PRICES, type Prices } from './prices.ts';

/** 1 USD for a million tokens of anything. */
const PRICES = pricesBy(() => ({ price: { input: 1, output: 1 }, from: 'person' }));
const SETTINGS: RunSettings = { ...DEFAULT_SETTINGS, rootModel: 'big', subModel: 'small', budgetUsd: 1_000, windowTokens: 100_000 };

const guess = (method: string, chars: readonly number[], more: Partial<RunSettings> = {}, prices: Prices = PRICES): Estimate =>
  estimateRun({ settings: { ...SETTINGS, ...more }, method, chars, prices });

describe('rlm', () => {
  test('from a few short turns to every character read once beside all turns', () => {
    const { tokens, calls, usd } = guess('rlm', [4_000_000]);
    expect(tokens.low).toBe(4_000 + 5_500 + 7_000 + 8_500 + 4 * 500);
    expect(calls).toEqual({ low: 1, high: 1 + 40 });
    const root = guess('rlm-no-subcalls', [4_000_000]).tokens.high;
    expect(tokens.high).toBe(root + 1_000_000 + 40 * 300);
    expect(usd?.low).toBeCloseTo(tokens.low / 1e6, 9);
    expect(usd?.high).toBeCloseTo(tokens.high / 1e6, 9);
  });

  test('sub-calls and their windows bound what is read', () => {
    const { tokens, calls } = guess('rlm', [400_000_000], { maxSubCalls: 10, maxTurns: 1 });
    expect(calls.high).toBe(11);
    expect(tokens.high).toBe(4_500 + 10 * (100_000 - 8_192 + 300));
    expect(guess('rlm', [400_000_000], { maxDepth: 0 }).calls.high).toBe(1);
    expect(guess('rlm', [400_000_000], { maxSubCalls: 0 }).calls.high).toBe(1);
  });

  test('each depth may read it again', () => {
    expect(guess('rlm', [4_000_000], { maxDepth: 3 }).calls.high).toBe(1 + 120);
  });

  test('the size of the documents does not matter without sub-calls', () => {
    expect(guess('rlm-no-subcalls', [10])).toEqual(guess('rlm-no-subcalls', [10_000_000]));
  });
});

describe('the other methods', () => {
  test('a plain model reads the context once; past its window it is refused, or cut', () => {
    expect(guess('base', [200_000, 40_000])).toMatchObject({ tokens: { low: 60_300, high: 62_000 }, calls: { low: 1, high: 1 } });
    expect(guess('base', [2_000_000])).toEqual({ tokens: { low: 0, high: 0 }, calls: { low: 0, high: 0 }, usd: { low: 0, high: 0 } });
    expect(guess('base', [2_000_000], { overflow: 'truncate' }).tokens.low).toBe(100_000 - 8_192 + 300);
  });

  test('CodeAct pays for the context in every turn', () => {
    const { tokens, calls } = guess('codeact', [200_000], { maxTurns: 10 });
    expect(tokens.low).toBeGreaterThan(2 * 50_000);
    expect(tokens.high).toBeGreaterThan(10 * 50_000);
    expect(calls).toEqual({ low: 1, high: 1 });
    expect(guess('codeact-subcalls', [200_000], { maxTurns: 10 }).calls.high).toBe(3);
    expect(guess('codeact-bm25', [200_000], { maxTurns: 10 }).tokens.high).toBeLessThan(tokens.high / 4);
  });

  test('compaction reads everything once, and its summaries', () => {
    const { tokens, calls } = guess('compaction', [4_000_000]);
    expect(calls.low).toBe(11);
    expect(tokens.low).toBeGreaterThan(1_000_000);
    expect(tokens.high).toBeLessThan(1_200_000);
    expect(guess('compaction', [40_000]).calls).toEqual({ low: 1, high: 1 });
  });

  test('a person as the root costs nothing', () => {
    expect(guess('rlm', [100_000], { rootBy: 'person' })).toMatchObject({ tokens: { low: 0, high: 25_300 }, calls: { low: 1, high: 2 } });
  });
});

describe('money', () => {
  test('the budget caps it', () => {
    const { usd, tokens } = guess('rlm', [40_000_000], { budgetUsd: 0.01 });
    expect(usd).toEqual({ low: 0.01, high: 0.01 });
    expect(tokens.high).toBeGreaterThan(1_000_000);
  });

  test('a price that is not needed may be unknown, one that is makes all unknown', () => {
    const rootOnly = pricesBy((model) => (model === 'big' ? { price: { input: 1, output: 1 }, from: 'person' } : null));
    expect(guess('rlm', [1_000_000], {}, rootOnly).usd).toBeNull();
    expect(guess('rlm-no-subcalls', [1_000_000], {}, rootOnly).usd).not.toBeNull();
    expect(guess('rlm', [1_000_000], {}, UNKNOWN_PRICES)).toMatchObject({ usd: null, calls: { low: 1, high: 11 } });
  });

  test('what is free is 0, and known', () => {
    const free = pricesBy(() => ({ price: { input: 0, output: 0 }, from: 'free' }));
    expect(guess('rlm', [1_000_000], {}, free).usd).toEqual({ low: 0, high: 0 });
  });
});

test('whatever the settings: finite, ordered, within the budget', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...METHODS.map(({ id }) => id), 'unheard-of'),
      fc.array(fc.nat(2 ** 32), { maxLength: 5 }),
      fc.record({
        maxTurns: fc.integer({ min: 1, max: 100 }),
        maxDepth: fc.nat(5),
        maxSubCalls: fc.nat(5_000),
        budgetUsd: fc.double({ min: 0, max: 100, noNaN: true }),
        windowTokens: fc.integer({ min: 1_000, max: 2_000_000 }),
        overflow: fc.constantFrom('refuse' as const, 'truncate' as const),
      }),
      (method, chars, more) => {
        const { tokens, calls, usd } = guess(method, chars, more);
        for (const range of [tokens, calls, usd]) {
          expect(range).not.toBeNull();
          if (range === null) continue;
          expect(Number.isFinite(range.high)).toBe(true);
          expect(range.low).toBeGreaterThanOrEqual(0);
          expect(range.low).toBeLessThanOrEqual(range.high);
        }
        expect(usd?.high).toBeLessThanOrEqual(more.budgetUsd);
      },
    ),
  );
});
