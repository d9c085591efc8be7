import type { CommandDeps } from './command-deps.ts';
import type { Kept } from './kept.ts';

/** This device's storage, once it is loaded. */
export interface Device {
  /** Null until it is loaded, and where the browser keeps nothing. */
  readonly now: Kept | null;
  readonly ready: Promise<Kept | null>;
}

/** Loads the storage and opens its database; a browser that keeps nothing is no error: the app works without. */
export function openDevice({ loadKept }: Pick<CommandDeps, 'loadKept'>): Device {
  let now: Kept | null = null;
  const ready = loadKept().then(
    async (kept) => {
      await kept.openRuns();
      now = kept;
      return kept;
    },
  ).catch(() => null);
  return {
    get now() {
      return now;
    },
    ready,
  };
}
