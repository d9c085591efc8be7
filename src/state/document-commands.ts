import type { SurveyEntry } from '../documents/survey.ts';
import type { FoundFile } from '../worker/protocol.ts';
import type { Commands } from './commands.ts';
import { type CommandDeps, sentence } from './command-deps.ts';
import type { DocumentKeeper } from './document-keeper.ts';
import { createDocumentReader, type Listed, PERSON, type Wanted } from './document-reader.ts';
import type { DocumentOrigin } from './kept.ts';
import { isTrajectory } from './is-trajectory.ts';
import { readyDocuments } from './library-store.ts';
import { runInFlight } from './runs-store.ts';
import { createSurveyQueue } from './survey-queue.ts';

const LOOKED_INTO_AT_ONCE = 50;

/** Asking the browser for the size of a file stops the page for a moment: of more files, it is known when they are read. */
const MOST_MEASURED = 50;

/** Files of a folder that are sent to be looked into at a time, for the same reason. */
const SENT_AT_ONCE = 50;

/** A file to read, and where it can be had again. */
export interface Source extends FoundFile {
  readonly origin: DocumentOrigin;
  /** Where it is known already. */
  readonly bytes?: number;
}

export interface DocumentCommands
  extends Pick<
    Commands,
    | 'addFiles'
    | 'addFolder'
    | 'answerSurvey'
    | 'addAddress'
    | 'addText'
    | 'removeDocument'
    | 'openSample'
    | 'keepDocuments'
    | 'forgetDocuments'
  > {
  /** Reads files into the library; what cannot be read says so. Resolves when all are read. */
  read(sources: readonly Source[]): Promise<void>;
}

const wanted = (sources: readonly Source[]): readonly Wanted[] =>
  sources.map(({ file, path, origin, bytes }) => ({
    path,
    bytes: bytes ?? (sources.length > MOST_MEASURED ? 0 : file.size),
    source: { from: 'file', file },
    origin,
  }));

/** What a person does with documents, and what the documents worker says unasked. */
export function createDocumentCommands(
  deps: CommandDeps,
  keeper: DocumentKeeper,
  openTrajectory: Commands['openTrajectory'],
): DocumentCommands {
  const { library, desk, runs, alerts, documents, engine, settings, source } = deps;
  const surveys = createSurveyQueue(deps.survey);
  const reader = createDocumentReader(deps, surveys);

  documents.onNotice((notice) => {
    switch (notice.kind) {
      case 'progress': {
        const { id, done, total, unit } = notice;
        void library.change(id, (item) => (item.status === 'reading' ? { ...item, done, total, unit } : item));
        break;
      }
      case 'hashed':
        void hashed(notice.id, notice.sha256);
    }
  });

  // What is not in the library any more is not shown, and nothing holds on to it.
  library.subscribe((now, before) => {
    const { view } = source.getState();
    if (view === null || now.items === before.items) return;
    if (readyDocuments(now).some(({ info }) => info.id === view.document)) return;
    source.setState({ view: null });
    void documents.request('closePages', null);
  });

  async function hashed(id: string, sha256: string): Promise<void> {
    await library.change(id, (item) => {
      if (item.status !== 'ready') return item;
      const { document } = item;
      return { ...item, document: { ...document, info: { ...document.info, sha256 } } };
    });
    const item = library.getState().items.find((candidate) => candidate.id === id);
    const run = runInFlight(runs.getState())?.getState();
    if (item?.status !== 'ready' || !run) return;
    const document = item.document.info.id;
    if (run.live.started?.documents.some((info) => info.id === document) === false) return;
    void engine.request('hashed', { run: run.id, document, sha256 });
  }

  const read = (sources: readonly Source[]): Promise<void> => reader.read(reader.list(wanted(sources)));

  /** What the files of a folder are, in their order. */
  const lookInto = async (id: string, files: readonly FoundFile[], signal: AbortSignal): Promise<readonly SurveyEntry[]> => {
    const entries: SurveyEntry[] = [];
    for (let from = 0; from < files.length; from += SENT_AT_ONCE) {
      signal.throwIfAborted();
      entries.push(...(await documents.request('survey', { id, files: files.slice(from, from + SENT_AT_ONCE) })));
    }
    return entries;
  };

  const addAddress = async (address: string): Promise<void> => {
    // Of an address only this much is shown: the rest may hold what nobody else should see.
    const shown = URL.canParse(address) ? `${new URL(address).host}${new URL(address).pathname}` : address;
    const one: Wanted = { path: shown, bytes: 0, source: { from: 'url', url: address }, origin: PERSON };
    await reader.read(reader.list([one]));
  };

  return {
    read,

    async addFiles(files) {
      const entries = files.map((file) => ({ file, path: file.name, origin: PERSON }));
      const listed = reader.list(wanted(entries));
      const reading: Promise<void>[] = [];
      const look = async (file: File, one: Listed) => {
        const opens = await isTrajectory(file);
        // It may have been removed in the meantime.
        if (!library.has(one.id)) return;
        if (opens) library.remove(one.id);
        reading.push(opens ? openTrajectory(file) : reader.read([one]));
      };
      // To look into a thousand files at once blocks the page for a second.
      const left = files.entries();
      const lookOn = async () => {
        for (const [at, file] of left) {
          const one = listed[at];
          if (one) await look(file, one);
        }
      };
      await Promise.all(Array.from({ length: LOOKED_INTO_AT_ONCE }, lookOn));
      await Promise.all(reading);
    },

    async addFolder(title, files, pruned) {
      const id = deps.newId();
      const look = (signal: AbortSignal) => {
        signal.addEventListener('abort', () => void documents.request('cancel', { id }), { once: true });
        return lookInto(id, files, signal);
      };
      try {
        const answer = await surveys.ask({ title, of: 'folder', pruned }, look);
        const chosen = (answer?.chosen ?? []).flatMap((number): readonly Source[] => {
          const found = files[number];
          const bytes = answer?.entries[number]?.bytes;
          return found ? [{ ...found, origin: PERSON, ...(bytes !== undefined && { bytes }) }] : [];
        });
        await read(chosen);
      } catch (reason) {
        alerts.raise(`${title} could not be looked into: ${sentence(reason)}`);
      }
    },

    answerSurvey: (chosen) => surveys.answer(chosen),

    addAddress,

    async addText(text) {
      const address = /^\s*(https?:\/\/\S+)\s*$/iu.exec(text)?.[1];
      if (address !== undefined && URL.canParse(address)) {
        await addAddress(address);
        return;
      }
      const name = `${text.trim().split(/\s+/u).slice(0, 6).join(' ').slice(0, 48) || 'Pasted'}.txt`;
      await read([{ file: new File([text], name, { type: 'text/plain' }), path: name.replaceAll('/', '-'), origin: PERSON }]);
    },

    removeDocument(id) {
      const item = library.getState().items.find((candidate) => candidate.id === id);
      library.remove(id);
      // One that is ready may still be hashed.
      const isBusy = item?.status === 'reading' || (item?.status === 'ready' && item.document.info.sha256 === '');
      if (isBusy) void documents.request('cancel', { id });
      if (item) void keeper.removed(item);
    },

    async openSample(sample) {
      const info = deps.samples.find((candidate) => candidate.id === sample);
      if (!info || runInFlight(runs.getState())) return;
      const id = deps.newId();
      library.setState({
        items: [{ id, name: info.title, bytes: info.tokens * 4, status: 'reading', done: 0, total: 0, unit: 'bytes', origin: PERSON }],
      });
      desk.setState({ question: info.question });
      try {
        const files = await documents.request('sample', { id, sample });
        library.setState({ items: [] });
        await read(files.map((file, at) => ({ file, path: file.name, origin: { from: 'sample', sample, file: at } })));
      } catch (reason) {
        library.setState({ items: [] });
        alerts.raise(`The sample could not be made: ${sentence(reason)}`);
      }
    },

    async keepDocuments(keep) {
      settings.setState({ keepDocuments: keep });
      await keeper.setKeep(keep);
    },

    async forgetDocuments() {
      await keeper.forgetAll();
    },
  };
}
