import { writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Page } from '@playwright/test';
import { openBenchApp } from './context-app.ts';
import { writeLog } from './context-files.ts';
import { figure, MEGABYTE, ROUNDS, type DocumentsBench } from './documents-part.ts';
import { median } from './figure.ts';

const OPEN_MS = 300;

/** From the click on a document to its first words on the screen: a long text, and one of a single line. */
export async function viewerPart({ appUrl, report, folder, browser }: DocumentsBench): Promise<void> {
  const long = `${folder}/long.log`;
  writeLog(long, 100 * MEGABYTE, 'multi-byte');
  const line = `${folder}/line.txt`;
  writeFileSync(line, 'A single line that has no end. '.repeat(333_334));
  const files = [
    { name: 'text of 100 MB', path: long, words: '服务号码在这里' },
    { name: 'single line of 10 MB', path: line, words: 'A single line' },
  ];
  for (const { name, path, words } of files) {
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const app = await openBenchApp(browser, appUrl);
      await app.open(path);
      times.push(await timeToWords(app.page, basename(path), words));
      await app.close();
    }
    report(figure(`viewer: ${name}, from the click to its words`, median(times), 'ms', OPEN_MS));
  }
}

/** Clicks the document, and looks at every frame until the source shows the words. */
function timeToWords(page: Page, document: string, words: string): Promise<number> {
  return page.getByRole('button', { name: `Open ${document}`, exact: true }).evaluate(
    (button: HTMLElement, wanted) =>
      new Promise<number>((resolve) => {
        const started = performance.now();
        const look = () => {
          const source = button.ownerDocument.querySelector('[aria-label="Source"]');
          if (source?.textContent.includes(wanted)) resolve(performance.now() - started);
          else requestAnimationFrame(look);
        };
        button.click();
        requestAnimationFrame(look);
      }),
    words,
  );
}
