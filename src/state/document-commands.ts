import type { Commands } from './commands.ts';
import { type CommandDeps, sentence } from './command-deps.ts';
import type { DocumentKeeper } from './document-keeper.ts';
import type { DocumentOrigin } from './kept.ts';
import { isTrajectory } from './is-trajectory.ts';
import { runInFlight } from './runs-store.ts';

export const NOTHING_TO_READ = 'There is nothing to ask about yet. Add a file, or try one of the samples.';

const PERSON: DocumentOrigin = { from: 'person' };

const LOOKED_INTO_AT_ONCE = 50;

/** A file to read, and where it can be had again. */
export interface Source {
  readonly file: File;
  readonly origin: DocumentOrigin;
}

export interface DocumentCommands
  extends Pick<Commands, 'addFiles' | 'addFolder' | 'answerSurvey' | 'addAddress' | 'addText' | 'removeDocument' | 'openSample' | 'keepDocuments' | 'forgetDocuments'> {
  /** Reads files into the library; what cannot be read says so. Resolves when all are read. */
  read(sources: readonly Source[]): Promise<void>;
}

/** What a person does with documents, and what the documents worker says unasked. */
export function createDocumentCommands(
  deps: CommandDeps,
  keeper: DocumentKeeper,
  openTrajectory: Commands['openTrajectory'],
): DocumentCommands {
  const { library, desk, runs, alerts, documents, engine, settings } = deps;

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

  /** Puts files on the list at once, so that the page says that it reads, however many there are. */
  function list(sources: readonly Source[]) {
    const entries = sources.map(({ file, origin }) => ({
      file,
      origin,
      item: { id: deps.newId(), name: file.name, bytes: file.size },
    }));
    library.add(entries.map(({ item, origin }) => ({ ...item, status: 'reading', done: 0, total: item.bytes, unit: 'bytes', origin })));
    return entries;
  }

  async function read(sources: readonly Source[]): Promise<void> {
    await Promise.all(list(sources).map(({ file, origin, item }) => readOne(file, origin, item)));
  }

  async function readOne(
    file: File,
    origin: DocumentOrigin,
    item: { readonly id: string; readonly name: string; readonly bytes: number },
  ): Promise<void> {
    const { id } = item;
    try {
      const result = await documents.request('read', { id, path: file.name, source: { from: 'file', file } });
      if (result.kind !== 'document') throw new Error('Archives are not opened yet.');
      const { document } = result;
      await library.change(id, () => ({ ...item, name: document.info.name, status: 'ready', document, origin }));
      alerts.withdraw(NOTHING_TO_READ);
    } catch (reason) {
      // A file removed while it was read is no longer in the list: nothing to say.
      if (!library.getState().items.some((candidate) => candidate.id === id)) return;
      const message = sentence(reason);
      await library.change(id, () => ({ ...item, status: 'failed', message }));
      alerts.raise(`${file.name || 'A file without a name'}: ${message}`);
    }
  }

  return {
    read,

    async addFiles(files) {
      const entries = list(files.map((file) => ({ file, origin: PERSON })));
      const reading: Promise<void>[] = [];
      const look = async ({ file, origin, item }: (typeof entries)[number]) => {
        const opens = await isTrajectory(file);
        // It may have been removed in the meantime.
        if (!library.getState().items.some(({ id }) => id === item.id)) return;
        if (opens) library.setState(({ items }) => ({ items: items.filter(({ id }) => id !== item.id) }));
        reading.push(opens ? openTrajectory(file) : readOne(file, origin, item));
      };
      // To look into a thousand files at once blocks the page for a second.
      const left = entries.values();
      const lookOn = async () => {
        for (const entry of left) await look(entry);
      };
      await Promise.all(Array.from({ length: LOOKED_INTO_AT_ONCE }, lookOn));
      await Promise.all(reading);
    },

    async addFolder(_title, files) {
      await read(files.map(({ file }) => ({ file, origin: PERSON })));
    },

    answerSurvey() {
      deps.survey.setState({ survey: null });
    },

    async addAddress(url) {
      alerts.raise(`${url} is not fetched yet.`);
    },

    async addText(text) {
      const name = `${text.trim().split(/\s+/u).slice(0, 6).join(' ').slice(0, 48) || 'Pasted'}.txt`;
      await read([{ file: new File([text], name, { type: 'text/plain' }), origin: PERSON }]);
    },

    removeDocument(id) {
      const item = library.getState().items.find((candidate) => candidate.id === id);
      library.setState(({ items }) => ({ items: items.filter((candidate) => candidate !== item) }));
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
        await read(files.map((file, at) => ({ file, origin: { from: 'sample', sample, file: at } })));
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
