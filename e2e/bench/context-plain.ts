import { createServer } from 'node:http';
import type { Browser, Page } from '@playwright/test';

/** What plain JavaScript in a worker of an empty page makes of the same file: V8 without us. */
export interface PlainPage {
  /** Reads and decodes the file as a stream, keeping nothing: milliseconds and UTF-16 code units. */
  read(): Promise<{ readonly ms: number; readonly chars: number }>;
  /** Decodes the file into one string, which `run` searches as `context`. */
  load(): Promise<void>;
  /** Runs code over `context`, with `print` and a plain `grep`. */
  run(code: string): Promise<PlainRun>;
  /**
   * Runs code over every piece of the file in turn, read and decoded on the way and cut at line
   * ends, and adds up the numbers that it prints.
   */
  scan(code: string): Promise<PlainRun>;
  close(): Promise<void>;
}

export interface PlainRun {
  readonly ms: number;
  readonly printed: string;
}

/** Opens an empty page of a server of its own in `browser`, with a worker that has the file. */
export async function openPlainPage(browser: Browser, path: string): Promise<PlainPage> {
  const bodies: Readonly<Record<string, readonly [type: string, body: string]>> = {
    '/': ['text/html', '<!doctype html><title>plain</title><link rel="icon" href="data:,"><input type="file">'],
    '/worker.js': ['text/javascript', `(${plainWorker.toString()})();`],
  };
  const server = createServer((request, response) => {
    const [type, body] = bodies[request.url ?? ''] ?? ['text/plain', ''];
    response.writeHead(200, { 'content-type': type }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The plain page has no port.');
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${address.port}/`);
  await page.locator('input').setInputFiles(path);
  await page.evaluate(startWorker);
  const ask = <Result>(what: string, code = ''): Promise<Result> => askWorker<Result>(page, what, code);
  return {
    read: () => ask('read'),
    load: () => ask('load'),
    run: (code) => ask('run', code),
    scan: (code) => ask('scan', code),
    close: async () => {
      await page.close();
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
    },
  };
}

interface PlainWindow {
  ask?: (what: string, code: string) => Promise<unknown>;
}

/** In the page: a worker that is handed the chosen file, and a way to ask it. */
function startWorker(): void {
  const worker = new Worker('/worker.js');
  worker.postMessage({ file: document.querySelector('input')?.files?.[0] });
  (window as PlainWindow).ask = (what, code) =>
    new Promise((resolve, reject) => {
      const answered = ({ data }: MessageEvent<{ error?: string; result?: unknown }>) =>
        data.error === undefined ? resolve(data.result) : reject(new Error(data.error));
      worker.addEventListener('message', answered, { once: true });
      worker.postMessage({ what, code });
    });
}

async function askWorker<Result>(page: Page, what: string, code: string): Promise<Result> {
  const asked = page.evaluate(([to, text]) => (window as PlainWindow).ask?.(to, text), [what, code] as const);
  return (await asked) as Result;
}

/** In the worker, which gets it as source text: uses nothing of this module. */
function plainWorker(): void {
  interface Scope {
    readonly FileReaderSync: new () => { readAsArrayBuffer(blob: Blob): ArrayBuffer };
  }
  const PIECE = 16 * 1024 * 1024;
  let file = new Blob();
  let text = '';

  function grep(pattern: RegExp | string, options: { limit?: number } = {}) {
    const limit = options.limit ?? 100;
    const expression = typeof pattern === 'string' ? new RegExp(pattern, 'g') : new RegExp(pattern.source, `${pattern.flags.replace('g', '')}g`);
    const found: object[] = [];
    let line = 1;
    let counted = 0;
    for (const match of text.matchAll(expression)) {
      if (found.length >= limit) break;
      for (let at = text.indexOf('\n', counted); at !== -1 && at < match.index; at = text.indexOf('\n', counted)) {
        line += 1;
        counted = at + 1;
      }
      const end = match.index + match[0].length;
      const before = text.slice(Math.max(0, match.index - 80), match.index);
      found.push({ document: 0, index: match.index, line, text: match[0], before, after: text.slice(end, end + 80) });
    }
    return found;
  }

  async function read() {
    const started = performance.now();
    const decoder = new TextDecoder();
    const reader = file.stream().getReader();
    let chars = 0;
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      chars += decoder.decode(part.value, { stream: true }).length;
    }
    return { ms: performance.now() - started, chars: chars + decoder.decode().length };
  }

  function run(code: string) {
    const printed: unknown[] = [];
    // oxlint-disable-next-line typescript/no-implied-eval -- it runs the very text that a cell runs
    const body = new Function('context', 'print', 'grep', code);
    const started = performance.now();
    body(text, (value: unknown) => printed.push(value), grep);
    return { ms: performance.now() - started, printed: printed.join('\n') };
  }

  function scan(code: string) {
    const { FileReaderSync } = globalThis as unknown as Scope;
    const reader = new FileReaderSync();
    const decoder = new TextDecoder();
    // oxlint-disable-next-line typescript/no-implied-eval -- it runs the very text that a cell runs
    const body = new Function('context', 'print', code);
    let sum = 0;
    const started = performance.now();
    for (let from = 0; from < file.size; ) {
      const bytes = new Uint8Array(reader.readAsArrayBuffer(file.slice(from, from + PIECE)));
      const piece = bytes.subarray(0, bytes.lastIndexOf(10) + 1);
      body(decoder.decode(piece), (value: unknown) => (sum += Number(value)));
      from += piece.length;
    }
    return { ms: performance.now() - started, printed: String(sum) };
  }

  addEventListener('message', ({ data }: MessageEvent<{ file?: Blob; what?: string; code?: string }>) => {
    if (data.file) {
      file = data.file;
      return;
    }
    const { what, code = '' } = data;
    const work = async () => {
      if (what === 'read') return read();
      if (what === 'run') return run(code);
      if (what === 'scan') return scan(code);
      text = new TextDecoder().decode(await file.arrayBuffer());
      return null;
    };
    work().then(
      (result) => postMessage({ result }),
      (error: unknown) => postMessage({ error: String(error) }),
    );
  });
}
