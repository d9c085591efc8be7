import { fileURLToPath } from 'node:url';
import type { PdfLibrary } from '../extract/pdf-library.ts';

/** pdf.js on the thread of the test, with its fonts and character maps from the disk. */
export async function nodePdfLibrary(): Promise<PdfLibrary> {
  const pdfjs = await import('pdfjs-dist/legacy/build/pdf.mjs');
  const assets = fileURLToPath(new URL('../../../node_modules/pdfjs-dist/', import.meta.url));
  return { pdfjs, newWorker: null, assets };
}
