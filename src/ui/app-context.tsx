import { createContext, useCallback, useContext, useSyncExternalStore, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { Alert } from '../state/alerts-store.ts';
import type { App } from '../state/app.ts';
import type { Commands } from '../state/commands.ts';
import type { Desk } from '../state/desk-store.ts';
import type { KeptState } from '../state/kept-store.ts';
import type { Library } from '../state/library-store.ts';
import type { RunStore, RunView } from '../state/run-store.ts';
import { runInFlight, selectedRun, type Runs } from '../state/runs-store.ts';
import type { Preferences } from '../state/settings-store.ts';
import type { SourceState } from '../state/source-store.ts';
import type { SurveyState } from '../state/survey-store.ts';

const AppContext = createContext<App | null>(null);

export const AppProvider = ({ app, children }: { readonly app: App; readonly children: ReactNode }) => (
  <AppContext value={app}>{children}</AppContext>
);

/** Stores and commands of the app. Throws outside of `AppProvider`. */
export function useApp(): App {
  const app = useContext(AppContext);
  if (!app) throw new Error('useApp needs an AppProvider above it');
  return app;
}

export const useCommands = (): Commands => useApp().commands;

// Selectors must give the same value for the same state: a part of it, or something primitive.
export const useDesk = <T,>(select: (desk: Desk) => T): T => useStore(useApp().desk, select);
export const useLibrary = <T,>(select: (library: Library) => T): T =>
  useStore(useApp().library, select);
export const useRuns = <T,>(select: (runs: Runs) => T): T => useStore(useApp().runs, select);
export const useRun = <T,>(run: RunStore, select: (view: RunView) => T): T => useStore(run, select);
export const useKept = <T,>(select: (kept: KeptState) => T): T => useStore(useApp().kept, select);
export const useSurvey = <T,>(select: (state: SurveyState) => T): T => useStore(useApp().survey, select);
export const useSource = <T,>(select: (state: SourceState) => T): T => useStore(useApp().source, select);
export const usePreferences = <T,>(select: (preferences: Preferences) => T): T =>
  useStore(useApp().settings, select);
export const useAlerts = (): readonly Alert[] => useStore(useApp().alerts, (state) => state.alerts);

export const useSelectedRun = (): RunStore | null => useRuns(selectedRun);

/** The run that is being answered now, whichever is on screen. */
export function useRunInFlight(): RunStore | null {
  const { runs } = useApp();
  const list = useRuns((state) => state.runs);
  const subscribe = useCallback(
    (changed: () => void) => {
      const ends = list.map((run) => run.subscribe(changed));
      return () => ends.forEach((end) => end());
    },
    [list],
  );
  return useSyncExternalStore(subscribe, () => runInFlight(runs.getState()));
}
