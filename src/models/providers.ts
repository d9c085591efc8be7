import { HOSTED_PROVIDERS } from './hosted-providers.ts';
import { LOCAL_PROVIDERS } from './local-providers.ts';
import type { Provider } from './provider.ts';

/** The id of the browser's own model, which only the page can ask. */
export const BROWSER_PROVIDER = 'browser';

/** In the order that Settings offers them: what needs nothing, hosted, local, and any other address. */
export const PROVIDERS: readonly Provider[] = [
  {
    id: 'offline',
    label: 'Offline demo',
    baseUrl: null,
    headers: {},
    rootModel: 'offline-demo',
    subModel: 'offline-demo',
    models: [],
    help: null,
    key: 'none',
    notes: 'Built in: rules, not a language model. Works without a key and without a network, and costs nothing.',
    priceProviderId: null,
    free: true,
    corsAdvice: null,
  },
  ...HOSTED_PROVIDERS,
  ...LOCAL_PROVIDERS,
  {
    id: BROWSER_PROVIDER,
    label: 'Chrome built-in',
    baseUrl: null,
    headers: {},
    rootModel: 'browser-model',
    subModel: 'browser-model',
    models: [],
    help: 'https://developer.chrome.com/docs/ai/prompt-api',
    key: 'none',
    notes:
      'The small model that Chrome runs on this computer: nothing leaves it, and nothing is paid. Its window is small; Check connection loads it where it is not there yet.',
    priceProviderId: null,
    free: true,
    corsAdvice: null,
  },
  {
    id: 'openai-compatible',
    label: 'OpenAI-compatible',
    baseUrl: '',
    headers: {},
    rootModel: '',
    subModel: '',
    models: [],
    help: null,
    key: 'optional',
    notes:
      'Any server with the OpenAI chat API that lets web pages call it (CORS). http:// works for this computer only, other hosts ' +
      'need https://. Use a key with a spending limit.',
    priceProviderId: null,
    free: false,
    corsAdvice: 'Let the server, or the proxy before it, answer pages of {origin} (CORS), with the headers authorization and content-type.',
  },
];

/** The provider with this id; undefined for one that this version does not know. */
export function findProvider(id: string): Provider | undefined {
  return PROVIDERS.find((provider) => provider.id === id);
}

/** The provider on the internet that has its API at the host of this URL; undefined for any other host. */
export function hostedProviderAt(url: string): Provider | undefined {
  const host = hostOf(url);
  return host === null ? undefined : HOSTED_PROVIDERS.find(({ baseUrl }) => baseUrl !== null && hostOf(baseUrl) === host);
}

function hostOf(url: string): string | null {
  return URL.canParse(url) ? new URL(url).host : null;
}
