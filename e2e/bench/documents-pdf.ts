import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cellRuns, openBenchApp } from './context-app.ts';
import { openBareDocuments } from './documents-bare.ts';
import { bookPdf } from './documents-book.ts';
import { figure, ROUNDS, type DocumentsBench } from './documents-part.ts';
import { median } from './figure.ts';

const COUNT = `const text = context.replace(/^=== page .* ===$/gm, '');
let ink = 0;
for (const word of text.match(/\\S+/g)) ink += word.length;
print(ink);`;

/** Pages a second beside pdf.js alone on the same file, and characters beside `pdftotext`. */
export async function pdfPart({ appUrl, report, folder, browser }: DocumentsBench): Promise<void> {
  const path = await bookPdf(browser);
  const ours: number[] = [];
  const theirs: number[] = [];
  let pages = 0;
  let ink = NaN;
  for (let round = 0; round < ROUNDS; round++) {
    const bare = await openBareDocuments(browser, path);
    const read = await bare.pdf();
    await bare.close();
    pages = read.count;
    theirs.push((pages / read.ms) * 1000);
    const app = await openBenchApp(browser, appUrl);
    ours.push((pages / (await app.open(path))) * 1000);
    if (round === 0) ink = Number(cellRuns(await app.run([COUNT]))[0]?.printed);
    await app.close();
  }
  report(figure(`PDF of ${pages} pages: to Ready, beside pdf.js alone`, median(ours), 'pages/s', median(theirs)));
  const text = `${folder}/book.txt`;
  const poppler = spawnSync('pdftotext', ['-enc', 'UTF-8', path, text]);
  if (poppler.error || poppler.status !== 0) return void process.stderr.write('documents, pdf: pdftotext is not installed or failed, so nothing to compare characters with.\n');
  const theirInk = readFileSync(text, 'utf8').replace(/\s+/g, '').length;
  report(figure(`PDF of ${pages} pages: characters without white space, beside pdftotext`, ink, 'characters', theirInk));
}
