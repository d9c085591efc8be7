import { formatCompact } from '../../base/format.ts';
import type { ModelFacts } from '../../worker/protocol.ts';

/** What a model costs: `$1.25 in, $10.00 out per million`. */
export function priceInWords({ price, priceFrom }: ModelFacts): string {
  if (priceFrom === 'free') return 'costs nothing';
  if (price === null) return 'price unknown';
  const words = `${usd(price.input)} in, ${usd(price.output)} out per million`;
  return priceFrom === 'person' ? `${words}, as you say` : words;
}

/** How much it reads at once: `window of 400k tokens`; null where nobody knows. */
export function windowInWords({ windowTokens }: ModelFacts): string | null {
  return windowTokens === null ? null : `window of ${formatCompact(windowTokens)} tokens`;
}

/** Cents always, and what is below a cent where there is something. */
function usd(amount: number): string {
  return `$${amount.toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 4 })}`;
}
