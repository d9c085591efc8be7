/** A kind of model that Settings offers. */
export interface Provider {
  /** As stored in run settings. */
  readonly id: string;
  readonly label: string;
  /** Where its API is; '' where the person says so; null where it needs no network. */
  readonly baseUrl: string | null;
  /** Headers that it asks of web pages, besides the key. */
  readonly headers: Readonly<Record<string, string>>;
  /** Models to begin with; '' where the person says so. */
  readonly rootModel: string;
  readonly subModel: string;
  /** Other models worth naming. */
  readonly models: readonly string[];
  /** Where keys are made, or how to set it up; null where there is nothing to read. */
  readonly help: string | null;
  /** Whether it wants a key: `optional` where local servers want none. */
  readonly key: 'none' | 'optional' | 'required';
  /** One or two sentences for Settings: what it is, what it needs. */
  readonly notes: string;
  /** Id in the price list; null to go by the base URL. */
  readonly priceProviderId: string | null;
}

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
      'Any server with the OpenAI chat API that lets web pages call it, such as OpenAI, OpenRouter, or Ollama and LM Studio on ' +
      'this computer. Use a key with a spending limit.',
    priceProviderId: null,
  },
];

/** The provider with this id; undefined for one that this version does not know. */
export function findProvider(id: string): Provider | undefined {
  return PROVIDERS.find((provider) => provider.id === id);
}
