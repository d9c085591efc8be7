import { hashBlob } from '../../documents/digest.ts';
import type { SourceDocument } from '../../documents/document.ts';
import { findInDocument } from '../../documents/find-in-document.ts';
import { lineStart } from '../../documents/line-start.ts';
import { placeOf } from '../../documents/place-of.ts';
import { readText } from '../../documents/read-text.ts';
import { RECIPES, generateFiles } from '../../documents/samples/generate.ts';
import { sliceText } from '../../documents/text-slice.ts';
import type { DocumentMethods, DocumentNotice, ReadResult } from '../protocol.ts';
import { type Channel, serve } from '../rpc.ts';
import { createLanes } from './lanes.ts';
import { throttleProgress } from './progress-notices.ts';

/** Files read at once. More would not be faster, and each may hold up to 64 MB. */
const READERS = 3;

/** Slices cut at once; a person scrolling asks for a few. */
const CUTTERS = 8;

/**
 * Answers `DocumentMethods` on a channel: reads dropped files, writes samples, cuts slices. Files
 * that were too large to be hashed while they were read are hashed afterwards, one at a time and
 * only while nothing else is being read.
 */
export function serveDocuments(channel: Channel): void {
  const readers = createLanes(READERS);
  const cutters = createLanes(CUTTERS);
  const hasher = createLanes(1);
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
  const progressOf = (id: string, signal: AbortSignal): ((done: number, total: number) => void) =>
    throttleProgress((done, total) => {
      if (!signal.aborted) server.notify({ kind: 'progress', id, done, total, unit: 'bytes' });
    });
  const othersDone = async (): Promise<void> => {
    // Lets messages in: a slice that is asked for comes in half the time.
    await new Promise((resolve) => setTimeout(resolve, 0));
    await cutters.idle();
    await readers.idle();
  };
  /** Never rejects: a file that has gone or was removed is left without a hash. */
  const hash = async ({ info: { id }, text }: SourceDocument): Promise<void> => {
    try {
      const sha256 = await cancellable(id, (signal) =>
        hasher.run(() => hashBlob(text.blob, signal, othersDone), signal),
      );
      server.notify({ kind: 'hashed', id, sha256 });
    } catch {
      // The page was told nothing, so it goes on with the empty hash it has.
    }
  };

  const server = serve<DocumentMethods, DocumentNotice, never>(channel, {
    async read({ id, source }): Promise<ReadResult> {
      if (source.from !== 'file') throw new Error('Only files are read yet.');
      const { file } = source;
      const document = await cancellable(id, (signal) => {
        const tell = progressOf(id, signal);
        const onProgress = (done: number): void => tell(done, file.size);
        return readers.run(() => readText(file, { id, signal, onProgress }), signal);
      });
      if (document.info.sha256 === '') void hash(document);
      return { kind: 'document', document };
    },
    closeArchive: () => null,
    survey: () => [],
    place: ({ document, offset }) => cutters.run(() => placeOf(document, offset), new AbortController().signal),
    lineStart: ({ document, line }) => cutters.run(() => lineStart(document, line), new AbortController().signal),
    find: ({ id, document, query, matchCase, limit }) =>
      cancellable(id, (signal) =>
        cutters.run(() => findInDocument(document, query, { matchCase, limit, signal }), signal),
      ),
    page: () => {
      throw new Error('There are no pages yet.');
    },
    closePages: () => null,
    cancel({ id }) {
      busy.get(id)?.abort();
      return null;
    },
    sample({ id, sample }) {
      const recipe = RECIPES[sample];
      if (!recipe) throw new Error(`There is no sample “${sample}”.`);
      return cancellable(id, (signal) =>
        readers.run(() => generateFiles(recipe, { signal, onProgress: progressOf(id, signal) }), signal),
      );
    },
    slice: ({ document, from, to }) =>
      cutters.run(() => sliceText(document, from, to), new AbortController().signal),
  });
}
