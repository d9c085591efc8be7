import { UnreadableFile } from '../unreadable-file.ts';
import { markerLine } from '../extract/marker.ts';
import { readTitles } from '../extract/pdf-facts.ts';
import { loadPdfLibrary } from '../extract/pdf-library.ts';
import { openPdf, type OpenPdf } from '../extract/pdf-open.ts';
import { composePage, writtenPage } from '../extract/pdf-page-text.ts';
import { readPage } from '../extract/pdf-read-page.ts';
import { within } from '../extract/pdf-within.ts';
import { LONGEST_SIDE, scaleFor, WorkerCanvasFactory, WorkerFilterFactory } from './page-canvas.ts';
import { boxesOf, type MeasureText, type PageBox, type PageFrame } from './page-boxes.ts';
import type { DocumentPart } from '../document.ts';
import type { PdfTitle } from '../extract/pdf-items.ts';
import type { PdfTitles } from '../extract/pdf-outline.ts';
import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';

export interface PageDrawing {
  /** From 1. */
  readonly page: number;
  /** Pixels of the picture across; bounded, as its height is. */
  readonly width: number;
  /** Passages to be marked: code units [from, to) of the document's text. */
  readonly marks: readonly { readonly from: number; readonly to: number }[];
  /** The document's parts, as they were told when its text was extracted. */
  readonly parts: readonly DocumentPart[];
}

export interface DrawnPage {
  readonly bitmap: ImageBitmap;
  readonly pages: number;
  /** Boxes of the passages on it, as shares of its width and height; `mark` is the number in `marks`. */
  readonly boxes: readonly PageBox[];
  /** CSS pixels across at its printed size. */
  readonly printedWidth?: number;
}

export interface PdfPages {
  readonly pages: number;
  /**
   * @throws UnreadableFile in one sentence, where the page cannot be drawn.
   */
  draw(request: PageDrawing): Promise<DrawnPage>;
  /** Lets go of the file; what is being drawn rejects. */
  close(): void;
}

type RenderContext = Parameters<PDFPageProxy['render']>[0]['canvasContext'];

/** Milliseconds that drawing one page may take. */
const DRAW_MS = 30_000;

/**
 * Opens a PDF to look at its pages; only in a worker, or where there are workers to be had.
 * @throws UnreadableFile in one sentence.
 */
export async function openPdfPages(file: Blob): Promise<PdfPages> {
  const library = await loadPdfLibrary();
  const closed = new AbortController();
  const { signal } = closed;
  const open = (): Promise<OpenPdf> =>
    openPdf(library, file, {
      called: 'The file',
      signal,
      factories: { CanvasFactory: WorkerCanvasFactory, FilterFactory: WorkerFilterFactory },
    });
  const first = await open();
  const pages = first.document.numPages;
  let pdf: OpenPdf | null = first;
  let titles: PdfTitles | null = null;
  let last: Promise<unknown> = Promise.resolve();

  const draw = async ({ page, width, marks, parts }: PageDrawing): Promise<DrawnPage> => {
    signal.throwIfAborted();
    pdf ??= await open();
    const { document } = pdf;
    if (marks.length > 0) titles ??= await readTitles(document, signal);
    const drawing = drawPage(document, { page, width, marks, parts }, titles?.get(page) ?? []);
    const drawn = await within(drawing, DRAW_MS, signal).catch((error: unknown) => {
      signal.throwIfAborted();
      const why = error instanceof Error ? error.message : String(error);
      throw new UnreadableFile(`Page ${page} could not be drawn (${why}): read the text.`);
    });
    if (drawn !== 'late') return { ...drawn.value, pages };
    pdf.kill();
    pdf = null;
    throw new UnreadableFile(`Page ${page} could not be drawn in ${DRAW_MS / 1000} seconds: read the text.`);
  };

  return {
    pages,
    draw(request) {
      // One at a time: a page that is turned past costs no more memory than one that is looked at.
      const drawn = last.then(() => draw(request));
      last = drawn.catch(() => {});
      return drawn;
    },
    close() {
      closed.abort(new DOMException('The pages were closed.', 'AbortError'));
      pdf?.kill();
      pdf = null;
    },
  };
}

async function drawPage(
  document: PDFDocumentProxy,
  { page: number, width, marks, parts }: PageDrawing,
  titles: readonly PdfTitle[],
): Promise<Omit<DrawnPage, 'pages'>> {
  const page = await document.getPage(number);
  try {
    const natural = page.getViewport({ scale: 1 });
    const viewport = page.getViewport({ scale: scaleFor(natural, width) });
    const canvas = new OffscreenCanvas(
      Math.min(Math.max(Math.round(viewport.width), 1), LONGEST_SIDE),
      Math.min(Math.max(Math.round(viewport.height), 1), LONGEST_SIDE),
    );
    const canvasContext = canvas.getContext('2d', { alpha: false });
    if (!canvasContext) throw new Error('there is no memory for it');
    // pdf.js draws on what a worker has as well; its types know only the canvases of a page.
    const target = { canvas: null, canvasContext: canvasContext as unknown as RenderContext };
    await page.render({ ...target, viewport }).promise;
    const measure: MeasureText = (text, family) => {
      canvasContext.font = `16px ${family}`;
      return canvasContext.measureText(text).width;
    };
    const boxes = await boxesOn(document, { page: number, width, marks, parts }, titles, viewport, measure);
    return { bitmap: canvas.transferToImageBitmap(), boxes, printedWidth: (natural.width * 96) / 72 };
  } finally {
    page.cleanup();
  }
}

async function boxesOn(
  document: PDFDocumentProxy,
  { page, marks, parts }: PageDrawing,
  titles: readonly PdfTitle[],
  frame: PageFrame,
  measure: MeasureText,
): Promise<readonly PageBox[]> {
  const at = parts.findIndex((part) => part.kind === 'page' && part.number === page);
  const part = parts[at];
  if (!part || marks.length === 0) return [];
  const before = part.from + markerLine(part).length;
  const to = parts[at + 1]?.from;
  const onPage = marks.map((mark) => ({ from: mark.from - before, to: mark.to - before }));
  if (!onPage.some((mark) => mark.to > 0 && (to === undefined || mark.from < to - before))) return [];
  const { input } = await readPage(document, page, titles);
  // The extractor may have gone without the table of contents, where it took too long.
  for (const composed of [composePage(input), composePage({ ...input, titles: [] })]) {
    const isAsRead = to === undefined || writtenPage(part, composed.text).length === to - part.from;
    if (isAsRead) return boxesOf(composed.pieces, onPage, frame, measure);
  }
  return [];
}
