import type { ProviderInfo } from '../../state/app.ts';
import { hasEndpoint, type Endpoint, type SettingsDraft } from './settings-draft.ts';

/**
 * The draft with another provider: its address and models, or what stood there when it was left.
 * Where it leaves a field to the person, what they typed stays, but nothing that another provider
 * brought.
 */
export function withProvider(draft: SettingsDraft, id: string, providers: readonly ProviderInfo[]): SettingsDraft {
  const provider = providers.find((candidate) => candidate.id === id);
  const left: Endpoint = { baseUrl: draft.baseUrl, rootModel: draft.rootModel, subModel: draft.subModel };
  const elsewhere = { ...draft.elsewhere, [draft.provider]: left };
  // A key was typed for the endpoint that stood there, and goes to no other.
  const chosen = { ...draft, provider: id, elsewhere, key: null, remember: null };
  if (!hasEndpoint(provider)) return { ...chosen, baseUrl: '', rootModel: '', subModel: '' };
  const earlier = draft.elsewhere[id];
  if (earlier) return { ...chosen, ...earlier };

  const brought = new Set(providers.flatMap(presetsOf));
  const typed = (text: string): string => (brought.has(text) ? '' : text);
  return {
    ...chosen,
    baseUrl: provider?.baseUrl || typed(draft.baseUrl),
    rootModel: provider?.rootModel || typed(draft.rootModel),
    subModel: provider?.subModel || typed(draft.subModel),
  };
}

const presetsOf = ({ baseUrl, rootModel, subModel, models }: ProviderInfo): readonly string[] => [
  baseUrl ?? '',
  rootModel,
  subModel,
  ...models,
];
