/**
 * Which tab runs a run: it holds the Web Lock of the run's id, and the browser frees that when the
 * tab is closed, reloaded or dies. Where there are no Web Locks every run is taken to be free.
 */

const nameOf = (run: string): string => `matryoshka-run:${run}`;

/** Takes the lock of a run; gives the way to let it go, or null where another tab has it. */
export function holdRun(run: string): Promise<(() => void) | null> {
  if (!('locks' in navigator)) return Promise.resolve(() => undefined);
  return new Promise((resolve, reject) => {
    navigator.locks
      .request(nameOf(run), { ifAvailable: true }, (lock) => {
        if (!lock) {
          resolve(null);
          return undefined;
        }
        return new Promise<void>((release) => resolve(() => release()));
      })
      .catch(reject);
  });
}

/** Resolves when no tab runs the run any more. */
export async function runIsFree(run: string): Promise<void> {
  if ('locks' in navigator) await navigator.locks.request(nameOf(run), () => undefined);
}

/** The runs that some tab runs now. */
export async function liveRuns(): Promise<ReadonlySet<string>> {
  if (!('locks' in navigator)) return new Set();
  const { held = [] } = await navigator.locks.query();
  const prefix = nameOf('');
  return new Set(
    held.flatMap(({ name }) => (name?.startsWith(prefix) ? [name.slice(prefix.length)] : [])),
  );
}
