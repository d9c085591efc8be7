import { describe, expect, it } from 'vitest';
import type { RunSettings } from '../trajectory/settings.ts';
import { createSettingsStore, DEFAULT_PREFERENCES } from './settings-store.ts';

function memory(stored?: string) {
  let text = stored ?? null;
  return {
    getItem: () => text,
    setItem: (_key: string, value: string) => {
      text = value;
    },
  };
}

describe('preferences', () => {
  it('come back as they were kept', () => {
    const storage = memory();
    const store = createSettingsStore(storage);
    store.setState({ theme: 'dark', run: { ...DEFAULT_PREFERENCES.run, maxTurns: 7 } });
    expect(createSettingsStore(storage).getState()).toEqual(store.getState());
  });

  it.each(['', 'null', '[]', '{"run":{"maxTurns":-1}}', '{"run":7,"theme":"pink"}', '{broken'])(
    'fall back to the defaults where %s was kept',
    (stored) => {
      expect(createSettingsStore(memory(stored)).getState()).toEqual(DEFAULT_PREFERENCES);
    },
  );

  it('keep what is sound of a run where something else is broken', () => {
    const stored = {
      provider: 'groq',
      maxTurns: -1,
      budgetUsd: 'much',
      overflow: 'explode',
      rootBy: 'person',
      windowTokens: 5,
      prices: { root: { input: -1, output: 1 } },
      systemPrompts: { default: 'Mine.' },
      askAbove: 0,
    };
    expect(createSettingsStore(memory(JSON.stringify({ run: stored }))).getState().run).toEqual({
      ...DEFAULT_PREFERENCES.run,
      provider: 'groq',
      rootBy: 'person',
      systemPrompts: { default: 'Mine.' },
      askAbove: 0,
    });
  });

  it('keep every field that a run has', () => {
    const storage = memory();
    const run: Required<RunSettings> = {
      ...DEFAULT_PREFERENCES.run,
      profile: 'small-window',
      systemPrompts: { default: 'Mine.' },
      rootBy: 'person',
      windowTokens: 32_000,
      overflow: 'truncate',
      prices: { root: { input: 1, cachedInput: 0.1, output: 2 }, sub: { input: 0, output: 0 } },
      reuse: 'run',
      askAbove: 0,
      answerSchema: '{"type":"object"}',
    };
    createSettingsStore(storage).setState({ run });
    expect(createSettingsStore(storage).getState().run).toEqual(run);
  });

  it('never hold a field that is not theirs, such as a key', () => {
    const store = createSettingsStore(memory('{"key":"sk-secret","run":{"apiKey":"sk-secret"}}'));
    expect(JSON.stringify(store.getState())).not.toContain('sk-secret');
  });

  it('last for the visit where storage refuses', () => {
    const store = createSettingsStore({
      getItem: () => {
        throw new Error('denied');
      },
      setItem: () => {
        throw new Error('denied');
      },
    });
    store.setState({ theme: 'light' });
    expect(store.getState().theme).toBe('light');
  });
});
