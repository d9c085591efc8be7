import { isLoopback, normaliseBaseUrl } from './base-url.ts';
import { findProvider, hostedProviderAt } from './providers.ts';

/** Where the settings' models are, and what goes with that place. */
export interface Endpoint {
  /** As `normaliseBaseUrl` gives it. */
  readonly baseUrl: string;
  /** Headers that the host asks of web pages. */
  readonly headers: Readonly<Record<string, string>>;
  /** Id in the price list; null where the list is asked by the URL. */
  readonly priceProviderId: string | null;
  /** True where tokens cost nothing. */
  readonly free: boolean;
}

/**
 * The endpoint of a provider's id and a base URL; an empty URL is the provider's own. Headers and
 * prices belong to the host, whatever the provider is called: Anthropic's host needs its header also
 * as «OpenAI-compatible», and a gateway put in the place of Anthropic's URL may refuse a header it
 * does not know, and bills in its own way.
 *
 * @throws Error with a sentence when there is no such provider or the URL is none.
 */
export function endpointOf(settings: { readonly provider: string; readonly baseUrl: string }): Endpoint {
  const provider = findProvider(settings.provider);
  if (!provider) throw new Error(`There is no provider «${settings.provider}» in this version. Choose one in Settings.`);
  const url = normaliseBaseUrl(settings.baseUrl || (provider.baseUrl ?? ''));
  if (!url.ok) throw new Error(url.message);
  const host = hostedProviderAt(url.url);
  return {
    baseUrl: url.url,
    headers: host?.headers ?? {},
    priceProviderId: host?.priceProviderId ?? null,
    free: provider.free && isLoopback(url.url),
  };
}

/** The base URL that a key is kept under: the settings' own, or their provider's. */
export function keyUrlOf(settings: { readonly provider: string; readonly baseUrl: string }): string {
  return settings.baseUrl || (findProvider(settings.provider)?.baseUrl ?? '');
}
