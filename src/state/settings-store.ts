import { createStore } from 'zustand/vanilla';
import { isMethod } from '../trajectory/methods.ts';
import { DEFAULT_SETTINGS, RunSettings } from '../trajectory/settings.ts';

export type Theme = 'system' | 'light' | 'dark';

/** What the person chose. Keys are not here: they live in the engine worker. */
export interface Preferences {
  readonly method: string;
  readonly theme: Theme;
  readonly run: RunSettings;
  /** Documents stay on this device until they are removed or forgotten. */
  readonly keepDocuments: boolean;
}

export const DEFAULT_PREFERENCES: Preferences = {
  method: 'rlm',
  theme: 'system',
  run: DEFAULT_SETTINGS,
  keepDocuments: false,
};

const STORED = 'matryoshka.preferences';

/** Preferences as kept in `storage`; each field that is missing or broken falls back to its own default. */
export function createSettingsStore(storage: Pick<Storage, 'getItem' | 'setItem'>) {
  const store = createStore<Preferences>(() => readPreferences(storage));
  store.subscribe((state) => {
    try {
      storage.setItem(STORED, JSON.stringify(state));
    } catch {
      // Private windows may refuse storage; the choice then lasts for this visit.
    }
  });
  return store;
}
export type SettingsStore = ReturnType<typeof createSettingsStore>;

function readPreferences(storage: Pick<Storage, 'getItem'>): Preferences {
  try {
    const stored: unknown = JSON.parse(storage.getItem(STORED) ?? '{}');
    if (typeof stored !== 'object' || stored === null) return DEFAULT_PREFERENCES;
    const fields = stored as Record<string, unknown>; // checked field by field below
    const theme = fields['theme'];
    return {
      method: typeof fields['method'] === 'string' && isMethod(fields['method']) ? fields['method'] : DEFAULT_PREFERENCES.method,
      theme: theme === 'light' || theme === 'dark' ? theme : 'system',
      run: readRun(asRecord(fields['run'])),
      keepDocuments: fields['keepDocuments'] === true,
    };
  } catch {
    return DEFAULT_PREFERENCES;
  }
}

/** Field by field, so that one broken value, or one of a newer version, costs nothing but itself. */
function readRun(stored: Record<string, unknown>): RunSettings {
  const sound = Object.entries(RunSettings.shape).filter(
    ([name, schema]) => stored[name] !== undefined && schema.safeParse(stored[name]).success,
  );
  const kept = Object.fromEntries(sound.map(([name]) => [name, stored[name]]));
  const run = RunSettings.safeParse({ ...DEFAULT_SETTINGS, ...kept });
  return run.success ? run.data : DEFAULT_SETTINGS;
}

const asRecord = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? { ...value } : {};
