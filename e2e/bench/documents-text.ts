import { statSync } from 'node:fs';
import { openBenchApp } from './context-app.ts';
import { writeLog } from './context-files.ts';
import { openPlainPage } from './context-plain.ts';
import { figure, MEGABYTE, ROUNDS, type DocumentsBench } from './documents-part.ts';
import { median } from './figure.ts';

/** MB a second of a plain text until it is ready, beside a stream through `TextDecoder`. */
export async function textPart({ appUrl, report, folder, browser }: DocumentsBench): Promise<void> {
  const path = `${folder}/text.log`;
  writeLog(path, 100 * MEGABYTE, 'multi-byte');
  const megabytes = statSync(path).size / MEGABYTE;
  const plain = await openPlainPage(browser, path);
  // The first reading of all brings the file into the system's cache.
  await plain.read();
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    theirs.push((megabytes / (await plain.read()).ms) * 1000);
    const app = await openBenchApp(browser, appUrl);
    ours.push((megabytes / (await app.open(path))) * 1000);
    await app.close();
  }
  await plain.close();
  report(figure(`text of ${Math.round(megabytes)} MB: to Ready, beside decoding alone`, median(ours), 'MB/s', median(theirs)));
}
