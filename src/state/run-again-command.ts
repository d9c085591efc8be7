import { branchLog } from '../trajectory/branch.ts';
import type { RunSettings } from '../trajectory/settings.ts';
import type { CommandDeps } from './command-deps.ts';
import type { Commands } from './commands.ts';
import type { Device } from './device.ts';
import { adoptDocuments, asDocumentOf, matchLibrary } from './find-documents.ts';
import { conversationUpTo } from './follow-up.ts';
import { allRead } from './library-store.ts';
import type { RunCommands } from './run-commands.ts';
import type { RunView } from './run-store.ts';
import { runInFlight, selectedRun } from './runs-store.ts';

const IN_FLIGHT = 'A run is going on. Stop it first, then run again from a turn.';

/** Runs again from a turn of the run on screen, as a new run. */
export function createRunAgainCommand(
  deps: CommandDeps,
  device: Device,
  start: RunCommands['start'],
): Commands['runAgainFrom'] {
  const { library, settings, runs, alerts } = deps;

  /** Where it goes on: a log from a file may name any endpoint, and the documents here are the person's. */
  const settingsOf = ({ isOurs }: RunView, own: RunSettings): RunSettings => {
    if (isOurs) return own;
    const { provider, baseUrl, rootModel, subModel } = settings.getState().run;
    return { ...own, provider, baseUrl, rootModel, subModel };
  };

  return async (turn, reply) => {
    const run = selectedRun(runs.getState())?.getState();
    const started = run?.live.started;
    if (!run || !started) return;
    if (runInFlight(runs.getState())) {
      alerts.raise(IN_FLIGHT);
      return;
    }
    const runSettings = settingsOf(run, started.settings);
    const branched = branchLog(run.log, { run: run.id, turn, reply, settings: runSettings });
    if (!branched.ok) {
      alerts.raise(branched.why);
      return;
    }
    await allRead(library);
    const infos = started.documents;
    const items = matchLibrary(infos, library.getState());
    const missing = infos.filter((_info, at) => !items[at]).map(({ name }) => name);
    if (missing.length > 0) {
      alerts.raise(`To run again this needs the documents it was about. Add ${listed(missing)}, then try again.`);
      return;
    }
    const documents = infos.flatMap((info, at) => {
      const item = items[at];
      return item ? [asDocumentOf(info, item)] : [];
    });
    const before = await conversationUpTo(started.follows, runs.getState, device);
    if (runInFlight(runs.getState())) return;
    await adoptDocuments(library, items, documents);
    alerts.clear();
    const events = branched.log;
    const startedAt = new Date(deps.now() - (events.at(-1)?.at ?? 0)).toISOString();
    const { question, method } = started;
    const request = { run: deps.newId(), question, method, settings: runSettings, documents, past: events };
    await start(
      { ...request, ...(before.length > 0 && { before }) },
      { header: { ...run.header, app: deps.appVersion, startedAt }, events, isNew: true },
    );
  };
}

const MOST_NAMED = 3;

/** «a, b and 2 more». */
function listed(names: readonly string[]): string {
  const more = names.length - MOST_NAMED;
  return names.slice(0, MOST_NAMED).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
