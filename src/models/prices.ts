import type { Usage } from '../trajectory/events.ts';
import type { PriceEstimate } from './port.ts';

export interface Prices {
  /** Before a request. */
  readonly estimate: PriceEstimate;
  /** After a reply: cached input at its own price. USD, null where unknown. */
  readonly cost: (model: string, usage: Usage) => number | null;
}

/** Prices of a provider that nobody lists. */
const UNKNOWN: Prices = { estimate: () => null, cost: () => null };

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
  if (provider === undefined) return UNKNOWN;

  const price = (model: string, input: number, cachedInput: number, output: number): number | null => {
    const tokens = { input_tokens: input, cache_read_tokens: Math.min(cachedInput, input), output_tokens: output };
    const usd = calcPrice(tokens, model, { providerId: provider })?.total_price ?? null;
    return usd !== null && usd > 0 ? usd : null;
  };
  return {
    estimate: (model, inputTokens, outputTokens) => price(model, inputTokens, 0, outputTokens),
    cost: (model, usage) => price(model, usage.input, usage.cachedInput, usage.output),
  };
}
