import type { DocumentInfo } from '../trajectory/events.ts';
import { EMPTY, fold } from '../trajectory/fold.ts';
import { whyNotResumable } from '../trajectory/resumable.ts';
import type { RunStarted } from '../trajectory/run-state.ts';
import { type CommandDeps, sentence } from './command-deps.ts';
import type { Commands } from './commands.ts';
import type { Device } from './device.ts';
import type { DocumentCommands } from './document-commands.ts';
import type { DocumentKeeper } from './document-keeper.ts';
import { adoptDocuments, asDocumentOf, matchLibrary, sourcesOf } from './find-documents.ts';
import { conversationUpTo } from './follow-up.ts';
import { ELSEWHERE, type KeptRunCommands } from './kept-run-commands.ts';
import type { Kept, KeptRun } from './kept.ts';
import { isReading } from './library-store.ts';
import type { RunCommands } from './run-commands.ts';
import { runInFlight } from './runs-store.ts';

interface Parts {
  readonly device: Device;
  readonly keeper: DocumentKeeper;
  readonly read: DocumentCommands['read'];
  readonly start: RunCommands['start'];
  readonly watch: KeptRunCommands['watch'];
  /** Takes a run for this tab, and lets it go where it did not start. */
  readonly hold: (run: string) => Promise<boolean>;
  readonly letGo: (run: string) => void;
}

/**
 * Goes on with an unfinished run: its documents from where they can be had, its key from where it
 * is remembered. What only the person has is asked for; once it is there, the run goes on by itself.
 */
export function createResumeCommand(deps: CommandDeps, parts: Parts): Commands['resumeRun'] {
  const { library, runs, kept: shown, alerts, engine, desk, settings } = deps;
  const { device, keeper, read, start, watch, hold, letGo } = parts;

  library.subscribe((state) => {
    if (isReading(state) || runInFlight(runs.getState())) return;
    for (const { run, phase, missing } of shown.getState().offers) {
      if (phase === 'missing' && matchLibrary(missing, state).every((item) => item !== null)) void resume(run.id);
    }
  });

  async function resume(id: string): Promise<void> {
    const kept = device.now;
    const offer = shown.getState().offers.find(({ run }) => run.id === id);
    if (!kept || !offer || offer.phase === 'resuming' || runInFlight(runs.getState())) return;
    shown.offer({ ...offer, phase: 'resuming' });
    if (!(await hold(id))) {
      shown.withdraw(id);
      alerts.raise(ELSEWHERE);
      void watch(id);
      return;
    }
    try {
      if (await goOn(kept, offer.run)) return;
    } catch (reason) {
      shown.offer({ ...offer, phase: 'offered' });
      alerts.raise(`The run could not be resumed: ${sentence(reason)}`);
    }
    letGo(id);
  }

  /** False where it cannot go on now; the offer says why, or an alert does. */
  async function goOn(kept: Kept, run: KeptRun): Promise<boolean> {
    const again = () => shown.offer({ run, phase: 'offered', missing: [] });
    const log = await kept.openRun(run.id);
    const state = fold(EMPTY, log?.events ?? []);
    if (!log || !state.started) {
      again();
      alerts.raise('What was kept of this run is damaged and cannot be read. Forget it, and ask again.');
      return false;
    }
    if (state.finished) {
      shown.withdraw(run.id);
      void watch(run.id);
      return false;
    }
    const why = whyNotResumable(log.events);
    if (why !== null) {
      again();
      alerts.raise(why);
      return false;
    }
    if (!(await hasKey(run, state.started))) {
      again();
      return false;
    }
    const infos = state.started.documents;
    const documents = await findDocuments(run, infos);
    if (!documents) return false;
    const before = await conversationUpTo(state.started.follows, runs.getState, device);
    if (runInFlight(runs.getState())) {
      again();
      return false;
    }
    if (!log.whole) await kept.writeRun(run, log.events, { replace: true });
    alerts.clear();
    const { question, method, settings: runSettings } = state.started;
    const request = { run: run.id, question, method, settings: runSettings, documents, past: log.events };
    const isRunning = await start({ ...request, ...(before.length > 0 && { before }) }, log);
    if (!isRunning) {
      again();
      return false;
    }
    shown.withdraw(run.id);
    // What was still being hashed when the run was broken off may have been hashed meanwhile.
    for (const [at, { info }] of documents.entries()) {
      if (info.sha256 === '' || infos[at]?.sha256 !== '') continue;
      void engine.request('hashed', { run: run.id, document: info.id, sha256: info.sha256 });
    }
    return true;
  }

  /** Asks for the key of the run's endpoint where it had one that was not remembered. */
  async function hasKey(run: KeptRun, { settings: { provider, baseUrl, rootModel, subModel } }: RunStarted): Promise<boolean> {
    if (provider === 'offline' || !run.keyed) return true;
    if ((await engine.request('keyState', { baseUrl })).present) return true;
    const now = settings.getState();
    // The dialog has to ask for the key of this endpoint.
    if (now.run.provider !== provider || now.run.baseUrl !== baseUrl) {
      settings.setState({ run: { ...now.run, provider, baseUrl, rootModel, subModel } });
    }
    alerts.raise(`The key for ${baseUrl} was not remembered: give it again in Settings, then press Resume.`);
    desk.setState({ settingsOpen: true });
    return false;
  }

  /** The documents of a run, in their order, put into the library; null where some are missing. */
  async function findDocuments(run: KeptRun, infos: readonly DocumentInfo[]) {
    await read(await sourcesOf(run, infos, deps, keeper));
    const items = matchLibrary(infos, library.getState());
    const documents = infos.flatMap((info, at) => {
      const item = items[at];
      return item ? [asDocumentOf(info, item)] : [];
    });
    if (documents.length < infos.length) {
      shown.offer({ run, phase: 'missing', missing: infos.filter((_info, at) => !items[at]) });
      return null;
    }
    await adoptDocuments(library, items, documents);
    return documents;
  }

  return resume;
}
