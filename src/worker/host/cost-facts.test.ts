import { expect, it } from 'vitest';
import { DEFAULT_SETTINGS, type RunSettings } from '../../trajectory/settings.ts';
import type { DocumentInfo } from '../../trajectory/events.ts';
import { estimateOf, modelFactsOf } from './cost-facts.ts';

const settings = (more: Partial<RunSettings>): RunSettings => ({ ...DEFAULT_SETTINGS, ...more });
const document: DocumentInfo = { id: 'd', name: 'a.txt', kind: 'text', chars: 1_000_000, lines: 1, bytes: 1_000_000, sha256: '' };

it('says what the list knows of both models', async () => {
  const facts = await modelFactsOf({
    settings: settings({ provider: 'openai-compatible', baseUrl: 'https://api.openai.com/v1', rootModel: 'gpt-4o', subModel: 'my-own' }),
  });
  expect(facts.root).toEqual({ price: { input: 2.5, cachedInput: 1.25, output: 10 }, priceFrom: 'list', windowTokens: 128_000 });
  expect(facts.sub).toEqual({ price: null, priceFrom: null, windowTokens: null });
});

it('says what the person said, and what is free', async () => {
  const own = { input: 1, output: 2 };
  const said = await modelFactsOf({
    settings: settings({ provider: 'vllm', rootModel: 'a', subModel: 'b', prices: { root: own } }),
  });
  expect(said).toEqual({
    root: { price: own, priceFrom: 'person', windowTokens: null },
    sub: { price: null, priceFrom: null, windowTokens: null },
  });
  expect((await modelFactsOf({ settings: DEFAULT_SETTINGS })).root.priceFrom).toBe('free');
});

it('knows nothing, and fails not, where the settings are unfinished', async () => {
  const unfinished = settings({ provider: 'openai-compatible', baseUrl: 'ftp://' });
  expect((await modelFactsOf({ settings: unfinished })).root.price).toBeNull();
  expect((await estimateOf({ settings: unfinished, method: 'rlm', documents: [document] })).usd).toBeNull();
});

it('estimates with the prices of the settings', async () => {
  const known = settings({ provider: 'openai', rootModel: 'gpt-4o', subModel: 'gpt-4o-mini' });
  const { usd, tokens, calls } = await estimateOf({ settings: known, method: 'rlm', documents: [document] });
  expect(usd?.low).toBeGreaterThan(0);
  expect(usd?.high).toBeLessThanOrEqual(known.budgetUsd);
  expect(tokens.high).toBeGreaterThan(250_000);
  expect(calls.high).toBe(11);
});
