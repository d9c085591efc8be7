/// <reference types="vite/client" />

/** pdf.js itself. */
export type PdfJs = typeof import('pdfjs-dist/legacy/build/pdf.mjs');

/** pdf.js, and what it needs to work where we are. */
export interface PdfLibrary {
  readonly pdfjs: PdfJs;
  /** A thread for one file. Null where there are no workers: pdf.js then works on this thread. */
  readonly newWorker: (() => Worker) | null;
  /** Where its folders `cmaps/`, `standard_fonts/`, `wasm/` and `iccs/` are, ending in a slash; null where nowhere. */
  readonly assets: string | null;
}

/**
 * Loads pdf.js: its `legacy` build, because the other one calls what only browsers of the last
 * months have (`Map.prototype.getOrInsertComputed`, `Math.sumPrecise`, `URL.parse`), while
 * `build.target` in vite.config.ts begins with Chrome 123, Firefox 128 and Safari 17.5. Its worker
 * stays a worker of its own: imported into ours it would take over our messages.
 */
export async function loadPdfLibrary(): Promise<PdfLibrary> {
  const pdfjs = await import('pdfjs-dist/legacy/build/pdf.mjs');
  if (typeof Worker === 'undefined') return { pdfjs, newWorker: null, assets: null };
  // Built, this code lies in assets/, and the folder beside it, under whatever path the app is.
  const folder = `pdf-${pdfjs.version}/`;
  const here = import.meta.url;
  const assets = new URL(import.meta.env.DEV ? `/assets/${folder}` : folder, here).href;
  return { pdfjs, newWorker, assets };
}

const newWorker = (): Worker =>
  new Worker(new URL('pdfjs-dist/legacy/build/pdf.worker.min.mjs', import.meta.url), { type: 'module', name: 'pdf' });
