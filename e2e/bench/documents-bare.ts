import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from '@playwright/test';

/** What a library alone makes of a file. */
export interface BareResult {
  /** From the call to the end, loading the library included. */
  readonly ms: number;
  /** Pages or rows. */
  readonly count: number;
  readonly chars: number;
}

/** An empty page that has a file, and libraries from `node_modules` under `/`. */
export interface BareDocuments {
  readonly page: Page;
  /** pdf.js with a worker of its own, page after page; the text of each is dropped. */
  pdf(): Promise<BareResult>;
  /** The spreadsheet library, each sheet as tab-separated text. */
  sheets(): Promise<BareResult>;
  /** The bytes [from, to) inflated and decoded, keeping nothing. */
  inflate(from: number, to: number): Promise<BareResult>;
  close(): Promise<void>;
}

const MODULES = fileURLToPath(new URL('../../node_modules/', import.meta.url));
const TYPES: Readonly<Record<string, string>> = { '.mjs': 'text/javascript', '.js': 'text/javascript' };

export async function openBareDocuments(browser: Browser, path: string): Promise<BareDocuments> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://bare');
    if (pathname === '/') {
      response.writeHead(200, { 'content-type': 'text/html' });
      response.end('<!doctype html><title>bare</title><link rel="icon" href="data:,"><input type="file"><script>load = (path) => import(path)</script>');
      return;
    }
    readFile(`${MODULES}${pathname.slice(1)}`).then(
      (bytes) => response.writeHead(200, { 'content-type': TYPES[extname(pathname)] ?? 'application/octet-stream' }).end(bytes),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The bare page has no port.');
  const page = await browser.newPage();
  page.setDefaultTimeout(0);
  await page.goto(`http://127.0.0.1:${address.port}/`);
  await page.locator('input').setInputFiles(path);
  return {
    page,
    pdf: () => page.evaluate(readPdf),
    sheets: () => page.evaluate(readSheets),
    inflate: (from, to) => page.evaluate(inflate, [from, to] as const),
    close: async () => {
      await page.close();
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
    },
  };
}

/** The page has it: Vite, which compiles this, turns an `import()` here into a call of its own. */
interface BareWindow {
  readonly load: (path: string) => Promise<unknown>;
}

/** In the page: uses nothing of this module, as the two below. */
async function readPdf(): Promise<{ ms: number; count: number; chars: number }> {
  interface PdfPage {
    getTextContent(): Promise<{ items: readonly { readonly str?: string }[] }>;
    cleanup(): void;
  }
  interface PdfJs {
    GlobalWorkerOptions: { workerSrc: string };
    getDocument(source: object): {
      promise: Promise<{ numPages: number; getPage(page: number): Promise<PdfPage> }>;
      destroy(): Promise<void>;
    };
  }
  const file = document.querySelector('input')?.files?.[0] ?? new Blob();
  const started = performance.now();
  const pdfjs = (await (window as unknown as BareWindow).load('/pdfjs-dist/build/pdf.mjs')) as PdfJs;
  pdfjs.GlobalWorkerOptions.workerSrc = '/pdfjs-dist/build/pdf.worker.mjs';
  const loading = pdfjs.getDocument({ data: await file.arrayBuffer(), isEvalSupported: false });
  const pdf = await loading.promise;
  let chars = 0;
  for (let number = 1; number <= pdf.numPages; number++) {
    const page = await pdf.getPage(number);
    for (const { str = '' } of (await page.getTextContent()).items) chars += str.length;
    page.cleanup();
  }
  const ms = performance.now() - started;
  await loading.destroy();
  return { ms, count: pdf.numPages, chars };
}

async function readSheets(): Promise<{ ms: number; count: number; chars: number }> {
  interface Library {
    read(data: ArrayBuffer, options: object): { SheetNames: string[]; Sheets: Record<string, object> };
    readonly utils: { sheet_to_csv(sheet: object | undefined, options: object): string };
  }
  const file = document.querySelector('input')?.files?.[0] ?? new Blob();
  const started = performance.now();
  const { read, utils } = (await (window as unknown as BareWindow).load('/@e965/xlsx/xlsx.mjs')) as Library;
  const book = read(await file.arrayBuffer(), { dense: true });
  const texts = book.SheetNames.map((name) => utils.sheet_to_csv(book.Sheets[name], { FS: '\t' }));
  const ms = performance.now() - started;
  const text = texts.join('\n');
  return { ms, count: text.split('\n').length, chars: text.length };
}

async function inflate([from, to]: readonly [from: number, to: number]): Promise<{ ms: number; count: number; chars: number }> {
  const file = document.querySelector('input')?.files?.[0] ?? new Blob();
  const started = performance.now();
  const decoder = new TextDecoder();
  const reader = file.slice(from, to).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader();
  let chars = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    chars += decoder.decode(part.value, { stream: true }).length;
  }
  return { ms: performance.now() - started, count: 1, chars };
}
