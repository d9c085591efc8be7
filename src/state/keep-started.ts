import type { StartRun } from '../worker/protocol.ts';
import type { CommandDeps } from './command-deps.ts';
import type { Device } from './device.ts';
import type { DocumentKeeper } from './document-keeper.ts';
import type { DocumentOrigin } from './kept.ts';
import { readyItems } from './library-store.ts';
import { createRunKeeper } from './run-keeper.ts';
import type { RunStore } from './run-store.ts';

export interface StartedRuns {
  /** Keeps a run that has started, and what it needs, until its end; `written` events of it are kept already. */
  keep(run: RunStore, request: StartRun, written: number): Promise<void>;
  /** Takes a run for this tab; false where another tab has it. */
  hold(run: string): Promise<boolean>;
  letGo(run: string): void;
}

/**
 * While a run goes on: this tab holds it, its events are written as they come, and its documents are
 * copied where they are small or the person wants it. At its end all that is let go.
 */
export function keepStarted(
  deps: CommandDeps,
  device: Device,
  documents: DocumentKeeper,
  prune: () => Promise<void>,
): StartedRuns {
  const { library, engine } = deps;
  const held = new Map<string, () => void>();

  const letGo = (run: string) => {
    held.get(run)?.();
    held.delete(run);
  };
  const hold = async (run: string) => {
    if (held.has(run)) return true;
    const release = await device.now?.holdRun(run);
    if (!release) return false;
    held.set(run, release);
    return true;
  };
  const keeper = createRunKeeper(deps, (run) => {
    letGo(run.getState().id);
    void documents.sweep().then(prune);
  });

  const isKeyed = async ({ settings: { provider, baseUrl } }: StartRun): Promise<boolean> =>
    provider !== 'offline' && (await engine.request('keyState', { baseUrl })).present;

  return {
    hold,
    letGo,
    async keep(run, request, written) {
      const kept = await device.ready;
      if (!kept) return;
      await hold(request.run);
      const ready = readyItems(library.getState());
      const items = request.documents.map(({ info }) => ready.find(({ document }) => document.info.id === info.id) ?? null);
      const plan = await documents.plan(items.filter((item) => item !== null));
      const planned = [...plan.origins];
      const origins = items.map((item): DocumentOrigin => (item && planned.shift()) ?? { from: 'person' });
      documents.copy(plan.copies);
      const keyed = await isKeyed(request).catch(() => false);
      keeper.keep(kept, run, { origins, keyed, written });
    },
  };
}
