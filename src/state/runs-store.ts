import { createStore } from 'zustand/vanilla';
import type { RunStore } from './run-store.ts';

/** Every run of this visit, newest first, and the one on screen. */
export interface Runs {
  readonly runs: readonly RunStore[];
  readonly selected: string | null;
}

export const createRunsStore = () => createStore<Runs>(() => ({ runs: [], selected: null }));
export type RunsStore = ReturnType<typeof createRunsStore>;

export const selectedRun = (state: Runs): RunStore | null =>
  state.runs.find((run) => run.getState().id === state.selected) ?? null;

/** The run that is being answered now: one at a time. */
export const runInFlight = (state: Runs): RunStore | null =>
  state.runs.find((run) => {
    const { origin, live } = run.getState();
    return origin === 'live' && live.finished === null;
  }) ?? null;
