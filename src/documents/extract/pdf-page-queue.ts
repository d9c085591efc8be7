import { readPage, type PdfPageRead } from './pdf-read-page.ts';
import { within } from './pdf-within.ts';
import type { OpenPdf } from './pdf-open.ts';
import type { PdfTitles } from './pdf-outline.ts';
import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** Pages that are asked for before they are needed, so that pdf.js never waits for us. */
const AHEAD = 8;

export type QueuedPage =
  | { readonly kind: 'read'; readonly page: PdfPageRead }
  | { readonly kind: 'failed' | 'slow' };

export interface PageQueueOptions {
  /** Opens the file anew, after a page that did not end. */
  readonly open: () => Promise<OpenPdf>;
  readonly first: OpenPdf;
  readonly titles: () => Promise<PdfTitles>;
  readonly pageMs: number;
  readonly signal: AbortSignal;
}

/** The pages of a file in their order, read a few ahead; one that does not end costs its thread, not the rest. */
export class PageQueue {
  readonly #options: PageQueueOptions;
  readonly #ahead = new Map<number, Promise<QueuedPage>>();
  #open: OpenPdf;
  #titles: PdfTitles = new Map();
  #next = 1;
  #lost = false;

  constructor(options: PageQueueOptions) {
    this.#options = options;
    this.#open = options.first;
  }

  /** The file could not be opened again: no more pages will come. */
  get isLost(): boolean {
    return this.#lost;
  }

  get document(): PDFDocumentProxy {
    return this.#open.document;
  }

  /** @throws the reason of the signal */
  async begin(): Promise<void> {
    this.#titles = await this.#options.titles();
  }

  /**
   * The next page, from the first on.
   * @throws the reason of the signal
   */
  async next(): Promise<QueuedPage> {
    const { pageMs, signal } = this.#options;
    const number = this.#next++;
    const last = Math.min(number + AHEAD, this.#open.document.numPages);
    for (let ahead = number; ahead <= last; ahead++) {
      if (!this.#ahead.has(ahead)) this.#ahead.set(ahead, this.#read(ahead));
    }
    const reading = this.#ahead.get(number);
    this.#ahead.delete(number);
    // Its time begins when all before it are there: it has the thread for itself then.
    const read = reading ? await within(reading, pageMs, signal) : null;
    if (read === null) return { kind: 'failed' };
    if (read !== 'late') return read.value;
    await this.#reopen();
    return { kind: 'slow' };
  }

  close(): void {
    this.#open.kill();
    this.#ahead.clear();
  }

  #read(number: number): Promise<QueuedPage> {
    return readPage(this.#open.document, number, this.#titles.get(number) ?? []).then(
      (page) => ({ kind: 'read', page }),
      () => ({ kind: 'failed' }),
    );
  }

  async #reopen(): Promise<void> {
    this.close();
    try {
      this.#open = await this.#options.open();
    } catch {
      this.#options.signal.throwIfAborted();
      this.#lost = true;
    }
  }
}
