import { UnreadableFile } from '../unreadable-file.ts';
import { rangeTransport } from './pdf-range.ts';
import { within } from './pdf-within.ts';
import type { PdfLibrary } from './pdf-library.ts';
import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** Bytes up to which a file is handed over as a whole; larger ones are read where they are needed. */
const WHOLE_FILE = 32 << 20;

/** Milliseconds that opening may take: a damaged file of 1 GB is searched from end to end. */
const OPEN_MS = 90_000;

/** Pixels of one picture that is drawn: a scan of A2 at 600 dpi. */
const MOST_PIXELS = 1 << 27;

/** A PDF that is open in a thread of its own. */
export interface OpenPdf {
  readonly document: PDFDocumentProxy;
  /** Ends its thread, whatever it does; what is pending never settles. */
  kill(): void;
}

/** What opening takes besides the file; factories draw where there is no page to draw on. */
export interface OpenPdfOptions {
  /** For sentences: «“a.pdf”». */
  readonly called: string;
  readonly signal: AbortSignal;
  readonly openMs?: number;
  readonly factories?: {
    readonly CanvasFactory: object;
    readonly FilterFactory: object;
  };
}

/**
 * @throws UnreadableFile in one sentence; the reason of `signal`.
 */
export async function openPdf(
  { pdfjs, newWorker, assets }: PdfLibrary,
  file: Blob,
  { called, signal, openMs = OPEN_MS, factories }: OpenPdfOptions,
): Promise<OpenPdf> {
  signal.throwIfAborted();
  let fail: (error: Error) => void = () => {};
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  const onGone = (): void => fail(new UnreadableFile(goneSentence(called)));
  const source =
    file.size <= WHOLE_FILE
      ? { data: new Uint8Array(await bytesOf(file, called)) }
      : { range: rangeTransport(pdfjs, file, onGone), rangeChunkSize: 1 << 20, disableStream: true, disableAutoFetch: true };
  signal.throwIfAborted();
  const thread = newWorker?.() ?? null;
  const worker = thread ? pdfjs.PDFWorker.create({ port: thread, verbosity: 0 }) : null;
  const task = pdfjs.getDocument({
    ...source,
    ...factories,
    ...(worker && { worker }),
    ...(assets !== null && {
      cMapUrl: `${assets}cmaps/`,
      standardFontDataUrl: `${assets}standard_fonts/`,
      wasmUrl: `${assets}wasm/`,
      iccUrl: `${assets}iccs/`,
    }),
    // In a worker there is no document to ask for its address.
    useWorkerFetch: thread !== null,
    isEvalSupported: false,
    disableFontFace: true,
    useSystemFonts: false,
    maxImageSize: MOST_PIXELS,
    verbosity: 0,
  });
  const kill = (): void => {
    thread?.terminate();
    task.destroy().catch(() => {});
    worker?.destroy();
  };
  try {
    thread?.addEventListener('error', () => fail(new Error('The thread of pdf.js failed.')));
    const opened = await within(Promise.race([task.promise, failed]), openMs, signal);
    if (opened === 'late') {
      throw new UnreadableFile(
        `${called} could not be opened in ${openMs / 1000} seconds: open it in a PDF program, save it anew and add that.`,
      );
    }
    return { document: opened.value, kill };
  } catch (error) {
    kill();
    signal.throwIfAborted();
    throw error instanceof UnreadableFile ? error : new UnreadableFile(sentenceFor(error, called));
  }
}

async function bytesOf(file: Blob, called: string): Promise<ArrayBuffer> {
  try {
    return await file.arrayBuffer();
  } catch {
    throw new UnreadableFile(goneSentence(called));
  }
}

const goneSentence = (called: string): string =>
  `${called} could not be read from the disk: it may have changed or gone; add it again.`;

function sentenceFor(error: unknown, called: string): string {
  const name = error instanceof Error ? error.name : '';
  switch (name) {
    case 'PasswordException':
      return `${called} is protected by a password: open it, save it without one and add that.`;
    case 'InvalidPDFException':
      return `${called} is damaged or no PDF: open it in a PDF program, save it anew and add that.`;
    default:
      return `${called} could not be opened as a PDF: open it in a PDF program, save it anew and add that.`;
  }
}
