import type { SourceDocument } from '../documents/document.ts';
import { decode, encode } from '../trajectory/codec.ts';
import { FORMAT, FORMAT_VERSION, type TrajectoryHeader } from '../trajectory/events.ts';
import { officialRlm } from '../trajectory/export/official-rlm.ts';
import type { AlertsStore } from './alerts-store.ts';
import type { DocumentsClient, EngineClient, SampleInfo } from './app.ts';
import type { Commands } from './commands.ts';
import type { DeskStore } from './desk-store.ts';
import { isReading, readyDocuments, type LibraryItem, type LibraryStore } from './library-store.ts';
import { createRunStore, type RunStore } from './run-store.ts';
import { runInFlight, selectedRun, type RunsStore } from './runs-store.ts';
import type { SettingsStore } from './settings-store.ts';

export interface CommandDeps {
  readonly desk: DeskStore;
  readonly library: LibraryStore;
  readonly settings: SettingsStore;
  readonly runs: RunsStore;
  readonly alerts: AlertsStore;
  readonly engine: EngineClient;
  readonly documents: DocumentsClient;
  readonly samples: readonly SampleInfo[];
  /** `name@version` written into trajectories. */
  readonly appVersion: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly newId: () => string;
}

/** The commands over real stores and workers; everything they need is passed in. */
export function createCommands(deps: CommandDeps): Commands {
  const { desk, library, settings, runs, alerts, engine, documents } = deps;

  documents.onNotice(({ id, done, total }) =>
    changeItem(id, (item) => (item.status === 'reading' ? { ...item, done, total } : item)),
  );
  engine.onNotice(({ run, batch }) => {
    const store = runs.getState().runs.find((candidate) => candidate.getState().id === run);
    if (!store) return;
    store.append(batch);
    if (store.getState().live.finished?.outcome === 'answered') {
      desk.setState({ viewsFolded: true });
    }
  });

  // Model clients are loaded while the question is still being written.
  const prepare = () => void engine.request('prepare', { settings: settings.getState().run });
  prepare();
  settings.subscribe(prepare);

  function changeItem(id: string, change: (item: LibraryItem) => LibraryItem): void {
    library.setState(({ items }) => ({
      items: items.map((item) => (item.id === id ? change(item) : item)),
    }));
  }

  async function read(file: File): Promise<void> {
    const id = deps.newId();
    const item = { id, name: file.name, bytes: file.size };
    library.setState(({ items }) => ({
      items: [...items, { ...item, status: 'reading', done: 0, total: file.size }],
    }));
    try {
      const document = await documents.request('read', { id, file });
      changeItem(id, () => ({ ...item, name: document.info.name, status: 'ready', document }));
      alerts.withdraw(NOTHING_TO_READ);
    } catch (reason) {
      // A file removed while it was read is no longer in the list: nothing to say.
      if (!library.getState().items.some((candidate) => candidate.id === id)) return;
      const message = sentence(reason);
      changeItem(id, () => ({ ...item, status: 'failed', message }));
      alerts.raise(`${file.name || 'A file without a name'}: ${message}`);
    }
  }

  async function addFiles(files: readonly File[]): Promise<void> {
    const found = await Promise.all(
      files.map(async (file) => ({ file, opens: await isTrajectory(file) })),
    );
    await Promise.all(
      found.map(({ file, opens }) => (opens ? openTrajectory(file) : read(file))),
    );
  }

  async function openTrajectory(file: File): Promise<void> {
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
  }

  function show(store: RunStore): void {
    runs.setState(({ runs: list }) => ({
      runs: [store, ...list],
      selected: store.getState().id,
    }));
    showDesk(store);
  }

  function showDesk(store: RunStore): void {
    const { live } = store.getState();
    desk.setState({
      question: live.started?.question ?? desk.getState().question,
      viewsFolded: live.finished?.outcome === 'answered',
    });
  }

  /** Resolves when no file is being read any more. */
  function reading(): Promise<void> {
    if (!isReading(library.getState())) return Promise.resolve();
    return new Promise((resolve) => {
      const unsubscribe = library.subscribe((state) => {
        if (isReading(state)) return;
        unsubscribe();
        resolve();
      });
    });
  }

  async function ask(question: string): Promise<void> {
    const asked = question.trim();
    if (asked === '') {
      alerts.raise('There is no question yet. Write one, then ask.');
      return;
    }
    if (runInFlight(runs.getState())) return;
    await reading();
    const ready = readyDocuments(library.getState());
    if (ready.length === 0) {
      alerts.raise(NOTHING_TO_READ);
      return;
    }
    // Two clicks while files were being read ask once.
    if (runInFlight(runs.getState())) return;
    alerts.clear();
    await startRun(asked, ready);
  }

  async function startRun(question: string, ready: readonly SourceDocument[]): Promise<void> {
    const { method, run: runSettings } = settings.getState();
    const header: TrajectoryHeader = {
      format: FORMAT,
      version: FORMAT_VERSION,
      app: deps.appVersion,
      startedAt: new Date(deps.now()).toISOString(),
    };
    const store = createRunStore(deps.newId(), 'live', header);
    const run = store.getState().id;
    runs.setState(({ runs: list }) => ({ runs: [store, ...list], selected: run }));
    desk.setState({ question, viewsFolded: false });
    try {
      await engine.request('start', {
        run,
        question,
        method,
        settings: runSettings,
        documents: ready,
      });
    } catch (reason) {
      runs.setState(({ runs: list }) => ({
        runs: list.filter((candidate) => candidate !== store),
        selected: null,
      }));
      alerts.raise(`The run could not start: ${sentence(reason)}`);
    }
  }

  return {
    addFiles,
    openTrajectory,
    ask,

    async addText(text) {
      const name = `${text.trim().split(/\s+/u).slice(0, 6).join(' ').slice(0, 48) || 'Pasted'}.txt`;
      await read(new File([text], name, { type: 'text/plain' }));
    },

    removeDocument(id) {
      const item = library.getState().items.find((candidate) => candidate.id === id);
      library.setState(({ items }) => ({ items: items.filter((candidate) => candidate !== item) }));
      if (item?.status === 'reading') void documents.request('cancel', { id });
    },

    async openSample(sample) {
      const info = deps.samples.find((candidate) => candidate.id === sample);
      if (!info || runInFlight(runs.getState())) return;
      const id = deps.newId();
      library.setState({
        items: [
          { id, name: info.title, bytes: info.tokens * 4, status: 'reading', done: 0, total: 0 },
        ],
      });
      desk.setState({ question: info.question });
      try {
        const files = await documents.request('sample', { id, sample });
        library.setState({ items: [] });
        await Promise.all(files.map(read));
      } catch (reason) {
        library.setState({ items: [] });
        alerts.raise(`The sample could not be made: ${sentence(reason)}`);
      }
    },

    setQuestion: (question) => desk.setState({ question }),

    stop() {
      const run = runInFlight(runs.getState());
      if (run) void engine.request('stop', { run: run.getState().id });
    },

    selectRun(run) {
      runs.setState({ selected: run });
      const store = selectedRun(runs.getState());
      if (store) showDesk(store);
    },

    exportRun(kind) {
      const store = selectedRun(runs.getState());
      if (!store) return null;
      const { header, log, id } = store.getState();
      const stem = `matryoshka-${header.startedAt.slice(0, 19).replaceAll(':', '-')}-${id.slice(0, 6)}`;
      switch (kind) {
        case 'trajectory':
          return { name: `${stem}.jsonl`, type: 'application/jsonl', text: encode(header, log) };
        case 'official-rlm':
          return {
            name: `rlm_${stem}.jsonl`,
            type: 'application/jsonl',
            text: officialRlm(header, log),
          };
      }
    },

    async saveSettings(preferences, key, remember) {
      settings.setState(preferences);
      const { provider, baseUrl } = preferences.run;
      if (provider === 'offline') return;
      try {
        if (key !== null) {
          await engine.request('setKey', { baseUrl, key, remember: remember ?? false });
        } else if (remember !== null) {
          await engine.request('rememberKey', { baseUrl, remember });
        }
      } catch (reason) {
        alerts.raise(`The key could not be kept: ${sentence(reason)}`);
      }
    },

    checkConnection: (baseUrl, key) => engine.request('checkConnection', { baseUrl, key }),
    keyState: (baseUrl) => engine.request('keyState', { baseUrl }),
    async forgetKeys() {
      await engine.request('forgetKeys', null);
    },
  };
}

const NOTHING_TO_READ = 'There is nothing to ask about yet. Add a file, or try one of the samples.';

/** Ours are told by their first bytes, whatever the file is called. */
async function isTrajectory(file: File): Promise<boolean> {
  try {
    const head = await file.slice(0, 200).text();
    return head.replace(/^\uFEFF/u, '').startsWith('{') && head.includes(`"${FORMAT}"`);
  } catch {
    return false;
  }
}

const sentence = (reason: unknown): string =>
  reason instanceof Error ? reason.message : String(reason);
