import { endpointOf } from '../../models/endpoint.ts';
import type { Model, PriceEstimate } from '../../models/port.ts';
import { BROWSER_PROVIDER } from '../../models/providers.ts';
import { runPrices } from '../../models/run-prices.ts';
import type { RunSettings } from '../../trajectory/settings.ts';

export interface RunModel {
  readonly model: Model;
  readonly price: PriceEstimate;
  /** Tokens that a model can read and write at once; null where nobody knows. */
  readonly windowTokens: (model: string) => number | null;
}

/**
 * The model that `settings` name. Each kind is loaded when it is first asked for.
 *
 * @param key The endpoint's key now; asked for before each request.
 * @param browserModel The browser's own model, which only the page can ask.
 * @throws Error with a sentence when there is no such provider or its URL is none.
 */
export async function createRunModel(settings: RunSettings, key: () => string | null, browserModel: Model): Promise<RunModel> {
  const prices = await runPrices(settings);
  const { estimate: price, windowTokens } = prices;
  if (settings.provider === 'offline') {
    const { createOfflineModel } = await import('../../models/offline/offline-model.ts');
    return { model: createOfflineModel(), price, windowTokens };
  }
  if (settings.provider === BROWSER_PROVIDER) return { model: browserModel, price, windowTokens };
  const { baseUrl, headers } = endpointOf(settings);
  const { createOpenAIModel } = await import('../../models/openai-model.ts');
  const model = createOpenAIModel({ baseUrl, key, price: prices.cost, headers });
  return { model, price, windowTokens };
}
