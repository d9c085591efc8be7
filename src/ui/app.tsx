import '../styles/global.css';
import { useEffect, useState } from 'react';
import type { App as AppServices } from '../state/app.ts';
import { AppProvider, useApp, useDesk, usePreferences } from './app-context.tsx';
import { Announcer } from './ask/announcer.tsx';
import { DropTarget } from './documents/drop-target.tsx';
import { FileInput } from './documents/pick-files.tsx';
import { SurveyDialog } from './documents/survey-dialog.tsx';
import { SettingsDialog } from './settings/settings-dialog.tsx';
import { Alerts } from './shell/alerts.tsx';
import { KeysDialog } from './shell/keys-dialog.tsx';
import { Shell } from './shell/shell.tsx';
import { useHotkeys } from './shell/use-hotkeys.ts';
import { Source } from './source/source.tsx';

/** The page. Everything it reads and may do is in `app`. */
export const App = ({ app }: { readonly app: AppServices }) => (
  <AppProvider app={app}>
    <Page />
  </AppProvider>
);

function Page() {
  const { desk } = useApp();
  const settingsOpen = useDesk((state) => state.settingsOpen);
  const [keysOpen, setKeysOpen] = useState(false);
  const showKeys = () => setKeysOpen(true);
  useTheme();
  useHotkeys(showKeys);
  return (
    <>
      <a className="skip-link" href="#question">
        Skip to the question
      </a>
      <Shell onKeys={showKeys} />
      <Source />
      <FileInput />
      <DropTarget />
      <SurveyDialog />
      <Alerts />
      <Announcer />
      {settingsOpen && <SettingsDialog onClose={() => desk.setState({ settingsOpen: false })} />}
      {keysOpen && <KeysDialog onClose={() => setKeysOpen(false)} />}
    </>
  );
}

/** The chosen colours, on the root element where tokens.css looks for them. */
function useTheme(): void {
  const theme = usePreferences((preferences) => preferences.theme);
  useEffect(() => {
    const { dataset } = document.documentElement;
    if (theme === 'system') delete dataset['theme'];
    else dataset['theme'] = theme;
  }, [theme]);
}
