import { normaliseBaseUrl } from '../../models/base-url.ts';
import type { Model, PriceEstimate } from '../../models/port.ts';
import { findProvider } from '../../models/providers.ts';
import type { RunSettings } from '../../trajectory/settings.ts';

export interface RunModel {
  readonly model: Model;
  readonly price: PriceEstimate;
}

/**
 * The model that `settings` name. Each kind is loaded when it is first asked for.
 * @param key The endpoint's key now; asked for before each request.
 * @throws Error with a sentence when there is no such provider or its URL is none.
 */
export async function createRunModel(settings: RunSettings, key: () => string | null): Promise<RunModel> {
  if (settings.provider === 'offline') {
    const { createOfflineModel } = await import('../../models/offline/offline-model.ts');
    return { model: createOfflineModel(), price: () => 0 };
  }
  const provider = findProvider(settings.provider);
  if (!provider) {
    throw new Error(`There is no provider «${settings.provider}» in this version. Choose one in Settings.`);
  }
  const url = normaliseBaseUrl(settings.baseUrl || (provider.baseUrl ?? ''));
  if (!url.ok) throw new Error(url.message);
  const [{ createOpenAIModel }, { loadPrices }] = await Promise.all([
    import('../../models/openai-model.ts'),
    import('../../models/prices.ts'),
  ]);
  const prices = await loadPrices(url.url, provider.priceProviderId);
  const { headers } = provider;
  const model = createOpenAIModel({ baseUrl: url.url, key, price: prices.cost, headers });
  return { model, price: prices.estimate };
}
