import { chromium } from '@playwright/test';
import { ensureBrowser, launchOptions } from '../browser.ts';
import { cellRuns, openBenchApp } from './context-app.ts';
import { MISS, NEEDLE, writeLog } from './context-files.ts';
import type { ContextBench } from './context-part.ts';
import { figuresOf, median } from './figure.ts';
import { browserMemory, rendererMemory } from './process-memory.ts';

const figure = figuresOf('context');
const MEGABYTE = 1_000_000;
const SLICES = 40;
const SLICE_MS = 20;
const GROWTH_MB = 400;

const SEARCHING = [
  `print(context.indexOf('${MISS}'));`,
  `print(context.match(/${MISS}|${NEEDLE}/g).length);`,
  `print(context.search(/${NEEDLE} id=\\d/));`,
  `print(grep(/${NEEDLE}/i)[0].line);`,
];

/** How much page and browser grow with the file open and searched, and how long slices take. */
export async function memoryPart({ appUrl, report, folder, size }: ContextBench): Promise<void> {
  const path = `${folder}/memory.log`;
  writeLog(path, size, 'ascii');
  const browser = await chromium.launch(launchOptions(ensureBrowser()));
  try {
    const app = await openBenchApp(browser, appUrl);
    const stop = watchMemory();
    await app.open(path);
    const cells = cellRuns(await app.run([...Array.from({ length: SLICES }, (_, n) => sliceCell(n)), ...SEARCHING]));
    const growth = stop();
    const failed = cells.find(({ error }) => error !== null);
    if (failed) throw new Error(`memory: a cell failed: ${failed.error}`);

    const name = `${Math.round(size / MEGABYTE)} MB file`;
    const times = cells.slice(0, SLICES).map(({ wallMs }) => wallMs);
    report(figure(`${name}: first slice at a random offset`, times[0] ?? NaN, 'ms', SLICE_MS));
    report(figure(`${name}: slice at a random offset, median of ${SLICES}`, median(times), 'ms', SLICE_MS));
    report(figure(`${name}: slice at a random offset, longest of ${SLICES}`, Math.max(...times), 'ms', SLICE_MS));
    if (growth) {
      report(figure(`${name}: growth of the page, peak`, growth.page.peak / MEGABYTE, 'MB', GROWTH_MB));
      report(figure(`${name}: growth of the page, at the end`, growth.page.end / MEGABYTE, 'MB', GROWTH_MB));
      report(figure(`${name}: growth of the browser, peak`, growth.browser.peak / MEGABYTE, 'MB', GROWTH_MB));
    }
    await app.close();
  } finally {
    await browser.close();
  }
}

function sliceCell(n: number): string {
  const fraction = ((n + 1) * 0.618_033_988) % 1;
  return `const from = Math.floor(context.length * ${fraction});\nprint(context.slice(from, from + 200).length);`;
}

export interface Growth {
  readonly peak: number;
  readonly end: number;
}

/** Samples from now on; the returned function ends that and tells bytes above now. */
export function watchMemory(): () => { readonly page: Growth; readonly browser: Growth } | null {
  const sample = () => ({ page: rendererMemory() ?? NaN, browser: browserMemory() ?? NaN });
  const before = sample();
  const seen = [before];
  const timer = setInterval(() => seen.push(sample()), 250);
  return () => {
    clearInterval(timer);
    const end = sample();
    seen.push(end);
    if (Number.isNaN(before.page)) return null;
    const growth = (of: 'page' | 'browser'): Growth => ({
      peak: Math.max(...seen.map((each) => each[of])) - before[of],
      end: end[of] - before[of],
    });
    return { page: growth('page'), browser: growth('browser') };
  };
}
