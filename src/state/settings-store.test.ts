import { describe, expect, it } from 'vitest';
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
