import type { CommandDeps } from './command-deps.ts';
import type { Commands } from './commands.ts';
import type { Device } from './device.ts';
import type { DocumentKeeper } from './document-keeper.ts';
import type { KeptRun } from './kept.ts';
import type { RunCommands } from './run-commands.ts';
import { createRunStore } from './run-store.ts';
import { runInFlight } from './runs-store.ts';

export interface KeptRunCommands extends Pick<Commands, 'selectRun' | 'forgetRun'> {
  /** Lists what was kept in earlier visits, and offers what was not finished. */
  load(): Promise<void>;
  /** Offers an unfinished run as soon as no tab runs it any more. */
  watch(id: string): Promise<void>;
  /** Removes finished runs that are more than is kept. */
  prune(): Promise<void>;
}

export const ELSEWHERE = 'Another tab of this browser runs this one. Look at it there, or close that tab first.';

/** Runs of earlier visits: listed, opened, offered, forgotten. */
export function createKeptRunCommands(
  { runs, kept: shown, alerts }: CommandDeps,
  device: Device,
  { show, showDesk }: RunCommands,
  documents: DocumentKeeper,
): KeptRunCommands {
  const withoutShown = (id: string) =>
    shown.setState(({ runs: list }) => ({ runs: list.filter((run) => run.id !== id) }));

  async function watch(id: string): Promise<void> {
    const kept = device.now;
    if (!kept) return;
    await kept.runIsFree(id);
    // The tab that ran it may have come to its end.
    const run = (await kept.listRuns()).find((candidate) => candidate.id === id);
    if (!run) return;
    if (run.summary.outcome === null) shown.offer({ run, phase: 'offered', missing: [] });
    else shown.setState(({ runs: list }) => ({ runs: [run, ...list.filter((other) => other.id !== id)] }));
  }

  async function prune(): Promise<void> {
    for (const id of (await device.now?.pruneRuns()) ?? []) withoutShown(id);
  }

  async function open(run: KeptRun): Promise<void> {
    const log = await device.now?.openRun(run.id).catch(() => null);
    if (!log) {
      withoutShown(run.id);
      await device.now?.forgetRun(run.id);
      alerts.raise('The log of that run is damaged and cannot be read: it was removed.');
      return;
    }
    if (runs.getState().runs.some((store) => store.getState().id === run.id)) return;
    show(createRunStore(run.id, 'opened', log.header, log.events, true));
  }

  return {
    watch,
    prune,

    async load() {
      const kept = await device.ready;
      if (!kept) return;
      await prune();
      const all = await kept.listRuns();
      const here = new Set(runs.getState().runs.map((run) => run.getState().id));
      const others = all.filter(({ id }) => !here.has(id));
      shown.setState({ runs: others.filter(({ summary }) => summary.outcome !== null) });
      for (const { id, summary } of others) if (summary.outcome === null) void watch(id);
      await documents.sweep();
    },

    selectRun(id) {
      const store = runs.getState().runs.find((run) => run.getState().id === id);
      const stored = shown.getState().runs.find((run) => run.id === id);
      if (!store && stored) {
        void open(stored);
        return;
      }
      runs.setState({ selected: id });
      if (store) showDesk(store);
    },

    async forgetRun(id) {
      const kept = device.now;
      if (runInFlight(runs.getState())?.getState().id === id) return;
      const release = kept ? await kept.holdRun(id) : null;
      if (kept && !release) {
        alerts.raise(ELSEWHERE);
        return;
      }
      shown.withdraw(id);
      withoutShown(id);
      runs.setState(({ runs: list, selected }) => ({
        runs: list.filter((run) => run.getState().id !== id),
        selected: selected === id ? null : selected,
      }));
      await kept?.forgetRun(id);
      release?.();
      await documents.sweep();
    },
  };
}
