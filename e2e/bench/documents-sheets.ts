import { writeFileSync } from 'node:fs';
import { entryOf, zipOf } from '../made-zip.ts';
import { openBenchApp } from './context-app.ts';
import { openBareDocuments } from './documents-bare.ts';
import { figure, ROUNDS, type DocumentsBench } from './documents-part.ts';
import { median } from './figure.ts';

const ROWS = 50_000;
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** Rows of a workbook a second, beside the library alone that makes tab-separated text of it. */
export async function sheetsPart({ appUrl, report, folder, browser }: DocumentsBench): Promise<void> {
  const path = `${folder}/orders.xlsx`;
  writeFileSync(path, workbook());
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const bare = await openBareDocuments(browser, path);
    theirs.push((ROWS / (await bare.sheets()).ms) * 1000);
    await bare.close();
    const app = await openBenchApp(browser, appUrl);
    ours.push((ROWS / (await app.open(path))) * 1000);
    await app.close();
  }
  const name = `XLSX of ${ROWS.toLocaleString('en')} rows: to Ready, beside the library alone`;
  report(figure(name, median(ours), 'rows/s', median(theirs)));
}

/** One sheet of eight columns: numbers, and texts that are shared as Excel does. */
function workbook(): Buffer {
  const words = ['river', 'ledger', 'harbour', 'copper', 'orchard', 'lantern', 'signal'];
  const strings = words.map((word) => `<si><t>${word}</t></si>`).join('');
  const rows = Array.from({ length: ROWS }, (_, n) => {
    const cells = Array.from('ABCDEFGH', (column, at) =>
      at % 2 === 0
        ? `<c r="${column}${n + 1}"><v>${n * 7 + at}</v></c>`
        : `<c r="${column}${n + 1}" t="s"><v>${(n * 3 + at) % words.length}</v></c>`,
    );
    return `<row r="${n + 1}">${cells.join('')}</row>`;
  });
  const related = (...targets: readonly (readonly [type: string, target: string])[]) =>
    `<Relationships xmlns="${PACKAGE}/relationships">${targets.map(([type, target], n) => `<Relationship Id="rId${n + 1}" Type="${OFFICE}/${type}" Target="${target}"/>`).join('')}</Relationships>`;
  const override = (part: string, type: string) => `<Override PartName="/xl/${part}" ContentType="${TYPE}.${type}+xml"/>`;
  return zipOf([
    entryOf(
      '[Content_Types].xml',
      `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>${override('workbook.xml', 'sheet.main')}${override('worksheets/sheet1.xml', 'worksheet')}${override('sharedStrings.xml', 'sharedStrings')}</Types>`,
    ),
    entryOf('_rels/.rels', related(['officeDocument', 'xl/workbook.xml'])),
    entryOf('xl/workbook.xml', `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="Orders" sheetId="1" r:id="rId1"/></sheets></workbook>`),
    entryOf('xl/_rels/workbook.xml.rels', related(['worksheet', 'worksheets/sheet1.xml'], ['sharedStrings', 'sharedStrings.xml'])),
    entryOf('xl/sharedStrings.xml', `<sst xmlns="${MAIN}" count="${ROWS * 4}" uniqueCount="${words.length}">${strings}</sst>`),
    entryOf('xl/worksheets/sheet1.xml', `<worksheet xmlns="${MAIN}"><sheetData>${rows.join('')}</sheetData></worksheet>`),
  ]);
}
