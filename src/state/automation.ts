import type { LogEvent } from '../trajectory/events.ts';
import type { App } from './app.ts';
import { isReading } from './library-store.ts';
import { runInFlight } from './runs-store.ts';

/**
 * What scripts that drive the page may use beside its controls: the events as they come, the log
 * as it stands, and a promise for «nothing is going on». Read-only, and nothing of it is a secret.
 */
export interface Automation {
  /** Calls `listener` with every batch of events from now on; returns the way to end it. */
  onEvents(listener: (batch: readonly LogEvent[]) => void): () => void;
  /** The selected run as JSONL, or null. */
  trajectory(): string | null;
  /** Resolves when no file is being read and no run is in flight. */
  whenIdle(): Promise<void>;
}

declare global {
  interface Window {
    matryoshka?: Automation;
  }
}

export function createAutomation({ runs, library, commands }: App): Automation {
  return {
    onEvents(listener) {
      const seen = new Map<string, number>();
      const deliver = () => {
        for (const run of runs.getState().runs) {
          const { id, log } = run.getState();
          const from = seen.get(id) ?? 0;
          if (log.length > from) {
            seen.set(id, log.length);
            listener(log.slice(from));
          }
        }
      };
      const watched = new Map<string, () => void>();
      const watch = () => {
        for (const run of runs.getState().runs) {
          const { id } = run.getState();
          if (!watched.has(id)) watched.set(id, run.onAppend(deliver));
        }
        deliver();
      };
      for (const run of runs.getState().runs) seen.set(run.getState().id, run.getState().log.length);
      watch();
      const unsubscribe = runs.subscribe(watch);
      return () => {
        unsubscribe();
        for (const end of watched.values()) end();
      };
    },

    trajectory: () => commands.exportRun('trajectory')?.text ?? null,

    whenIdle() {
      const idle = () => !isReading(library.getState()) && runInFlight(runs.getState()) === null;
      return new Promise((resolve) => {
        const ends: (() => void)[] = [];
        const check = () => {
          if (!idle()) return;
          for (const end of ends) end();
          resolve();
        };
        ends.push(
          library.subscribe(check),
          runs.subscribe(() => {
            for (const run of runs.getState().runs) ends.push(run.subscribe(check));
            check();
          }),
          ...runs.getState().runs.map((run) => run.subscribe(check)),
        );
        check();
      });
    },
  };
}
