import { estimateRun } from '../../models/estimate.ts';
import { runPrices } from '../../models/run-prices.ts';
import { UNKNOWN_PRICES, type Prices } from '../../models/prices.ts';
import type { RunSettings } from '../../trajectory/settings.ts';
import type { EstimateRequest, ModelFacts, RunEstimate } from '../protocol.ts';

/** Price and window of the settings' two models; unknown where the settings cannot run. */
export async function modelFactsOf({
  settings,
}: {
  readonly settings: RunSettings;
}): Promise<{ root: ModelFacts; sub: ModelFacts }> {
  const prices = await pricesOf(settings);
  const facts = (model: string): ModelFacts => {
    const price = prices.priceOf(model);
    return { price: price?.price ?? null, priceFrom: price?.from ?? null, windowTokens: prices.windowTokens(model) };
  };
  return { root: facts(settings.rootModel), sub: facts(settings.subModel) };
}

/** What a run with these is likely to cost: a guess, see `models/estimate.ts`. */
export async function estimateOf({ settings, method, documents }: EstimateRequest): Promise<RunEstimate> {
  return estimateRun({ settings, method, chars: documents.map(({ chars }) => chars), prices: await pricesOf(settings) });
}

const pricesOf = (settings: RunSettings): Promise<Prices> => runPrices(settings).catch(() => UNKNOWN_PRICES);
