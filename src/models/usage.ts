import type { Message, Usage } from '../trajectory/events.ts';
import { asRecord } from './json.ts';

/** Characters of a token where nobody counted. */
const CHARS_PER_TOKEN = 4;

/**
 * The `usage` object of a chat completion in the dialects of OpenAI, DeepSeek, Moonshot, xAI and
 * Gemini; null where it holds no counts. Some leave reasoning out of `completion_tokens` but in
 * `total_tokens`: `output` is everything that is not input.
 */
export function readUsage(value: unknown): Usage | null {
  const usage = asRecord(value);
  if (usage === null) return null;
  const input = count(usage['prompt_tokens']);
  const completion = count(usage['completion_tokens']);
  if (input === null || completion === null) return null;
  const output = Math.max(completion, (count(usage['total_tokens']) ?? 0) - input);
  const cached =
    count(asRecord(usage['prompt_tokens_details'])?.['cached_tokens']) ??
    count(usage['prompt_cache_hit_tokens']) ??
    count(usage['cached_tokens']) ??
    0;
  const reasoning =
    count(asRecord(usage['completion_tokens_details'])?.['reasoning_tokens']) ?? count(usage['reasoning_tokens']) ?? 0;
  return { input, cachedInput: Math.min(cached, input), output, reasoning: Math.min(reasoning, output) };
}

/** Usage counted as characters / 4, for providers that send none. */
export function estimateUsage(messages: readonly Message[], text: string, reasoning: string): Usage {
  const input = messages.reduce((sum, message) => sum + message.content.length, 0);
  return {
    input: Math.ceil(input / CHARS_PER_TOKEN),
    cachedInput: 0,
    output: Math.ceil((text.length + reasoning.length) / CHARS_PER_TOKEN),
    reasoning: Math.ceil(reasoning.length / CHARS_PER_TOKEN),
    estimated: true,
  };
}

/** USD that the provider says the reply cost (`usage.cost`: OpenRouter a number, Perplexity an object). */
export function readCost(value: unknown): number | null {
  const cost = asRecord(value)?.['cost'];
  const usd = asRecord(cost)?.['total_cost'] ?? cost;
  return typeof usd === 'number' && Number.isFinite(usd) && usd >= 0 ? usd : null;
}

function count(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? Math.round(value) : null;
}
