import { decode, encode } from '../trajectory/codec.ts';
import { FORMAT, FORMAT_VERSION, type LogEvent, type TrajectoryHeader } from '../trajectory/events.ts';
import { officialRlm } from '../trajectory/export/official-rlm.ts';
import type { StartRun } from '../worker/protocol.ts';
import { type CommandDeps, sentence } from './command-deps.ts';
import type { Commands } from './commands.ts';
import type { Device } from './device.ts';
import { NOTHING_TO_READ } from './document-reader.ts';
import { conversationUpTo, followable } from './follow-up.ts';
import { allRead, readyDocuments } from './library-store.ts';
import { createRunAgainCommand } from './run-again-command.ts';
import { createRunStore, type RunStore } from './run-store.ts';
import { runInFlight, selectedRun } from './runs-store.ts';

/** A run that goes on from a log that was kept. */
export interface PastRun {
  readonly header: TrajectoryHeader;
  readonly events: readonly LogEvent[];
  /** The log is a new run's, made of another's: nothing of it is kept yet. */
  readonly isNew?: boolean;
}

export interface RunCommands extends Pick<
  Commands,
  'ask' | 'stop' | 'steer' | 'replyAsRoot' | 'runAgainFrom' | 'openTrajectory' | 'exportRun'
> {
  /** Shows a run and starts it, from the beginning or after its `past`; false where it could not start. */
  start(request: StartRun, past?: PastRun): Promise<boolean>;
  /** Puts a run on the desk. */
  show(run: RunStore): void;
  /** Puts the question of a run, and its answer if it has one, before the person. */
  showDesk(run: RunStore): void;
}

/** What a person does with runs. `onStart` is called with each that has started, and how much of it was kept before. */
export function createRunCommands(
  deps: CommandDeps,
  device: Device,
  onStart: (run: RunStore, request: StartRun, written: number) => void,
): RunCommands {
  const { desk, library, settings, runs, alerts, engine } = deps;

  engine.onNotice((notice) => {
    if (notice.kind !== 'events') return;
    const { run, batch } = notice;
    const store = runs.getState().runs.find((candidate) => candidate.getState().id === run);
    if (!store) return;
    store.append(batch);
    if (store.getState().live.finished?.outcome === 'answered') desk.setState({ viewsFolded: true });
  });

  function show(store: RunStore): void {
    runs.setState(({ runs: list }) => ({ runs: [store, ...list], selected: store.getState().id }));
    showDesk(store);
  }

  function showDesk(store: RunStore): void {
    const { live } = store.getState();
    desk.setState({
      question: live.started?.question ?? desk.getState().question,
      viewsFolded: live.finished?.outcome === 'answered',
    });
  }

  async function start(request: StartRun, past?: PastRun): Promise<boolean> {
    const header: TrajectoryHeader = past?.header ?? {
      format: FORMAT,
      version: FORMAT_VERSION,
      app: deps.appVersion,
      startedAt: new Date(deps.now()).toISOString(),
    };
    const store = createRunStore(request.run, 'live', header, past?.events);
    desk.setState({ question: request.question });
    show(store);
    try {
      await engine.request('start', request);
    } catch (reason) {
      runs.setState(({ runs: list }) => ({ runs: list.filter((candidate) => candidate !== store), selected: null }));
      alerts.raise(`The run could not start: ${sentence(reason)}`);
      return false;
    }
    onStart(store, request, past && !past.isNew ? past.events.length : 0);
    return true;
  }

  /** The conversation that a question goes on with: none where the same is asked again. */
  async function followedBy(question: string) {
    const run = desk.getState().followUp && followable(runs.getState(), library.getState(), settings.getState());
    if (!run) return [];
    const { id, live } = run.getState();
    return live.started?.question === question ? [] : conversationUpTo(id, runs.getState, device);
  }

  return {
    start,
    show,
    showDesk,

    async ask(question) {
      const asked = question.trim();
      if (asked === '') {
        alerts.raise('There is no question yet. Write one, then ask.');
        return;
      }
      if (runInFlight(runs.getState())) return;
      await allRead(library);
      const documents = readyDocuments(library.getState());
      if (documents.length === 0) {
        alerts.raise(NOTHING_TO_READ);
        return;
      }
      const before = await followedBy(asked);
      // Two clicks while files were being read ask once.
      if (runInFlight(runs.getState())) return;
      alerts.clear();
      const { method, run } = settings.getState();
      const request = { run: deps.newId(), question: asked, method, settings: run, documents };
      await start({ ...request, ...(before.length > 0 && { before }) });
    },

    stop() {
      const run = runInFlight(runs.getState());
      if (run) void engine.request('stop', { run: run.getState().id });
    },

    steer(command) {
      const run = runInFlight(runs.getState());
      if (run) void engine.request('steer', { run: run.getState().id, command });
    },

    replyAsRoot(text) {
      const run = runInFlight(runs.getState());
      if (run) void engine.request('reply', { run: run.getState().id, text });
    },

    runAgainFrom: createRunAgainCommand(deps, device, start),

    async openTrajectory(file) {
      let text: string;
      try {
        text = await file.text();
      } catch {
        alerts.raise(`${file.name} could not be read. Choose it again.`);
        return;
      }
      const result = decode(text);
      if (!result.ok) {
        alerts.raise(`${file.name}: ${result.error.message}`);
        return;
      }
      for (const warning of result.value.warnings) alerts.raise(`${file.name}: ${warning}`);
      show(createRunStore(deps.newId(), 'opened', result.value.header, result.value.events));
    },

    exportRun(kind) {
      const store = selectedRun(runs.getState());
      if (!store) return null;
      const { header, log, id } = store.getState();
      const stem = `matryoshka-${header.startedAt.slice(0, 19).replaceAll(':', '-')}-${id.slice(0, 6)}`;
      const type = 'application/jsonl';
      switch (kind) {
        case 'trajectory':
          return { name: `${stem}.jsonl`, type, text: encode(header, log) };
        case 'official-rlm':
          return { name: `rlm_${stem}.jsonl`, type, text: officialRlm(header, log) };
      }
    },
  };
}
