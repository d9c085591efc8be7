import { expect, test } from 'vitest';
import { DEFAULT_PREFERENCES } from '../../state/settings-store.ts';
import { withProvider } from './choose-provider.ts';
import { draftOf, type SettingsDraft } from './settings-draft.ts';
import { SOME_PROVIDERS, someProvider } from './testing/some-providers.ts';

const draft = draftOf(DEFAULT_PREFERENCES, someProvider('offline'));
const choose = (from: SettingsDraft, id: string) => withProvider(from, id, SOME_PROVIDERS);

test('a provider brings its address and its models', () => {
  expect(choose(draft, 'acme')).toMatchObject({
    provider: 'acme',
    baseUrl: 'https://api.acme.example/v1',
    rootModel: 'big',
    subModel: 'small',
  });
});

test('where a provider leaves it to the person, nothing of another provider stays, and what was typed does', () => {
  const acme = choose(draft, 'acme');
  expect(choose(acme, 'openai-compatible')).toMatchObject({ baseUrl: '', rootModel: '', subModel: '' });
  expect(choose({ ...acme, rootModel: 'mine', subModel: 'old' }, 'openai-compatible')).toMatchObject({
    baseUrl: '',
    rootModel: 'mine',
    subModel: '',
  });
  expect(choose({ ...acme, rootModel: 'mine' }, 'local')).toMatchObject({
    baseUrl: 'http://localhost:11434/v1',
    rootModel: 'mine',
  });
});

test('what stood at a provider is there again when it is chosen again', () => {
  const acme = { ...choose(draft, 'acme'), rootModel: 'mine' };
  const offline = choose(acme, 'offline');
  expect(offline).toMatchObject({ provider: 'offline', baseUrl: '', rootModel: '' });
  expect(choose(choose(offline, 'openai-compatible'), 'acme')).toMatchObject({
    baseUrl: 'https://api.acme.example/v1',
    rootModel: 'mine',
    subModel: 'small',
  });
});

test('a key that was typed for one endpoint goes to no other', () => {
  expect(choose({ ...choose(draft, 'acme'), key: 'sk-acme', remember: true }, 'local')).toMatchObject({
    key: null,
    remember: null,
  });
});
