import type { Usage } from '../trajectory/events.ts';
import type { OwnPrice } from '../trajectory/settings.ts';
import type { PriceEstimate } from './port.ts';

/** Where a price comes from: the bundled list, the person, or that it costs nothing by its nature. */
export type PriceSource = 'list' | 'person' | 'free';

export interface ModelPrice {
  /** USD for a million tokens, of a short prompt where long ones cost more. */
  readonly price: OwnPrice;
  readonly from: PriceSource;
}

/** What models cost, before a request and after a reply from the same source. */
export interface Prices {
  /** Before a request. */
  readonly estimate: PriceEstimate;
  /** After a reply: cached input at its own price, reasoning as the output that it is. USD, null where unknown. */
  readonly cost: (model: string, usage: Usage) => number | null;
  /** Null where unknown. */
  readonly priceOf: (model: string) => ModelPrice | null;
  /** Tokens that the model can read and write at once; null where the list does not say. */
  readonly windowTokens: (model: string) => number | null;
}

/** Prices of a provider that nobody lists. */
export const UNKNOWN_PRICES: Prices = {
  estimate: () => null,
  cost: () => null,
  priceOf: () => null,
  windowTokens: () => null,
};

const MILLION = 1_000_000;

/**
 * Prices of the models behind a base URL, from the list that is bundled with the app. The list is
 * large and loads on first use; it is never updated over the network. A price of nothing counts as
 * unknown: the list says 0 where it has no number, and a budget must not rest on that.
 *
 * @param providerId Id in the list, where the base URL does not tell.
 */
export async function loadPrices(baseUrl: string, providerId: string | null = null): Promise<Prices> {
  const { calcPrice, findProvider } = await import('@pydantic/genai-prices');
  const provider = providerId ?? findProvider({ providerApiUrl: baseUrl })?.id;
  // Without a provider the list would guess one by the model's name: wrong for local servers.
  if (provider === undefined) return UNKNOWN_PRICES;

  /** Gemini lists its models as `models/gemini-…`. */
  const named = (model: string) => model.replace(/^models\//, '');
  const calculate = (model: string, input: number, cachedInput: number, output: number) =>
    calcPrice(
      { input_tokens: input, cache_read_tokens: Math.min(cachedInput, input), output_tokens: output },
      named(model),
      { providerId: provider },
    );

  const priceOf = (model: string): ModelPrice | null => {
    const found = calculate(model, 1, 0, 1);
    if (found === null || !(found.total_price > 0)) return null;
    const rate = (key: string): number | undefined => {
      const price = found.model_price[key];
      return typeof price === 'object' ? price.base : price;
    };
    const cachedInput = rate('cache_read_mtok');
    const input = rate('input_mtok') ?? 0;
    const output = rate('output_mtok') ?? 0;
    return { price: { input, output, ...(cachedInput !== undefined && { cachedInput }) }, from: 'list' };
  };

  const price = (model: string, input: number, cachedInput: number, output: number): number | null =>
    priceOf(model) === null ? null : (calculate(model, input, cachedInput, output)?.total_price ?? null);

  return {
    estimate: (model, inputTokens, outputTokens) => price(model, inputTokens, 0, outputTokens),
    cost: (model, usage) => price(model, usage.input, usage.cachedInput, usage.output),
    priceOf,
    windowTokens: (model) => calculate(model, 1, 0, 1)?.model.context_window ?? null,
  };
}

/** The same price for every model that `priceOf` knows, however it knows it. */
export function pricesBy(priceOf: (model: string) => ModelPrice | null): Prices {
  const usd = (model: string, input: number, cachedInput: number, output: number): number | null => {
    const price = priceOf(model)?.price;
    if (price === undefined) return null;
    const cached = Math.min(cachedInput, input);
    const cachedRate = price.cachedInput ?? price.input;
    return ((input - cached) * price.input + cached * cachedRate + output * price.output) / MILLION;
  };
  return {
    estimate: (model, inputTokens, outputTokens) => usd(model, inputTokens, 0, outputTokens),
    cost: (model, usage) => usd(model, usage.input, usage.cachedInput, usage.output),
    priceOf,
    windowTokens: () => null,
  };
}

/** For each model the first of `sources` that knows its price, and the first that knows its window. */
export function firstOf(...sources: readonly Prices[]): Prices {
  const of = (model: string): Prices => sources.find((each) => each.priceOf(model) !== null) ?? UNKNOWN_PRICES;
  return {
    estimate: (model, inputTokens, outputTokens) => of(model).estimate(model, inputTokens, outputTokens),
    cost: (model, usage) => of(model).cost(model, usage),
    priceOf: (model) => of(model).priceOf(model),
    windowTokens: (model) => {
      for (const each of sources) {
        const tokens = each.windowTokens(model);
        if (tokens !== null) return tokens;
      }
      return null;
    },
  };
}
