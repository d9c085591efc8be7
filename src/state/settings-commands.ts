import { type CommandDeps, sentence } from './command-deps.ts';
import type { Commands } from './commands.ts';

/** Preferences and keys. A key goes to the engine worker and nowhere else. */
export function createSettingsCommands({
  settings,
  alerts,
  engine,
  checkBrowserModel,
}: Pick<CommandDeps, 'settings' | 'alerts' | 'engine' | 'checkBrowserModel'>): Pick<
  Commands,
  | 'saveSettings'
  | 'checkConnection'
  | 'keyState'
  | 'forgetKeys'
  | 'previewPrompt'
  | 'promptProfiles'
  | 'estimate'
  | 'modelFacts'
> {
  // Model clients are loaded while the question is still being written.
  const prepare = () => void engine.request('prepare', { settings: settings.getState().run });
  prepare();
  settings.subscribe((now, before) => {
    if (now.run !== before.run) prepare();
  });

  return {
    async saveSettings(preferences, key, remember) {
      settings.setState(preferences);
      const { provider, baseUrl } = preferences.run;
      // What runs in the browser itself has no address to keep a key for.
      if (provider === 'offline' || provider === 'browser') return;
      try {
        if (key !== null) {
          await engine.request('setKey', { baseUrl, key, remember: remember ?? false });
        } else if (remember !== null) {
          await engine.request('rememberKey', { baseUrl, remember });
        }
      } catch (reason) {
        alerts.raise(`The key could not be kept: ${sentence(reason)}`);
      }
    },
    checkConnection(baseUrl, key, provider) {
      if (provider === 'browser' && checkBrowserModel) return checkBrowserModel();
      return engine.request('checkConnection', { baseUrl, key, ...(provider !== undefined && { provider }) });
    },
    previewPrompt: (request) => engine.request('previewPrompt', request),
    promptProfiles: () => engine.request('promptProfiles', null),
    estimate: (request) => engine.request('estimate', request),
    modelFacts: (run) => engine.request('modelFacts', { settings: run }),
    keyState: (baseUrl) => engine.request('keyState', { baseUrl }),
    async forgetKeys() {
      await engine.request('forgetKeys', null);
    },
  };
}
