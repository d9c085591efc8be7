import { expect, it } from 'vitest';
import type { ConnectionCheck } from '../worker/protocol.ts';
import { createSettingsCommands } from './settings-commands.ts';
import { DEFAULT_PREFERENCES, type Preferences } from './settings-store.ts';
import { desk } from './testing/desk.ts';

const withProvider = (provider: string, baseUrl: string): Preferences => ({
  ...DEFAULT_PREFERENCES,
  run: { ...DEFAULT_PREFERENCES.run, provider, baseUrl },
});

it('keeps no key for what runs in the browser itself', async () => {
  for (const provider of ['offline', 'browser']) {
    const { commands, asked, sentences } = desk();
    await commands.saveSettings(withProvider(provider, ''), 'sk-left-over', true);
    expect(asked.map(({ method }) => method)).not.toContain('setKey');
    expect(sentences()).toEqual([]);
  }
});

it('gives a key to the endpoint that it was typed for', async () => {
  const { commands, asked } = desk();
  await commands.saveSettings(withProvider('ollama', 'http://localhost:11434/v1'), 'key', null);
  expect(asked.find(({ method }) => method === 'setKey')?.params).toEqual({
    baseUrl: 'http://localhost:11434/v1',
    key: 'key',
    remember: false,
  });
});

it('checks the browser’s own model on the page, and every other in the worker', async () => {
  const here: ConnectionCheck = { ok: true, models: ['browser-model'], ms: 1 };
  const { settings, alerts, asked, engine } = desk();
  const { checkConnection } = createSettingsCommands({ settings, alerts, engine, checkBrowserModel: async () => here });
  expect(await checkConnection('', null, 'browser')).toBe(here);
  expect(asked.map(({ method }) => method)).not.toContain('checkConnection');
  await checkConnection('https://a.example/v1', null, 'openai-compatible');
  expect(asked.find(({ method }) => method === 'checkConnection')?.params).toEqual({
    baseUrl: 'https://a.example/v1',
    key: null,
    provider: 'openai-compatible',
  });
});
