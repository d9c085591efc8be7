import { loadExtractor } from '../../documents/extract/extractors.ts';
import { createTextWriter } from '../../documents/extract/text-writer.ts';
import { type Channel, Moved, serve } from '../rpc.ts';
import { createPages, type OpenPages } from './extract-pages.ts';
import type { ExtractMethods, ExtractNotice } from './extract-protocol.ts';
import { throttleProgress } from './progress-notices.ts';

const openPdf: OpenPages = async (file) => {
  const { openPdfPages } = await import('../../documents/pages/pdf-pages.ts');
  return openPdfPages(file);
};

/** Answers `ExtractMethods` on a channel. Nothing in here is ever stopped: the worker is ended. */
export function serveExtract(
  channel: Channel,
  load: typeof loadExtractor = loadExtractor,
  openPages: OpenPages = openPdf,
): void {
  const { signal } = new AbortController();
  const draw = createPages(openPages);
  const server = serve<ExtractMethods, ExtractNotice, never>(channel, {
    async extract({ file, name, kind }) {
      const onProgress = throttleProgress((done, total, unit) =>
        server.notify({ kind: 'progress', done, total, unit }),
      );
      const out = createTextWriter(name);
      const extract = await load(kind);
      const extracted = await extract(file, { name, kind, out, signal, onProgress });
      return { ...extracted, text: out.finish(), parts: out.parts };
    },
    async page(request) {
      const page = await draw(request);
      return new Moved(page, [page.bitmap]);
    },
  });
}
