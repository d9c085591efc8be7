import type { SourceDocument } from '../../documents/document.ts';
import { readText } from '../../documents/read-text.ts';
import { RECIPES, generateFiles } from '../../documents/samples/generate.ts';
import { createTextSlices } from '../../documents/text-slice.ts';
import type { DocumentMethods, DocumentNotice } from '../protocol.ts';
import { type Channel, serve } from '../rpc.ts';
import { createLanes } from './lanes.ts';
import { throttleProgress } from './progress-notices.ts';

/** Files read at once. More would not be faster, and each may hold up to 64 MB. */
const READERS = 3;

/** Answers `DocumentMethods` on a channel: reads dropped files, writes samples, cuts slices. */
export function serveDocuments(channel: Channel): void {
  const lanes = createLanes(READERS);
  const slices = createTextSlices();
  const busy = new Map<string, AbortController>();

  /** Runs `job` under `id`, so that `cancel` can end it and its progress is told. */
  const cancellable = async <T>(
    id: string,
    job: (signal: AbortSignal, onProgress: (done: number, total: number) => void) => Promise<T>,
  ): Promise<T> => {
    const abort = new AbortController();
    busy.set(id, abort);
    const onProgress = throttleProgress((done, total) => {
      if (!abort.signal.aborted) server.notify({ kind: 'progress', id, done, total });
    });
    try {
      return await lanes.run(() => job(abort.signal, onProgress), abort.signal);
    } finally {
      if (busy.get(id) === abort) busy.delete(id);
    }
  };

  const server = serve<DocumentMethods, DocumentNotice, never>(channel, {
    read: ({ id, file }): Promise<SourceDocument> =>
      cancellable(id, (signal, onProgress) =>
        readText(file, { id, signal, onProgress: (done) => onProgress(done, file.size) }),
      ),
    cancel({ id }) {
      busy.get(id)?.abort();
      return null;
    },
    sample({ id, sample }) {
      const recipe = RECIPES[sample];
      if (!recipe) throw new Error(`There is no sample “${sample}”.`);
      return cancellable(id, (signal, onProgress) => generateFiles(recipe, { signal, onProgress }));
    },
    slice: ({ document, from, to }) => slices(document, from, to),
  });
}
