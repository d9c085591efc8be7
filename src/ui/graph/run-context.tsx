import { createContext, use, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { RunStore, RunView } from '../../state/run-store.ts';

const RunContext = createContext<RunStore | null>(null);

export function RunProvider({ run, children }: { readonly run: RunStore; readonly children: ReactNode }) {
  return <RunContext value={run}>{children}</RunContext>;
}

/** The run of the views around this component. */
export function useRunStore(): RunStore {
  const run = use(RunContext);
  if (!run) throw new Error('Used outside RunProvider');
  return run;
}

/** A part of the run; `select` must return a primitive or a part that keeps its identity. */
export function useRun<T>(select: (run: RunView) => T): T {
  return useStore(useRunStore(), select);
}
