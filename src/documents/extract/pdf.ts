import { UnreadableFile } from '../unreadable-file.ts';
import { readAttachmentNames, readLabels, readTitles } from './pdf-facts.ts';
import { loadPdfLibrary, type PdfLibrary } from './pdf-library.ts';
import { pdfNotice } from './pdf-notice.ts';
import { openPdf } from './pdf-open.ts';
import { composePage, writtenPage } from './pdf-page-text.ts';
import { PageQueue, type PageQueueOptions } from './pdf-page-queue.ts';
import type { Extractor } from './extractor.ts';

export interface PdfExtractorOptions {
  readonly library: () => Promise<PdfLibrary>;
  /** Milliseconds that one page may take before it is given up. */
  readonly pageMs: number;
}

/** Pages in a row that fail before the rest is not tried: the tree of pages is made up. */
const MOST_FAILED_IN_A_ROW = 500;
/** Threads that one file may lose to pages that do not end. */
const MOST_SLOW = 4;

const SHAPE =
  'Pages begin with a line “=== page N ===” (“=== page N (label) ===” where it is numbered otherwise); an empty line ' +
  'parts paragraphs, a tab columns of tables; titles of the table of contents are Markdown headings; “[comment] …”, ' +
  '“[field name] …” and “[x] …” are comments and filled form fields.';

/** An extractor of PDF over a pdf.js that is loaded in some way. */
export function createPdfExtractor({ library, pageMs }: PdfExtractorOptions): Extractor {
  return async (file, { name, out, signal, onProgress }) => {
    const called = `“${name}”`;
    const loaded = await library();
    const open: PageQueueOptions['open'] = () => openPdf(loaded, file, { called, signal });
    const first = await open();
    const queue = new PageQueue({ open, first, pageMs, signal, titles: () => readTitles(first.document, signal) });
    try {
      const pages = first.document.numPages;
      onProgress(0, pages, 'pages');
      const labels = await readLabels(first.document, signal);
      await queue.begin();
      const empty: number[] = [];
      const failed: number[] = [];
      const slow: number[] = [];
      const cut: number[] = [];
      const unnamed: number[] = [];
      let failedInARow = 0;
      let stoppedAt: number | null = null;
      for (let number = 1; number <= pages; number++) {
        const read = await queue.next();
        const label = labels?.[number - 1];
        const part = { kind: 'page', number, ...(label !== undefined && label !== '' && label !== String(number) && { label }) } as const;
        out.part(part);
        failedInARow = read.kind === 'failed' ? failedInARow + 1 : 0;
        const text = read.kind === 'read' ? composePage(read.page.input).text : '';
        out.write(writtenPage(part, text));
        if (read.kind !== 'read') (read.kind === 'failed' ? failed : slow).push(number);
        else if (text === '') empty.push(number);
        if (read.kind === 'read' && read.page.cut) cut.push(number);
        if (read.kind === 'read' && read.page.unnamed && text !== '') unnamed.push(number);
        onProgress(number, pages, 'pages');
        if (failedInARow >= MOST_FAILED_IN_A_ROW || slow.length >= MOST_SLOW || queue.isLost) {
          if (number < pages) stoppedAt = number + 1;
          break;
        }
      }
      const unread = failed.length + slow.length;
      if (empty.length + unread >= (stoppedAt === null ? pages : stoppedAt - 1)) {
        throw new UnreadableFile(nothingIn(called, pages, unread));
      }
      const attachments = queue.isLost ? null : await readAttachmentNames(queue.document, signal);
      const notice = pdfNotice({ pages, empty, failed, slow, cut, unnamed, stoppedAt, attachments }, pageMs / 1000);
      return { pages, shape: SHAPE, notice };
    } finally {
      queue.close();
    }
  };
}

function nothingIn(called: string, pages: number, unread: number): string {
  if (unread > 0) {
    return `${called} has no page that could be read: it is damaged; open it in a PDF program, save it anew and add that.`;
  }
  const all = pages === 1 ? 'Its only page has' : `All ${pages.toLocaleString('en')} pages have`;
  return `${called} has no text: ${all.replace(/^A/, 'a').replace(/^I/, 'i')} none (a scan?), and there is no OCR here; add a text layer with an OCR program first.`;
}

/** Reads the text of a PDF, page by page, in threads of its own. */
export const extractPdf: Extractor = createPdfExtractor({ library: loadPdfLibrary, pageMs: 30_000 });
