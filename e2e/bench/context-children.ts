import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from '@playwright/test';
import type { SourceDocument } from '../../src/documents/document.ts';
import type { Cell, ReplOptions } from '../../src/repl/port.ts';
import type { OpenedSession } from '../../src/worker/repl-protocol.ts';
import { ensureBrowser, launchOptions } from '../browser.ts';
import { writeLog } from './context-files.ts';
import type { ContextBench } from './context-part.ts';
import { figuresOf, median } from './figure.ts';
import { rendererMemory } from './process-memory.ts';

const figure = figuresOf('context');
const MEGABYTE = 1_000_000;
const PARENT_BYTES = 50 * MEGABYTE;
const CHILD_CHARS = 5 * MEGABYTE;
const CHILDREN = 20;
const START_MS = 10;
const RESIDENT_MB = 2;
const MEMORY_BYTES = 1024 ** 3;
const ASSETS = fileURLToPath(new URL('../../dist/assets', import.meta.url));

/**
 * Child REPLs over ranges of a parent's text, asked of the built REPL worker itself: a run's log
 * shows a child's start only behind the first reply of its model.
 */
export async function childrenPart({ appUrl, report, folder }: ContextBench): Promise<void> {
  const path = `${folder}/parent.log`;
  writeLog(path, PARENT_BYTES, 'ascii');
  const [worker, engine] = [/\brepl\.worker-.*\.js$/, /\.wasm$/].map((pattern) =>
    readdirSync(ASSETS).find((name) => pattern.test(name)),
  );
  if (worker === undefined || engine === undefined) throw new Error(`There is no REPL worker in ${ASSETS}.`);
  const assetUrl = (name: string) => new URL(`assets/${name}`, appUrl).href;
  const browser = await chromium.launch(launchOptions(ensureBrowser()));
  try {
    const page = await browser.newPage();
    await page.goto(appUrl);
    await page.evaluate(() => document.body.append(Object.assign(document.createElement('input'), { type: 'file', id: 'parent' })));
    await page.locator('#parent').setInputFiles(path);
    await startParent(page, assetUrl(worker), assetUrl(engine));

    const before = await settledMemory();
    const times = await startChildren(page);
    const after = await settledMemory();
    const open = times.map((each) => each.openMs);
    report(figure('child over 5 MB: start, median', median(open), 'ms', START_MS));
    report(figure(`child over 5 MB: start, longest of ${CHILDREN}`, Math.max(...open), 'ms', START_MS));
    report(figure('child over 5 MB: first cell, median', median(times.map((each) => each.cellMs)), 'ms', START_MS));
    if (before !== null && after !== null) {
      const each = (after - before) / CHILDREN / MEGABYTE;
      report(figure(`child over 5 MB: resident memory, each of ${CHILDREN} open`, each, 'MB', RESIDENT_MB));
    }
  } finally {
    await browser.close();
  }
}

type Ask = (method: string, params: unknown) => Promise<unknown>;
interface ChildrenWindow {
  askRepl?: Ask;
}

/** In the page: a REPL worker with the chosen file as its document, and a root session over it. */
async function startParent(page: Page, workerUrl: string, wasmUrl: string): Promise<void> {
  await page.evaluate(
    async ({ url, wasmUrl, memoryBytes }) => {
      const wasm = await WebAssembly.compileStreaming(fetch(wasmUrl));
      const worker = new Worker(url, { type: 'module' });
      let asked = 0;
      const ask: Ask = (method, params) =>
        new Promise((resolve, reject) => {
          const id = asked++;
          const heard = ({ data }: MessageEvent<{ rpc: string; id: number; ok: boolean; result: unknown; error?: Error }>) => {
            if (data.rpc !== 'answer' || data.id !== id) return;
            worker.removeEventListener('message', heard);
            if (data.ok) resolve(data.result);
            else reject(new Error(data.error?.message));
          };
          worker.addEventListener('message', heard);
          worker.postMessage({ rpc: 'request', id, method, params });
        });
      const file = document.querySelector<HTMLInputElement>('#parent')?.files?.[0];
      if (!file) throw new Error('There is no file.');
      const info = { id: 'parent', name: file.name, kind: 'text', chars: file.size, lines: 1, bytes: file.size, sha256: '' };
      const source: SourceDocument = { info, text: { blob: file, encoding: 'utf-8', skip: 0, index: null }, notice: null };
      await ask('begin', { documents: [source], wasm });
      const root: ReplOptions = { context: { kind: 'documents', ids: ['parent'] }, memoryBytes };
      await ask('open', root);
      (window as ChildrenWindow).askRepl = ask;
    },
    { url: workerUrl, wasmUrl, memoryBytes: MEMORY_BYTES },
  );
}

/** Opens the children one after the other and leaves them open; each runs one cell. */
async function startChildren(page: Page): Promise<{ readonly openMs: number; readonly cellMs: number }[]> {
  return page.evaluate(
    async ({ children, chars, memoryBytes }) => {
      const ask = (window as ChildrenWindow).askRepl;
      if (!ask) throw new Error('There is no parent.');
      const times: { openMs: number; cellMs: number }[] = [];
      for (let n = 0; n < children; n++) {
        const from = n * 2_000_003;
        const texts = [{ name: `part ${n}`, document: 'parent', from, to: from + chars }];
        const options: ReplOptions = { context: { kind: 'texts', single: true, texts }, memoryBytes };
        const started = performance.now();
        const { session } = (await ask('open', options)) as OpenedSession;
        const opened = performance.now();
        const budget = { calls: 1, tokens: null, usd: null, turns: 1, seconds: 1 };
        const code = `if (context.length !== ${chars}) throw new Error(context.length);`;
        const cell: Cell = { code, cpuMs: 10_000, budget, now: 0, seed: n };
        const { ok } = (await ask('run', { session, cell })) as { ok: boolean };
        if (!ok) throw new Error('A child has not the context it was given.');
        times.push({ openMs: opened - started, cellMs: performance.now() - opened });
      }
      return times;
    },
    { children: CHILDREN, chars: CHILD_CHARS, memoryBytes: MEMORY_BYTES },
  );
}

/** Renderer memory when it has stood still for a second, within 1 MB; null where there is no /proc. */
async function settledMemory(): Promise<number | null> {
  let last = rendererMemory();
  for (let tries = 0; tries < 20 && last !== null; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const now = rendererMemory();
    if (now !== null && Math.abs(now - last) < MEGABYTE) return now;
    last = now;
  }
  return last;
}
