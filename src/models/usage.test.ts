import { expect, test } from 'vitest';
import { readCost, readUsage } from './usage.ts';

test.each<[string, unknown, ReturnType<typeof readUsage>]>([
  ['OpenAI', { prompt_tokens: 9, completion_tokens: 4, total_tokens: 13 }, { input: 9, cachedInput: 0, output: 4, reasoning: 0 }],
  [
    'DeepSeek',
    { prompt_tokens: 9, completion_tokens: 4, prompt_cache_hit_tokens: 5, completion_tokens_details: { reasoning_tokens: 3 } },
    { input: 9, cachedInput: 5, output: 4, reasoning: 3 },
  ],
  [
    'reasoning beside completion_tokens',
    { prompt_tokens: 9, completion_tokens: 4, total_tokens: 33, completion_tokens_details: { reasoning_tokens: 20 } },
    { input: 9, cachedInput: 0, output: 24, reasoning: 20 },
  ],
  [
    'OpenAI’s other API',
    { input_tokens: 9, output_tokens: 4, input_tokens_details: { cached_tokens: 5 }, output_tokens_details: { reasoning_tokens: 3 } },
    { input: 9, cachedInput: 5, output: 4, reasoning: 3 },
  ],
  [
    'Anthropic',
    { input_tokens: 9, output_tokens: 4, cache_read_input_tokens: 5, cache_creation_input_tokens: 2 },
    { input: 16, cachedInput: 5, output: 4, reasoning: 0 },
  ],
  [
    'a gateway to Anthropic',
    { prompt_tokens: 16, completion_tokens: 4, total_tokens: 20, cache_read_input_tokens: 5, cache_creation_input_tokens: 2 },
    { input: 16, cachedInput: 5, output: 4, reasoning: 0 },
  ],
  ['impossible parts', { prompt_tokens: 2, completion_tokens: 1, cached_tokens: 9 }, { input: 2, cachedInput: 2, output: 1, reasoning: 0 }],
  ['nonsense', { prompt_tokens: '9', completion_tokens: -1 }, null],
  ['nothing', null, null],
])('usage of %s', (_name, value, usage) => {
  expect(readUsage(value)).toEqual(usage);
});

test.each([
  [{ cost: 0.01 }, 0.01],
  [{ cost: 0 }, 0],
  [{ cost: { total_cost: 0.02, request_cost: 0.01 } }, 0.02],
  [{ cost: 0.001, is_byok: true, cost_details: { upstream_inference_cost: 0.02 } }, 0.021],
  [{ cost: 0.02, is_byok: false, cost_details: { upstream_inference_cost: 0.019 } }, 0.02],
  [{ cost_in_usd_ticks: 37_756_000 }, 0.0037756],
  [{ estimated_cost: 0.003 }, 0.003],
  [{ cost: 'free' }, null],
  [{ cost: -1 }, null],
  [{}, null],
  [null, null],
])('cost of %j', (value, usd) => {
  expect(readCost(value)).toBe(usd);
});
