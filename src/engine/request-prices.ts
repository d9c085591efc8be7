import type { PriceEstimate } from '../models/port.ts';

/** Output tokens assumed of a reply that has not come yet. */
const EXPECTED_OUTPUT_TOKENS = 1_000;
const CHARS_PER_TOKEN = 4;

/** What a request may cost: its model and the characters of its prompt. */
export interface RequestSize {
  readonly model: string;
  readonly chars: number;
}

/** What requests are thought to cost before they are sent: by the list, else by what replies of their model did cost. */
export interface RequestPrices {
  /** USD; 0 where nobody knows yet, which is told once a model. */
  estimate(size: RequestSize): number;
  /** What replies cost teaches for the next request, where no list tells; null, that nobody will know. */
  learn(sizes: readonly RequestSize[], costUsd: number | null): void;
  /** True where what was spent, or will be, is not known. */
  readonly unknown: boolean;
}

/** @param unpriced Told the first time that a model's price is unknown. */
export function createRequestPrices(price: PriceEstimate, unpriced: (model: string) => void): RequestPrices {
  /** USD a token that replies of a model without a listed price turned out to cost, at most. */
  const learned = new Map<string, number>();
  const waiting = new Set<string>();
  const told = new Set<string>();
  let spentUnknown = false;

  return {
    estimate({ model, chars }) {
      const input = Math.ceil(chars / CHARS_PER_TOKEN);
      const listed = price(model, input, EXPECTED_OUTPUT_TOKENS);
      if (listed !== null) return listed;
      const rate = learned.get(model);
      if (rate !== undefined) return rate * (input + EXPECTED_OUTPUT_TOKENS);
      waiting.add(model);
      if (!told.has(model)) {
        told.add(model);
        unpriced(model);
      }
      return 0;
    },
    learn(sizes, costUsd) {
      if (costUsd === null) spentUnknown = true;
      const model = sizes[0]?.model;
      // Nothing is what a failed request is settled with, and teaches nothing.
      if (model === undefined || costUsd === null || costUsd <= 0) return;
      const tokens = sizes.map(({ chars }) => Math.ceil(chars / CHARS_PER_TOKEN) + EXPECTED_OUTPUT_TOKENS);
      const rate = costUsd / tokens.reduce((sum, each) => sum + each, 0);
      learned.set(model, Math.max(rate, learned.get(model) ?? 0));
      waiting.delete(model);
    },
    get unknown() {
      return spentUnknown || waiting.size > 0;
    },
  };
}
