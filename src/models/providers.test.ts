import { expect, test } from 'vitest';
import { normaliseBaseUrl } from './base-url.ts';
import { endpointOf } from './endpoint.ts';
import { loadPrices } from './prices.ts';
import { findProvider, PROVIDERS } from './providers.ts';

test('ids and labels are unique, and the two of the contract are there', () => {
  expect(new Set(PROVIDERS.map(({ id }) => id)).size).toBe(PROVIDERS.length);
  expect(new Set(PROVIDERS.map(({ label }) => label)).size).toBe(PROVIDERS.length);
  expect(findProvider('offline')?.label).toBe('Offline demo');
  expect(findProvider('openai-compatible')?.label).toBe('OpenAI-compatible');
});

test.each(PROVIDERS.filter(({ baseUrl }) => baseUrl !== null && baseUrl !== '').map((each) => [each.id, each] as const))(
  '%s has an address in its final form, help and notes',
  (_id, { baseUrl, help, notes, key }) => {
    expect(normaliseBaseUrl(baseUrl ?? '')).toEqual({ ok: true, url: baseUrl });
    expect(help).toMatch(/^https:\/\//);
    expect(notes).toMatch(/\.$/);
    expect(key).not.toBe('none');
  },
);

test.each(['openai', 'openrouter', 'anthropic', 'gemini', 'groq', 'mistral'])(
  'the price list knows the models that %s begins with',
  async (id) => {
    const { baseUrl, rootModel, subModel } = endpointAndModels(id);
    const prices = await loadPrices(baseUrl, endpointOf({ provider: id, baseUrl: '' }).priceProviderId);
    expect(prices.priceOf(rootModel)).not.toBeNull();
    expect(prices.priceOf(subModel)).not.toBeNull();
  },
);

function endpointAndModels(id: string) {
  const provider = findProvider(id);
  if (!provider) throw new Error(id);
  return { baseUrl: provider.baseUrl ?? '', rootModel: provider.rootModel, subModel: provider.subModel };
}

test('headers go to their host, under whatever name, and to no other', () => {
  const header = { 'anthropic-dangerous-direct-browser-access': 'true' };
  const own = 'https://api.anthropic.com/v1';
  expect(endpointOf({ provider: 'anthropic', baseUrl: '' })).toMatchObject({ baseUrl: own, headers: header });
  expect(endpointOf({ provider: 'openai-compatible', baseUrl: `${own}/` })).toMatchObject({ headers: header, priceProviderId: 'anthropic' });
  expect(endpointOf({ provider: 'anthropic', baseUrl: 'https://gateway.example.com/v1' })).toMatchObject({ headers: {}, priceProviderId: null });
  expect(endpointOf({ provider: 'openai', baseUrl: 'https://api.anthropic.com.evil.example/v1' }).headers).toEqual({});
});

test('a provider or an address that is none is told in a sentence', () => {
  expect(() => endpointOf({ provider: 'gone', baseUrl: '' })).toThrow(/no provider «gone»/);
  expect(() => endpointOf({ provider: 'openai-compatible', baseUrl: '' })).toThrow(/Enter the base URL/);
});
