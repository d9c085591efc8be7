import { summarise } from '../trajectory/derive/run-summary.ts';
import type { CommandDeps } from './command-deps.ts';
import type { DocumentOrigin, Kept } from './kept.ts';
import type { RunStore } from './run-store.ts';

/** Milliseconds that events wait for each other before they are written. */
const FLUSH_MS = 250;

export interface KeepOptions {
  readonly origins: readonly DocumentOrigin[];
  readonly keyed: boolean;
  /** Events that are written already, where the run was resumed. */
  readonly written?: number;
}

export interface RunKeeper {
  /** Writes a live run to this device as its events arrive. */
  keep(kept: Kept, run: RunStore, options: KeepOptions): void;
}

/**
 * Keeps runs. Events are written in batches, in order; at once when the run ends or the page is
 * hidden or left. `onEnd` is called when the end of a run has been written, or cannot be.
 */
export function createRunKeeper(
  { alerts, onLeave }: Pick<CommandDeps, 'alerts' | 'onLeave'>,
  onEnd: (run: RunStore) => void,
): RunKeeper {
  const flushes = new Set<() => void>();
  onLeave(() => {
    for (const flush of flushes) flush();
  });

  return {
    keep(kept, run, { origins, keyed, written = 0 }) {
      let from = written;
      let timer: ReturnType<typeof setTimeout> | undefined;
      let unsubscribe = (): void => undefined;
      let isFirst = true;

      const end = () => {
        clearTimeout(timer);
        flushes.delete(flush);
        unsubscribe();
      };
      const flush = () => {
        clearTimeout(timer);
        timer = undefined;
        const { id, header, log, live } = run.getState();
        if (log.length === from) return;
        const events = log.slice(from);
        from = log.length;
        const writing = kept.writeRun({ id, header, summary: summarise(live), keyed, origins }, events);
        isFirst = false;
        if (live.finished) end();
        void writing.then(
          () => live.finished && onEnd(run),
          () => {
            // What follows would leave a gap: the rest of the run is not kept.
            end();
            alerts.raise(NO_ROOM);
            void finished(run).then(() => onEnd(run));
          },
        );
      };
      const changed = () => {
        const { log, live } = run.getState();
        if (log.length === from) return;
        if (live.finished || isFirst) flush();
        else timer ??= setTimeout(flush, FLUSH_MS);
      };
      flushes.add(flush);
      unsubscribe = run.subscribe(changed);
      changed();
    },
  };
}

const NO_ROOM =
  'This run is no longer kept on this device, which has no room for more: export it when it is done, and free some room.';

/** Resolves when the run has its end. */
function finished(run: RunStore): Promise<void> {
  if (run.getState().live.finished) return Promise.resolve();
  return new Promise((resolve) => {
    const unsubscribe = run.subscribe(({ live }) => {
      if (!live.finished) return;
      unsubscribe();
      resolve();
    });
  });
}
