import { describe, expect, test } from 'vitest';
import { DEFAULT_SETTINGS, type RunSettings } from '../trajectory/settings.ts';
import { loadPrices } from './prices.ts';
import { runPrices } from './run-prices.ts';

const USAGE = { input: 1_000_000, cachedInput: 400_000, output: 500_000, reasoning: 300_000 };

describe('the bundled list', () => {
  test('a known model has a price, before and after, with cached input cheaper', async () => {
    const prices = await loadPrices('https://api.openai.com/v1');
    const whole = prices.estimate('gpt-4o-mini', 1_000_000, 1_000_000);
    expect(whole).toBeCloseTo(0.15 + 0.6, 6);
    const cached = prices.cost('gpt-4o-mini', { input: 1_000_000, cachedInput: 1_000_000, output: 1_000_000, reasoning: 0 });
    expect(cached).toBeCloseTo(0.075 + 0.6, 6);
    expect(prices.priceOf('gpt-4o-mini')).toEqual({ price: { input: 0.15, cachedInput: 0.075, output: 0.6 }, from: 'list' });
    expect(prices.windowTokens('gpt-4o-mini')).toBe(128_000);
  });

  test('reasoning is part of the output', async () => {
    const prices = await loadPrices('https://api.openai.com/v1');
    expect(prices.cost('gpt-4o-mini', USAGE)).toBe(prices.cost('gpt-4o-mini', { ...USAGE, reasoning: 0 }));
  });

  test('input that the list has no cached price for costs as any input', async () => {
    const prices = await loadPrices('https://api.groq.com/openai/v1');
    expect(prices.cost('llama-3.3-70b-versatile', { ...USAGE, cachedInput: 1_000_000, output: 0 })).toBeCloseTo(0.59, 6);
  });

  test('ids with a maker are found at OpenRouter, and Gemini’s own form', async () => {
    const prices = await loadPrices('https://openrouter.ai/api/v1');
    expect(prices.estimate('openai/gpt-4o-mini', 1_000, 1_000)).toBeGreaterThan(0);
    const gemini = await loadPrices('https://generativelanguage.googleapis.com/v1beta/openai');
    expect(gemini.priceOf('models/gemini-3.8-flash')).toEqual(gemini.priceOf('gemini-3.8-flash'));
    expect(gemini.priceOf('gemini-3.8-flash')).not.toBeNull();
  });

  test('a preset may name its provider', async () => {
    const prices = await loadPrices('https://gateway.example.com/v1', 'openai');
    expect(prices.estimate('gpt-4o-mini', 1_000, 1_000)).toBeGreaterThan(0);
  });

  test('unknown is null and never 0', async () => {
    const openai = await loadPrices('https://api.openai.com/v1');
    expect(openai.estimate('no-such-model', 1_000, 1_000)).toBeNull();
    expect(openai.windowTokens('no-such-model')).toBeNull();
    const local = await loadPrices('http://localhost:11434/v1');
    expect(local.estimate('gpt-4o-mini', 1_000, 1_000)).toBeNull();
    const router = await loadPrices('https://openrouter.ai/api/v1');
    expect(router.estimate('deepseek/deepseek-chat:free', 1_000, 1_000)).toBeNull();
    expect(router.priceOf('deepseek/deepseek-chat:free')).toBeNull();
  });

  test('a request of no tokens at a listed price costs 0, which is known', async () => {
    const openai = await loadPrices('https://api.openai.com/v1');
    expect(openai.estimate('gpt-4o-mini', 0, 0)).toBe(0);
  });
});

describe('the order of sources', () => {
  const at = (more: Partial<RunSettings>): RunSettings => ({
    ...DEFAULT_SETTINGS,
    provider: 'openai-compatible',
    baseUrl: 'https://gateway.example.com/v1',
    rootModel: 'big',
    subModel: 'small',
    ...more,
  });
  const own = { root: { input: 10, cachedInput: 1, output: 20 }, sub: { input: 2, output: 4 } };

  test('the list goes before the person', async () => {
    const prices = await runPrices(at({ provider: 'openai', baseUrl: '', rootModel: 'gpt-4o-mini', prices: own }));
    expect(prices.priceOf('gpt-4o-mini')?.from).toBe('list');
    expect(prices.estimate('gpt-4o-mini', 1_000_000, 0)).toBeCloseTo(0.15, 6);
  });

  test('the person’s price holds for the model it was said for, and for no other', async () => {
    const prices = await runPrices(at({ prices: own }));
    expect(prices.priceOf('big')).toEqual({ price: own.root, from: 'person' });
    expect(prices.estimate('small', 1_000_000, 1_000_000)).toBeCloseTo(6, 9);
    expect(prices.cost('big', USAGE)).toBeCloseTo(0.6 * 10 + 0.4 * 1 + 0.5 * 20, 9);
    expect(prices.cost('small', USAGE)).toBeCloseTo(2 + 0.5 * 4, 9);
    expect(prices.cost('another', USAGE)).toBeNull();
    expect(prices.estimate('another', 1, 1)).toBeNull();
  });

  test('a price of 0 that a person said is known', async () => {
    const prices = await runPrices(at({ prices: { root: { input: 0, output: 0 } } }));
    expect(prices.estimate('big', 5_000, 5_000)).toBe(0);
    expect(prices.cost('big', USAGE)).toBe(0);
    expect(prices.estimate('small', 5_000, 5_000)).toBeNull();
  });

  test('one model for both may be priced in either place', async () => {
    const prices = await runPrices(at({ subModel: 'big', prices: { sub: own.sub } }));
    expect(prices.priceOf('big')?.price).toEqual(own.sub);
  });

  test('a server of one’s own on this computer is free, until the person says otherwise', async () => {
    const ollama = at({ provider: 'ollama', baseUrl: '', rootModel: 'qwen3:8b' });
    expect((await runPrices(ollama)).priceOf('qwen3:8b')?.from).toBe('free');
    expect((await runPrices(ollama)).cost('qwen3:8b', USAGE)).toBe(0);
    expect((await runPrices({ ...ollama, prices: own })).priceOf('qwen3:8b')?.from).toBe('person');
  });

  test.each<[string, Partial<RunSettings>, string]>([
    ['a local address of any other kind', { baseUrl: 'http://localhost:8000/v1' }, 'big'],
    ['vLLM, which may be a tunnel to a rented machine', { provider: 'vllm', baseUrl: '' }, 'big'],
    ['Ollama elsewhere', { provider: 'ollama', baseUrl: 'https://ollama.example.com/v1' }, 'big'],
    ['Ollama’s cloud models', { provider: 'ollama', baseUrl: '' }, 'gpt-oss:120b-cloud'],
    ['a gateway in the place of a provider', { provider: 'openai', baseUrl: 'https://gateway.example.com/v1' }, 'gpt-4o-mini'],
  ])('%s has no known price', async (_name, settings, model) => {
    const prices = await runPrices(at(settings));
    expect(prices.priceOf(model)).toBeNull();
    expect(prices.cost(model, USAGE)).toBeNull();
  });

  test('what runs in the browser itself is free', async () => {
    expect((await runPrices(DEFAULT_SETTINGS)).cost('offline-demo', USAGE)).toBe(0);
    expect((await runPrices(at({ provider: 'browser', baseUrl: '' }))).estimate('browser-model', 9, 9)).toBe(0);
  });

  test('before and after agree wherever either knows', async () => {
    const plain = { input: 1_000, cachedInput: 0, output: 1_000, reasoning: 0 };
    for (const settings of [at({ prices: own }), at({ provider: 'openai', baseUrl: '' }), at({ provider: 'lm-studio', baseUrl: '' })]) {
      const prices = await runPrices(settings);
      for (const model of ['big', 'gpt-4o-mini', 'nobody']) {
        expect(prices.cost(model, plain)).toBe(prices.estimate(model, 1_000, 1_000));
      }
    }
  });
});
