import { chromium } from '@playwright/test';
import { ensureBrowser, launchOptions } from '../browser.ts';
import { openBenchApp } from './context-app.ts';
import { writeLog } from './context-files.ts';
import type { ContextBench } from './context-part.ts';
import { openPlainPage } from './context-plain.ts';
import { figuresOf, median } from './figure.ts';

const figure = figuresOf('context');
const GIBIBYTE = 1024 ** 3;

/** From the choice of the file to `Ready`, against plain code that streams and decodes the same file. */
export async function readingPart({ appUrl, report, folder, size }: ContextBench): Promise<void> {
  for (const script of ['ascii', 'multi-byte'] as const) {
    const path = `${folder}/reading-${script}.log`;
    writeLog(path, size, script);
    const browser = await chromium.launch(launchOptions(ensureBrowser()));
    try {
      const plain = await openPlainPage(browser, path);
      // The first reading of all brings the file into the system's cache.
      await plain.read();
      const ours: number[] = [];
      const theirs: number[] = [];
      const rounds = size > GIBIBYTE ? 1 : 3;
      for (let round = 0; round < rounds; round++) {
        theirs.push((await plain.read()).ms);
        const app = await openBenchApp(browser, appUrl);
        ours.push(await app.open(path));
        await app.close();
      }
      theirs.push((await plain.read()).ms);
      await plain.close();
      const name = `reading ${Math.round(size / 1_000_000)} MB, ${script}: to Ready`;
      report(figure(name, median(ours), 'ms', median(theirs)));
    } finally {
      await browser.close();
    }
  }
}
