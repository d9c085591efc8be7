import { hashBlob } from '../../documents/digest.ts';
import type { SourceDocument } from '../../documents/document.ts';
import { findInDocument } from '../../documents/find-in-document.ts';
import { lineStart } from '../../documents/line-start.ts';
import { placeOf } from '../../documents/place-of.ts';
import { safePath } from '../../documents/archive/safe-path.ts';
import { fetchFile, type Fetching } from '../../documents/fetch-file.ts';
import { readFile } from '../../documents/read-file.ts';
import { RECIPES, generateFiles } from '../../documents/samples/generate.ts';
import { surveyFiles } from '../../documents/survey-files.ts';
import { sliceText } from '../../documents/text-slice.ts';
import type { DocumentMethods, DocumentNotice, ReadFile, ReadResult } from '../protocol.ts';
import { type Channel, Moved, serve } from '../rpc.ts';
import { createPageDrawer } from './extract-drawer.ts';
import { createExtractPool } from './extract-pool.ts';
import { type After, realAfter, type ThreadWorker } from './extract-thread.ts';
import { createLanes } from './lanes.ts';
import { createOpenArchives } from './open-archives.ts';
import { type TellProgress, throttleProgress } from './progress-notices.ts';

/** Files read at once. More would not be faster, and each may hold up to 64 MB. */
const READERS = 3;

/** Slices cut at once; a person scrolling asks for a few. */
const CUTTERS = 8;

/** What the documents worker is made of besides its own thread. */
export interface DocumentsHostParts {
  /** Starts a worker that extracts. */
  readonly spawn: () => ThreadWorker;
  /** Workers that extract at once, at most. */
  readonly extractors: number;
  readonly fetch: Fetching['fetch'];
  readonly after?: After;
}

/**
 * Answers `DocumentMethods` on a channel: reads dropped files, writes samples, cuts slices. What has
 * to be extracted goes to workers of their own, and so do pages to be drawn. Files that were too
 * large to be hashed while they were read are hashed afterwards, one at a time and only while nothing
 * else is being read.
 */
export function serveDocuments(channel: Channel, { spawn, extractors, fetch, after = realAfter }: DocumentsHostParts): void {
  const readers = createLanes(READERS);
  const cutters = createLanes(CUTTERS);
  const hasher = createLanes(1);
  const pool = createExtractPool({ spawn, most: extractors, after });
  const drawer = createPageDrawer(spawn, after);
  const archives = createOpenArchives();
  const busy = new Map<string, AbortController>();

  /** Runs `job` under `id`, so that `cancel` can end it. */
  const cancellable = async <T>(id: string, job: (signal: AbortSignal) => Promise<T>): Promise<T> => {
    const abort = new AbortController();
    busy.set(id, abort);
    try {
      return await job(abort.signal);
    } finally {
      if (busy.get(id) === abort) busy.delete(id);
    }
  };
  const progressOf = (id: string, signal: AbortSignal): TellProgress =>
    throttleProgress((done, total, unit) => {
      if (!signal.aborted) server.notify({ kind: 'progress', id, done, total, unit });
    });
  const othersDone = async (): Promise<void> => {
    // Lets messages in: a slice that is asked for comes in half the time.
    await new Promise((resolve) => setTimeout(resolve, 0));
    await cutters.idle();
    await readers.idle();
    await pool.idle();
  };
  /** Never rejects: a file that has gone or was removed is left without a hash. */
  const hash = async ({ info: { id }, text, original }: SourceDocument): Promise<void> => {
    try {
      const sha256 = await cancellable(id, (signal) =>
        hasher.run(() => hashBlob(original ?? text.blob, signal, othersDone), signal),
      );
      server.notify({ kind: 'hashed', id, sha256 });
    } catch {
      // The page was told nothing, so it goes on with the empty hash it has.
    }
  };

  /** The file that a document is read from, and what it is called. */
  const sourceOf = async (
    { path, source }: ReadFile,
    signal: AbortSignal,
    tell: TellProgress,
  ): Promise<{ readonly file: File; readonly path: string; readonly depth: number }> => {
    const onProgress = bytesOf(tell);
    switch (source.from) {
      case 'file':
        return { file: source.file, path, depth: 0 };
      case 'archive': {
        const { archive, depth } = archives.get(source.archive);
        const file = await readers.run(() => archive.unpack(source.entry, { signal, onProgress }), signal);
        return { file, path, depth };
      }
      case 'url': {
        const file = await fetchFile(source.url, { fetch, signal, onProgress });
        return { file, path: file.name, depth: 0 };
      }
    }
  };
  const read = async (wanted: ReadFile, signal: AbortSignal): Promise<ReadResult> => {
    const { id } = wanted;
    const onProgress = progressOf(id, signal);
    const { file, path, depth } = await sourceOf(wanted, signal, onProgress);
    const turn = <T>(job: () => Promise<T>): Promise<T> => readers.run(job, signal);
    const result = await readFile(file, { id, path, depth, signal, onProgress, extract: pool.extract, turn });
    if (result.kind === 'document') return result;
    const { archive, path: called } = result;
    archives.add(id, result);
    return { kind: 'archive', path: called, listing: archive.listing };
  };

  const server = serve<DocumentMethods, DocumentNotice, never>(channel, {
    async read(wanted) {
      const result = await cancellable(wanted.id, (signal) => read(wanted, signal));
      if (result.kind === 'document' && result.document.info.sha256 === '') void hash(result.document);
      return result;
    },
    closeArchive({ id }) {
      archives.close(id);
      return null;
    },
    survey: ({ id, files }) =>
      cancellable(id, (signal) =>
        readers.run(
          () => surveyFiles(files.map(({ file, path }) => ({ file, path: safePath(path) })), signal),
          signal,
        ),
      ),
    place: ({ document, offset }) => cutters.run(() => placeOf(document, offset), new AbortController().signal),
    lineStart: ({ document, line }) => cutters.run(() => lineStart(document, line), new AbortController().signal),
    find: ({ id, document, query, matchCase, limit }) =>
      cancellable(id, (signal) =>
        cutters.run(() => findInDocument(document, query, { matchCase, limit, signal }), signal),
      ),
    async page(request) {
      const view = await drawer.draw(request);
      return new Moved(view, [view.bitmap]);
    },
    closePages() {
      drawer.close();
      return null;
    },
    cancel({ id }) {
      busy.get(id)?.abort();
      return null;
    },
    sample({ id, sample }) {
      const recipe = RECIPES[sample];
      if (!recipe) throw new Error(`There is no sample “${sample}”.`);
      return cancellable(id, (signal) =>
        readers.run(() => generateFiles(recipe, { signal, onProgress: bytesOf(progressOf(id, signal)) }), signal),
      );
    },
    slice: ({ document, from, to }) =>
      cutters.run(() => sliceText(document, from, to), new AbortController().signal),
  });
}

const bytesOf =
  (tell: TellProgress) =>
  (done: number, total: number): void =>
    tell(done, total, 'bytes');
