import type { Page } from '@playwright/test';
import { openBenchApp } from './context-app.ts';
import { watchMemory } from './context-memory.ts';
import { openBareDocuments } from './documents-bare.ts';
import { bookPdf } from './documents-book.ts';
import { figure, MEGABYTE, type DocumentsBench } from './documents-part.ts';

/** What the page may have grown by, in MB, when a removed document has been forgotten. */
const LEFT_MB = 100;
const SETTLED_MS = 5_000;

/** Peak growth of the renderer process over a long PDF, beside pdf.js alone, and what is left when it is removed. */
export async function memoryPart({ appUrl, report, browser }: DocumentsBench): Promise<void> {
  const path = await bookPdf(browser);
  const bare = await openBareDocuments(browser, path);
  const stopBare = watchMemory();
  const { count } = await bare.pdf();
  const alone = stopBare();
  await bare.close();

  const app = await openBenchApp(browser, appUrl);
  const stop = watchMemory();
  await app.open(path);
  const growth = stop();
  if (!alone || !growth) {
    process.stderr.write('documents, memory: there is no /proc, so nothing to measure with.\n');
    return app.close();
  }
  const name = `PDF of ${count} pages`;
  report(figure(`${name}: growth of the page, peak, beside pdf.js alone`, growth.page.peak / MEGABYTE, 'MB', alone.page.peak / MEGABYTE));
  report(figure(`${name}: growth of the page, when ready`, growth.page.end / MEGABYTE, 'MB', alone.page.end / MEGABYTE));
  const stopRemoved = watchMemory();
  await app.page.getByRole('button', { name: /^Remove .*\.pdf$/ }).click();
  await collectGarbage(app.page);
  const after = stopRemoved();
  const left = growth.page.end + (after?.page.end ?? NaN);
  report(figure(`${name}: growth that is left when it is removed`, left / MEGABYTE, 'MB', LEFT_MB));
  await app.close();
}

/** Asks the page for a collection, and gives its workers time for theirs. */
async function collectGarbage(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  await new Promise((resolve) => setTimeout(resolve, SETTLED_MS));
  await session.detach();
}
