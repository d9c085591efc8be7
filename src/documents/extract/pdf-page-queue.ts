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
  /** Pages before this one are read alone: one of them keeps the thread from the others. */
  #aloneBefore = 0;
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
    const number = this.#next++;
    const read = await this.#within(number);
    if (read !== 'late') return read.value;
    const wasAlone = this.#ahead.size === 0;
    await this.#reopen();
    if (wasAlone || this.#lost) return { kind: 'slow' };
    // It may be one of those behind it that does not end.
    this.#aloneBefore = number + AHEAD + 1;
    const again = await this.#within(number);
    if (again !== 'late') return again.value;
    await this.#reopen();
    return { kind: 'slow' };
  }

  /** A page, in the time that it may take from when all before it are there. */
  #within(number: number): Promise<{ readonly value: QueuedPage } | 'late'> {
    const { pageMs, signal } = this.#options;
    const reading = this.#ahead.get(number) ?? this.#read(number);
    this.#ahead.delete(number);
    const last = Math.min(number < this.#aloneBefore ? number : number + AHEAD, this.#open.document.numPages);
    for (let ahead = number + 1; ahead <= last; ahead++) {
      if (!this.#ahead.has(ahead)) this.#ahead.set(ahead, this.#read(ahead));
    }
    return within(reading, pageMs, signal);
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
