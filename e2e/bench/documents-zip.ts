import { readFileSync, writeFileSync } from 'node:fs';
import { entryOf, zipOf } from '../made-zip.ts';
import { openBenchApp } from './context-app.ts';
import { writeLog } from './context-files.ts';
import { openBareDocuments } from './documents-bare.ts';
import { figure, MEGABYTE, ROUNDS, type DocumentsBench } from './documents-part.ts';
import { median } from './figure.ts';

const NAME = 'packed.log';

/** MB a second that come out of a ZIP, beside inflating and decoding alone. */
export async function zipPart({ appUrl, report, folder, browser }: DocumentsBench): Promise<void> {
  writeLog(`${folder}/${NAME}`, 100 * MEGABYTE, 'ascii');
  const entry = entryOf(NAME, readFileSync(`${folder}/${NAME}`));
  const path = `${folder}/packed.zip`;
  writeFileSync(path, zipOf([entry]));
  const megabytes = entry.size / MEGABYTE;
  const from = 30 + NAME.length;
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const bare = await openBareDocuments(browser, path);
    theirs.push((megabytes / (await bare.inflate(from, from + entry.packed.length)).ms) * 1000);
    await bare.close();
    const app = await openBenchApp(browser, appUrl);
    ours.push((megabytes / (await app.open(path))) * 1000);
    await app.close();
  }
  const name = `ZIP of a text of ${Math.round(megabytes)} MB: to Ready, beside inflating and decoding alone`;
  report(figure(name, median(ours), 'MB/s', median(theirs)));
}
