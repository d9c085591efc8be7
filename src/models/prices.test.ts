import { expect, test } from 'vitest';
import { loadPrices } from './prices.ts';

test('a known model has a price, before and after, with cached input cheaper', async () => {
  const prices = await loadPrices('https://api.openai.com/v1');
  const whole = prices.estimate('gpt-4o-mini', 1_000_000, 1_000_000);
  expect(whole).toBeCloseTo(0.15 + 0.6, 6);
  const cached = prices.cost('gpt-4o-mini', { input: 1_000_000, cachedInput: 1_000_000, output: 1_000_000, reasoning: 0 });
  expect(cached).toBeCloseTo(0.075 + 0.6, 6);
});

test('ids with a maker are found at OpenRouter', async () => {
  const prices = await loadPrices('https://openrouter.ai/api/v1');
  expect(prices.estimate('openai/gpt-4o-mini', 1_000, 1_000)).toBeGreaterThan(0);
});

test('a preset may name its provider', async () => {
  const prices = await loadPrices('https://gateway.example.com/v1', 'openai');
  expect(prices.estimate('gpt-4o-mini', 1_000, 1_000)).toBeGreaterThan(0);
});

test('unknown is null and never 0', async () => {
  const openai = await loadPrices('https://api.openai.com/v1');
  expect(openai.estimate('no-such-model', 1_000, 1_000)).toBeNull();
  const local = await loadPrices('http://localhost:11434/v1');
  expect(local.estimate('gpt-4o-mini', 1_000, 1_000)).toBeNull();
  const router = await loadPrices('https://openrouter.ai/api/v1');
  expect(router.estimate('deepseek/deepseek-chat:free', 1_000, 1_000)).toBeNull();
});
