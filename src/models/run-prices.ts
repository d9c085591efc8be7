import type { RunSettings } from '../trajectory/settings.ts';
import { endpointOf } from './endpoint.ts';
import { OFFLINE_WINDOW_TOKENS } from './offline/window.ts';
import { firstOf, loadPrices, pricesBy, type ModelPrice, type Prices } from './prices.ts';
import { BROWSER_PROVIDER } from './providers.ts';

const NOTHING: ModelPrice = { price: { input: 0, output: 0 }, from: 'free' };

/** Models that run on this computer and cost nothing, whatever their name. */
const FREE = pricesBy(() => NOTHING);

/** Of a local server: what it passes on to a paid service (Ollama's cloud models) is not free. */
const FREE_UNLESS_CLOUD = pricesBy((model) => (/[-:]cloud$/i.test(model) ? null : NOTHING));

/**
 * Prices of a run's models where a reply does not say what it cost: the bundled list, then the
 * person's own price for the root's and the sub-calls' model, then nothing for a server on this
 * computer that bills nobody; else unknown, which is null and never 0.
 *
 * @throws Error with a sentence when there is no such provider or its URL is none.
 */
export async function runPrices(settings: RunSettings): Promise<Prices> {
  if (settings.provider === 'offline') return { ...FREE, windowTokens: () => OFFLINE_WINDOW_TOKENS };
  if (settings.provider === BROWSER_PROVIDER) return FREE;
  const endpoint = endpointOf(settings);
  const list = await loadPrices(endpoint.baseUrl, endpoint.priceProviderId);
  const own = pricesBy((model) => ownPrice(settings, model));
  return endpoint.free ? firstOf(list, own, FREE_UNLESS_CLOUD) : firstOf(list, own);
}

/** By the model's name: where both calls use one model, the root's price, or the only one said. */
function ownPrice({ rootModel, subModel, prices }: RunSettings, model: string): ModelPrice | null {
  const price = (model === rootModel ? prices?.root : undefined) ?? (model === subModel ? prices?.sub : undefined);
  return price === undefined ? null : { price, from: 'person' };
}
