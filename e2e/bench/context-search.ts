import { chromium, type Browser } from '@playwright/test';
import { ensureBrowser, launchOptions } from '../browser.ts';
import { cellRuns, openBenchApp, type BenchApp } from './context-app.ts';
import { writeLog } from './context-files.ts';
import type { ContextBench } from './context-part.ts';
import { openPlainPage, type PlainPage } from './context-plain.ts';
import { LAZY_LINES, LAZY_SEARCHES, PLAIN_LINES, repeated, SEARCHES, type Search } from './context-searches.ts';
import { figuresOf, median } from './figure.ts';

const figure = figuresOf('context');
const MEGABYTE = 1_000_000;
const REAL_STRING_BYTES = 50 * MEGABYTE;
const ROUNDS = 5;

/** What models write over a text of 50 MB that is a real string, against V8 with the same string. */
export async function searchPart({ appUrl, report, folder }: ContextBench): Promise<void> {
  const path = `${folder}/real-string.log`;
  writeLog(path, REAL_STRING_BYTES, 'ascii');
  await overFile(appUrl, path, async (app, plain) => {
    await plain.load();
    for (const search of SEARCHES) {
      const { ours, theirs } = await sideBySide(app, search, 'cpuMs', ROUNDS, () => plain.run(repeated(search)));
      report(figure(`50 MB: ${search.name}`, ours / search.times, 'ms', theirs / search.times));
    }
  });
}

/**
 * Searches over the file of `--size` as `context`, against V8 that reads, decodes and searches the
 * same file piece by piece.
 */
export async function lazyPart({ appUrl, report, folder, size }: ContextBench): Promise<void> {
  for (const script of ['ascii', 'multi-byte'] as const) {
    const path = `${folder}/lazy-${script}.log`;
    writeLog(path, size, script);
    await overFile(appUrl, path, async (app, plain) => {
      const name = `${Math.round(size / MEGABYTE)} MB file, ${script}`;
      for (const search of LAZY_SEARCHES) {
        const { ours, theirs } = await sideBySide(app, search, 'wallMs', 1, () => plain.scan(`{\n${search.code}\n}`));
        report(figure(`${name}: ${search.name}`, ours, 'ms', theirs));
      }
      const lines = await sideBySide(app, LAZY_LINES, 'wallMs', 1, () => plain.scan(PLAIN_LINES));
      report(figure(`${name}: ${LAZY_LINES.name}`, lines.ours, 'ms', lines.theirs));
    });
  }
}

async function overFile(
  appUrl: string,
  path: string,
  body: (app: BenchApp, plain: PlainPage) => Promise<void>,
): Promise<void> {
  const browser: Browser = await chromium.launch(launchOptions(ensureBrowser()));
  try {
    const plain = await openPlainPage(browser, path);
    const app = await openBenchApp(browser, appUrl);
    await app.open(path);
    await body(app, plain);
    await app.close();
    await plain.close();
  } finally {
    await browser.close();
  }
}

/**
 * Medians of both sides, ours over the cells of one run, theirs before and after it.
 * @throws Error where a cell failed, or the two sides print different numbers.
 */
async function sideBySide(
  app: BenchApp,
  search: Search,
  time: 'cpuMs' | 'wallMs',
  rounds: number,
  plain: () => Promise<{ readonly ms: number; readonly printed: string }>,
): Promise<{ readonly ours: number; readonly theirs: number }> {
  const theirs = [await plain()];
  const cells = cellRuns(await app.run(Array.from({ length: rounds }, () => repeated(search)))).slice(0, rounds);
  for (let round = 1; round < Math.max(2, rounds); round++) theirs.push(await plain());
  for (const { error, printed } of cells) {
    if (error !== null) throw new Error(`${search.name}: the cell failed: ${error}`);
    const expected = theirs[0]?.printed;
    if (printed !== expected) throw new Error(`${search.name}: ${printed} in the cell, ${expected} in V8.`);
  }
  return { ours: median(cells.map((cell) => cell[time])), theirs: median(theirs.map(({ ms }) => ms)) };
}
