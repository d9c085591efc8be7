import type { Message, Usage } from '../trajectory/events.ts';
import { asRecord } from './json.ts';

/** Characters of a token where nobody counted. */
const CHARS_PER_TOKEN = 4;

/**
 * The `usage` object of a chat completion in the dialects of OpenAI, DeepSeek, Moonshot, xAI,
 * Gemini and, through gateways, Anthropic; null where it holds no counts. Some leave reasoning out of
 * `completion_tokens` but in `total_tokens`: `output` is everything that is not input.
 */
export function readUsage(value: unknown): Usage | null {
  const usage = asRecord(value);
  if (usage === null) return null;
  const input = count(usage['prompt_tokens']) ?? inputBesideCache(usage);
  const completion = count(usage['completion_tokens']) ?? count(usage['output_tokens']);
  if (input === null || completion === null) return null;
  const output = Math.max(completion, (count(usage['total_tokens']) ?? 0) - input);
  const cached =
    count(asRecord(usage['prompt_tokens_details'])?.['cached_tokens']) ??
    count(asRecord(usage['input_tokens_details'])?.['cached_tokens']) ??
    count(usage['cache_read_input_tokens']) ??
    count(usage['prompt_cache_hit_tokens']) ??
    count(usage['cached_tokens']) ??
    0;
  const reasoning =
    count(asRecord(usage['completion_tokens_details'])?.['reasoning_tokens']) ??
    count(asRecord(usage['output_tokens_details'])?.['reasoning_tokens']) ??
    count(usage['reasoning_tokens']) ??
    0;
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

/** `input_tokens` is everything (OpenAI’s other API), or what went neither to nor from the cache (Anthropic). */
function inputBesideCache(usage: Readonly<Record<string, unknown>>): number | null {
  const input = count(usage['input_tokens']);
  if (input === null) return null;
  return input + (count(usage['cache_read_input_tokens']) ?? 0) + (count(usage['cache_creation_input_tokens']) ?? 0);
}

/** xAI counts in these. */
const TICKS_PER_USD = 10_000_000_000;

/**
 * USD that the provider says the reply cost: `usage.cost` (OpenRouter a number, Perplexity an object),
 * xAI’s ticks, DeepInfra’s `estimated_cost`. Where OpenRouter used a key of the person’s own, `cost` is
 * its fee alone, and the maker’s bill stands beside it.
 */
export function readCost(value: unknown): number | null {
  const usage = asRecord(value);
  if (usage === null) return null;
  const { cost } = usage;
  const usd = amount(asRecord(cost)?.['total_cost'] ?? cost);
  if (usd !== null) {
    const upstream = usage['is_byok'] === true ? amount(asRecord(usage['cost_details'])?.['upstream_inference_cost']) : null;
    return usd + (upstream ?? 0);
  }
  const ticks = amount(usage['cost_in_usd_ticks']);
  return ticks === null ? amount(usage['estimated_cost']) : ticks / TICKS_PER_USD;
}

function amount(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : null;
}

function count(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? Math.round(value) : null;
}
