import type { SurveyEntry } from '../../documents/survey.ts';
import type { LogEvent, TrajectoryEvent } from '../../trajectory/events.ts';
import type { DocumentNotice, EngineNotice, ReadFile, ReadResult, ReadSource } from '../../worker/protocol.ts';
import { createAlertsStore } from '../alerts-store.ts';
import type { DocumentsClient, EngineClient } from '../app.ts';
import { createCommands } from '../create-commands.ts';
import { createDeskStore } from '../desk-store.ts';
import { createKeptStore } from '../kept-store.ts';
import type { Kept } from '../kept.ts';
import { createLibraryStore } from '../library-store.ts';
import { createRunsStore } from '../runs-store.ts';
import { createSettingsStore } from '../settings-store.ts';
import { createSourceStore } from '../source-store.ts';
import { createSurveyStore } from '../survey-store.ts';

/** What a test may say of the desk it wants. */
export interface DeskOptions {
  /** Absent where the browser keeps nothing. */
  readonly kept?: Kept;
  readonly storage?: Pick<Storage, 'getItem' | 'setItem'>;
}

let visits = 0;

/** Commands over real stores and workers that answer as told. */
export function desk({ kept, storage = { getItem: () => null, setItem: () => undefined } }: DeskOptions = {}) {
  const asked: { method: string; params: unknown }[] = [];
  /** What is being read, by the path it was asked for under, or by its address. */
  const reading = new Map<
    string,
    { id: string; resolve: (result: ReadResult) => void; reject: (e: Error) => void; source: ReadSource; file: File }
  >();
  const listeners = {
    engine: [] as ((notice: EngineNotice) => void)[],
    documents: [] as ((notice: DocumentNotice) => void)[],
    leave: [] as (() => void)[],
  };
  const answers = new Map<string, (params: unknown) => unknown>([
    ['start', () => null],
    ['stop', () => null],
    ['cancel', () => null],
    ['closeArchive', () => null],
    ['closePages', () => null],
    ['hashed', () => null],
    ['setKey', () => ({ present: true, remembered: false })],
    ['keyState', () => ({ present: false, remembered: false })],
  ]);
  const request = (method: string, params: unknown) => {
    asked.push({ method, params });
    if (method === 'read') {
      const { id, source, path } = params as ReadFile;
      const unpacked = source.from === 'file' ? source.file : new File([`text of ${path}`], path, { lastModified: 1 });
      const name = source.from === 'url' ? source.url : path;
      return new Promise((resolve, reject) => reading.set(name, { id, resolve, reject, source, file: unpacked }));
    }
    return Promise.resolve().then(() => answers.get(method)?.(params));
  };
  // The fake answers every method; its loose types stand for both typed clients.
  const engine = {
    request,
    notify: () => undefined,
    onNotice: (listener: (notice: EngineNotice) => void) => void listeners.engine.push(listener),
    fail: () => undefined,
  } as unknown as EngineClient;
  const documents = {
    ...engine,
    onNotice: (listener: (notice: DocumentNotice) => void) => void listeners.documents.push(listener),
  } as unknown as DocumentsClient;
  const stores = {
    desk: createDeskStore(),
    library: createLibraryStore(),
    settings: createSettingsStore(storage),
    runs: createRunsStore(),
    alerts: createAlertsStore(),
    kept: createKeptStore(),
    survey: createSurveyStore(),
    source: createSourceStore(),
  };
  let id = 0;
  const visit = ++visits;
  const commands = createCommands({
    ...stores,
    engine,
    documents,
    samples: [{ id: 's', title: 'S', description: '', question: 'How many?', tokens: 10 }],
    appVersion: 'matryoshka@test',
    now: () => Date.UTC(2026, 0, 1),
    newId: () => `${visit}-${++id}`,
    loadKept: () => (kept ? Promise.resolve(kept) : Promise.reject(new Error('This browser keeps nothing.'))),
    onLeave: (listener) => void listeners.leave.push(listener),
    persist: () => undefined,
  });
  const take = (name: string) => {
    const entry = reading.get(name);
    if (!entry) throw new Error(`${name} is not being read`);
    reading.delete(name);
    return entry;
  };
  const finishReading = (name: string, sha256 = '', called = name) => {
    const { id, file, resolve } = take(name);
    const info = { id, name: called, kind: 'text', chars: file.size, lines: 1, bytes: file.size, sha256 };
    const text = { blob: file, encoding: 'utf-8', skip: 0, index: null } as const;
    resolve({ kind: 'document', document: { info, text, notice: null } });
  };
  /** It was a PDF of one page, whose text is longer than it. */
  const finishExtracting = (name: string, sha256 = '') => {
    const { id, file, resolve } = take(name);
    const blob = new Blob([`=== page 1 ===\ntext of ${name}`]);
    const info = { id, name, kind: 'pdf', chars: blob.size, lines: 2, bytes: file.size, sha256, pages: 1 };
    const parts = [{ kind: 'page', number: 1, from: 0 }] as const;
    const text = { blob, encoding: 'utf-8', skip: 0, index: null } as const;
    resolve({ kind: 'document', document: { info, text, notice: null, parts, original: file } });
  };
  /** It was an archive of these. */
  const finishOpening = (name: string, entries: readonly SurveyEntry[], path = name) =>
    take(name).resolve({ kind: 'archive', path, listing: { kind: 'zip', entries } });
  // What a log holds of unknown types reaches the page the same way.
  const say = (run: string, batch: readonly LogEvent[]) =>
    listeners.engine.forEach((listener) => listener({ kind: 'events', run, batch: batch as TrajectoryEvent[] }));
  const notice = (said: DocumentNotice) => listeners.documents.forEach((listener) => listener(said));
  const leave = () => listeners.leave.forEach((listener) => listener());
  const sentences = () => stores.alerts.getState().alerts.map(({ text }) => text);
  const requests = (method: string) => asked.filter((one) => one.method === method).map(({ params }) => params);
  return { ...stores, engine, commands, asked, requests, answers, reading, finishReading, finishExtracting, finishOpening, say, notice, leave, sentences };
}

export const file = (name: string, text = 'some text') => new File([text], name, { lastModified: 1 });

/** Lets everything that is ready to happen happen. */
export async function settled(): Promise<void> {
  for (let round = 0; round < 3; round++) await new Promise((resolve) => setTimeout(resolve, 0));
}
