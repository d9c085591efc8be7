import { titlesByPage, type PdfTitles } from './pdf-outline.ts';
import { within } from './pdf-within.ts';
import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** Milliseconds for what a file says of itself: without it, its pages are still read. */
const FACTS_MS = 10_000;
/** Less for its attachments: pdf.js unpacks them to name them, and they may be made to be huge. */
const ATTACHMENTS_MS = 3_000;

const FAILED = Symbol('failed');

/** @throws the reason of `signal` */
export async function readTitles(document: PDFDocumentProxy, signal: AbortSignal): Promise<PdfTitles> {
  return orElse(titlesByPage(document), new Map(), FACTS_MS, signal);
}

/**
 * Labels of the pages, null where there are none.
 * @throws the reason of `signal`
 */
export async function readLabels(document: PDFDocumentProxy, signal: AbortSignal): Promise<readonly string[] | null> {
  return orElse(document.getPageLabels(), null, FACTS_MS, signal);
}

/**
 * Names of the files that are embedded, null where they cannot be told. The last thing to ask: it may have to be given up.
 * @throws the reason of `signal`
 */
export async function readAttachmentNames(document: PDFDocumentProxy, signal: AbortSignal): Promise<readonly string[] | null> {
  const attachments: unknown = await orElse<unknown>(document.getAttachments(), FAILED, ATTACHMENTS_MS, signal);
  if (attachments === FAILED) return null;
  if (typeof attachments !== 'object' || attachments === null) return [];
  return Object.entries(attachments).map(([key, file]: [string, unknown]) =>
    typeof file === 'object' && file !== null && 'filename' in file && typeof file.filename === 'string'
      ? file.filename
      : key,
  );
}

async function orElse<T>(work: Promise<T>, otherwise: T, ms: number, signal: AbortSignal): Promise<T> {
  const done = await within(work.catch(() => otherwise), ms, signal);
  return done === 'late' ? otherwise : done.value;
}
