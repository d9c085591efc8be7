import type { ProviderInfo } from '../../../state/app.ts';

const provider = (id: string, more: Partial<ProviderInfo>): ProviderInfo => ({
  id,
  label: id,
  baseUrl: '',
  rootModel: '',
  subModel: '',
  models: [],
  key: 'required',
  notes: '',
  help: null,
  ...more,
});

/** One of each kind: without an address, with presets, on this computer, and where the person says all. */
export const SOME_PROVIDERS: readonly ProviderInfo[] = [
  provider('offline', { baseUrl: null, rootModel: 'offline-demo', subModel: 'offline-demo', key: 'none' }),
  provider('acme', { baseUrl: 'https://api.acme.example/v1', rootModel: 'big', subModel: 'small', models: ['big', 'small', 'old'] }),
  provider('local', { baseUrl: 'http://localhost:11434/v1', key: 'none' }),
  provider('openai-compatible', { key: 'optional' }),
];

export const someProvider = (id: string): ProviderInfo | undefined => SOME_PROVIDERS.find((each) => each.id === id);
