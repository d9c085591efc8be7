import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type BookType, CFB, type WorkBook, type WorkSheet, utils, write } from '@e965/xlsx';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ExtractedKind } from '../../trajectory/document-kinds.ts';
import { kindOfName } from '../sniff.ts';
import type { Extracted, ProgressUnit } from './extractor.ts';
import { extractSheets } from './sheets.ts';
import { type SheetCells, WIDE_GAP, writeSheet } from './sheets-rows.ts';
import { createTextWriter, type TextWriter } from './text-writer.ts';

const CORPORA = join(import.meta.dirname, '../../../../shared/corpora/files/sheets');

interface Read extends Extracted {
  readonly text: string;
  readonly parts: TextWriter['parts'];
  readonly progress: readonly (readonly [number, number, ProgressUnit])[];
}

async function read(bytes: Uint8Array<ArrayBuffer>, kind: ExtractedKind, name = 'book'): Promise<Read> {
  const out = createTextWriter(name);
  const progress: [number, number, ProgressUnit][] = [];
  const extracted = await extractSheets(new Blob([bytes]), {
    name,
    kind,
    out,
    signal: new AbortController().signal,
    onProgress: (...step) => void progress.push(step),
  });
  return { ...extracted, text: await out.finish().text(), parts: out.parts, progress };
}

const bytesOf = (book: WorkBook, bookType: BookType): Uint8Array<ArrayBuffer> =>
  new Uint8Array(write(book, { type: 'array', bookType }));

function bookOf(sheets: Readonly<Record<string, WorkSheet>>): WorkBook {
  const book = utils.book_new();
  for (const [name, sheet] of Object.entries(sheets)) utils.book_append_sheet(book, sheet, name);
  return book;
}

/** Replaces the text of one part of a workbook. */
function edited(bytes: Uint8Array, path: RegExp, edit: (xml: string) => string): Uint8Array<ArrayBuffer> {
  const zip = CFB.read(bytes, { type: 'array' });
  const at = zip.FullPaths.findIndex((name: string) => path.test(name));
  const entry = zip.FileIndex[at];
  if (!entry) throw new Error(`no ${path.source} in ${zip.FullPaths.join()}`);
  const content = new TextEncoder().encode(edit(new TextDecoder().decode(Uint8Array.from(entry.content))));
  entry.content = [...content];
  entry.size = content.length;
  return new Uint8Array(CFB.write(zip, { type: 'array', fileType: 'zip' }));
}

const ORDERS = bookOf({
  Orders: utils.aoa_to_sheet([
    ['Item', 'Price\n(net)', 'Paid'],
    ['Lamp\toil', 1337.5, true],
    [],
    ['Rope', 0.1 + 0.2, false],
  ]),
  'Stock & more': utils.aoa_to_sheet([['only']]),
});

describe('extractSheets', () => {
  test.each<[BookType, ExtractedKind]>([
    ['xlsx', 'xlsx'],
    ['xlsm', 'xlsx'],
    ['xlsb', 'xlsx'],
    ['biff8', 'xls'],
    ['biff5', 'xls'],
    ['xlml', 'xls'],
    ['ods', 'ods'],
  ])('%s: sheets are lines of fields, one line a row', async (bookType, kind) => {
    const { text, parts, shape, progress, notice } = await read(bytesOf(ORDERS, bookType), kind);
    expect(text).toBe(
      '=== sheet 1: Orders ===\nItem\tPrice (net)\tPaid\nLamp oil\t1337.5\tTRUE\n\nRope\t0.3\tFALSE\n\n' +
        '=== sheet 2: Stock & more ===\nonly\n\n',
    );
    expect(parts).toEqual([
      { kind: 'sheet', number: 1, label: 'Orders', firstRow: 1, from: 0 },
      { kind: 'sheet', number: 2, label: 'Stock & more', firstRow: 1, from: text.indexOf('=== sheet 2') },
    ]);
    expect(shape).toBe(
      'Sheets begin with a line like “=== sheet 1: Name ===”, then one line a row, parted by tabs: ' +
        '“Orders” (4 rows, 3 columns: Item, Price (net), Paid), “Stock & more” (1 row, 1 column).',
    );
    expect(progress.at(-1)).toEqual([2, 2, 'sheets']);
    expect(notice).toBeNull();
  });

  test('numbers keep their digits, dates are ISO, shares are percentages, names of digits and durations are as shown', async () => {
    const cell = (v: number, z: string): object => ({ t: 'n', v, z });
    const row = [
      [45000.5, 'm/d/yy h:mm'],
      [45000, 'd. mmmm'],
      [45000.25, 'm/d/yy'],
      [0.25, 'h:mm AM/PM'],
      [0.2565625, 'hh:mm:ss'],
      [1.5, '[h]:mm'],
      [0.1234567, '0.0%'],
      [0.07, '0%'],
      [501, '00000'],
      [123456789, '000-00-0000'],
      [1234.5678, '#,##0.00 [$€-407]'],
      [7, '0.00'],
      [-3, '"$"#,##0_);[Red]\\("$"#,##0\\)'],
      [1e21, 'General'],
    ] as const;
    const sheet: WorkSheet = { '!ref': 'A1:N1' };
    for (const [c, [v, z]] of row.entries()) sheet[utils.encode_cell({ r: 0, c })] = cell(v, z);
    const { text } = await read(bytesOf(bookOf({ S: sheet }), 'xlsx'), 'xlsx');
    expect(text.split('\n')[1]?.split('\t')).toEqual([
      '2023-03-15 12:00',
      '2023-03-15',
      '2023-03-15 06:00',
      '06:00',
      '06:09:27',
      '36:00',
      '12.34567%',
      '7%',
      '00501',
      '123-45-6789',
      '1234.5678',
      '7',
      '-3',
      '1e+21',
    ]);
  });

  test('OpenDocument says what a number is in its own words', async () => {
    const content = edited(bytesOf(bookOf({ S: utils.aoa_to_sheet([[1]]) }), 'ods'), /content\.xml$/, (xml) =>
      xml.replace(
        /<table:table-row[\s\S]*<\/table:table-row>/,
        `<table:table-row><table:table-cell office:value-type="percentage" office:value="0.125"><text:p>12.5%</text:p></table:table-cell>` +
          `<table:table-cell office:value-type="date" office:date-value="2026-11-21"><text:p>Nov 21</text:p></table:table-cell>` +
          `<table:table-cell office:value-type="currency" office:value="9.5"><text:p>$9.50</text:p></table:table-cell>` +
          `<table:table-cell office:value-type="string" table:number-columns-repeated="2"><text:p>twice</text:p></table:table-cell></table:table-row>` +
          `<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>`,
      ),
    );
    expect((await read(content, 'ods')).text).toBe('=== sheet 1: S ===\n12.5%\t2026-11-21\t9.5\ttwice\ttwice\n\n');
  });

  test('a book that counts from 1904 has the same dates', async () => {
    const book = bookOf({ S: { '!ref': 'A1', A1: { t: 'n', v: 1, z: 'yyyy-mm-dd' } } });
    book.Workbook = { WBProps: { date1904: true } };
    expect((await read(bytesOf(book, 'xlsx'), 'xlsx')).text).toContain('\n1904-01-02\n');
  });

  test('errors, notes, last values of formulas, merged cells', async () => {
    const sheet = utils.aoa_to_sheet([['a', 'b'], [1, 2]]);
    sheet['A3'] = { t: 'e', v: 0x2a };
    sheet['B3'] = { t: 'n', v: 3, f: 'A2+B2' };
    sheet['!ref'] = 'A1:B3';
    sheet['!merges'] = [utils.decode_range('A1:B1')];
    const note = [{ a: 'Ann', t: 'check\nthis' }];
    sheet['A2'] = { t: 'n', v: 1, c: note };
    expect((await read(bytesOf(bookOf({ S: sheet }), 'xlsx'), 'xlsx')).text).toBe(
      '=== sheet 1: S ===\na\tb\n1 [note: check this]\t2\n#N/A\t3\n\n',
    );
  });

  test('hidden sheets are read, and said', async () => {
    const book = bookOf({ Open: utils.aoa_to_sheet([[1]]), Salaries: utils.aoa_to_sheet([[2]]), Empty: utils.aoa_to_sheet([]) });
    book.Workbook = { Sheets: [{ Hidden: 0 }, { Hidden: 2 }, { Hidden: 0 }] };
    const { text, notice } = await read(bytesOf(book, 'xlsx'), 'xlsx');
    expect(text).toContain('=== sheet 2: Salaries (hidden) ===\n2\n');
    expect(text).toContain('=== sheet 3: Empty ===\n\n');
    expect(notice).toBe('Hidden sheets are read too: “Salaries”. Nothing is in “Empty”.');
  });

  test('a wide gap ends a part; a narrow one is empty lines', async () => {
    const sheet: WorkSheet = { '!ref': 'A1:A9000' };
    for (const row of [3, 50, 9000]) sheet[`A${row}`] = { t: 's', v: `row ${row}` };
    const { text, parts } = await read(bytesOf(bookOf({ S: sheet }), 'xlsx'), 'xlsx');
    expect(text).toBe(
      `=== sheet 1: S ===\n\n\nrow 3${'\n'.repeat(47)}row 50\n\n=== sheet 1: S, from row 9000 ===\nrow 9000\n\n`,
    );
    expect(parts.map(({ firstRow }) => firstRow)).toEqual([1, 9000]);
  });

  test('text in an old code page', async () => {
    const bytes = bytesOf(bookOf({ S: utils.aoa_to_sheet([['QQQQQQ']]) }), 'biff5');
    const find = (word: readonly number[]): number =>
      bytes.findIndex((_, i) => word.every((byte, j) => bytes[i + j] === byte));
    bytes.set([0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2], find([0x51, 0x51, 0x51, 0x51, 0x51, 0x51]));
    const codepage = find([0x42, 0, 2, 0]);
    bytes.set([0xe3, 0x04], codepage + 4);
    expect((await read(bytes, 'xls')).text).toContain('\nПривет\n');
  });
});

describe('hostile workbooks', () => {
  const base = bytesOf(bookOf({ S: utils.aoa_to_sheet([['a']]) }), 'xlsx');

  test('one cell at the far end, in a sheet that says it is all there is', async () => {
    const bytes = edited(base, /sheet1\.xml$/, (xml) =>
      xml
        .replace(/<dimension[^>]*>/, '<dimension ref="A1:XFD1048576"/>')
        .replace('</sheetData>', '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>far</t></is></c></row></sheetData>'),
    );
    const { text, notice } = await read(bytes, 'xlsx');
    expect(text).toBe('=== sheet 1: S ===\na\n\n=== sheet 1: S, from row 1048576 ===\n\t\tfar\n\n');
    expect(notice).toBe('Wide gaps of empty columns are narrowed to one in “S”.');
  });

  test('a link over all cells', async () => {
    const bytes = edited(base, /sheet1\.xml$/, (xml) =>
      xml.replace('</sheetData>', '</sheetData><hyperlinks><hyperlink ref="A1:XFD1048576" location="x"/><x:hyperlink ref="A1:XFD1048576"/></hyperlinks>'),
    );
    expect((await read(bytes, 'xlsx')).text).toBe('=== sheet 1: S ===\na\n\n');
  });

  test('cells repeated without end', async () => {
    const bytes = edited(bytesOf(bookOf({ S: utils.aoa_to_sheet([['a']]) }), 'ods'), /content\.xml$/, (xml) =>
      xml.replace('<table:table-row', '<table:table-row table:number-rows-repeated="1048576"').replace('<table:table-cell', '<table:table-cell table:number-columns-repeated="16384"'),
    );
    await expect(read(bytes, 'ods', 'b.ods')).rejects.toThrow(/^“b.ods” repeats cells more than 10,000,000 times/);
  });

  test('workbooks cut anywhere, are text or a sentence', async () => {
    for (const [bookType, kind] of [['xlsx', 'xlsx'], ['biff8', 'xls'], ['ods', 'ods'], ['xlsb', 'xlsx']] as const) {
      const whole = bytesOf(ORDERS, bookType);
      for (let cut = 1; cut < 12; cut++) {
        const some = whole.slice(0, Math.floor((whole.length * cut) / 12));
        const seen = await read(some, kind, 'cut').then(({ text }) => text, (error: Error) => `${error.name}: ${error.message}`);
        expect(seen).toMatch(/^=== sheet 1|^UnreadableFile: “/);
      }
    }
  });

  test('a workbook with nothing in it', async () => {
    await expect(read(bytesOf(bookOf({ S: utils.aoa_to_sheet([]) }), 'xlsx'), 'xlsx', 'e.xlsx')).rejects.toThrow(/has no cells/);
  });
});

/** Row and field of each line, by the parts alone. */
function rowsThroughParts(text: string, parts: TextWriter['parts']): Map<number, string[]> {
  const rows = new Map<number, string[]>();
  for (const [i, { from, firstRow = 1 }] of parts.entries()) {
    const lines = text.slice(from, parts[i + 1]?.from ?? text.length).split('\n').slice(1);
    for (const [j, line] of lines.entries()) if (line !== '') rows.set(firstRow + j, line.split('\t'));
  }
  return rows;
}

describe('writeSheet', () => {
  test('every cell is found in its row and field through the parts, and nothing else is', async () => {
    const gaps = fc.oneof(fc.integer({ min: 1, max: 3 }), fc.integer({ min: WIDE_GAP - 2, max: WIDE_GAP + 3 }), fc.integer({ min: 1, max: 50_000 }));
    const word = fc.string({ minLength: 1, maxLength: 8 }).filter((text) => text.trim() !== '');
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ gap: gaps, cells: fc.dictionary(fc.integer({ min: 0, max: 18 }).map(String), word, { minKeys: 1, maxKeys: 4 }) }), { minLength: 1, maxLength: 12 }),
        async (plan) => {
          const cells: { t: 's'; v: string }[][] = [];
          const truth = new Map<number, string[]>();
          let row = 0;
          for (const { gap, cells: filled } of plan) {
            row += gap;
            const line: { t: 's'; v: string }[] = [];
            const fields: string[] = [];
            for (const [column, v] of Object.entries(filled)) {
              line[Number(column)] = { t: 's', v };
              while (fields.length <= Number(column)) fields.push('');
              fields[Number(column)] = v.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ');
            }
            cells[row - 1] = line;
            truth.set(row, fields);
          }
          const out = createTextWriter('x');
          writeSheet(cells satisfies SheetCells, { number: 1, label: 'S', date1904: false }, out);
          expect(rowsThroughParts(await out.finish().text(), out.parts)).toEqual(truth);
        },
      ),
    );
  });
});

describe.skipIf(!existsSync(CORPORA))('workbooks of the corpora (skipped where they are absent)', () => {
  test.each(existsSync(CORPORA) ? readdirSync(CORPORA) : [])('%s is text or a sentence', async (name) => {
    const kind = kindOfName(name);
    if (kind !== 'xlsx' && kind !== 'xls' && kind !== 'ods') throw new Error(name);
    const bytes = new Uint8Array(readFileSync(join(CORPORA, name)));
    const seen = await read(bytes, kind, name).then(({ text }) => text, (error: Error) => `${error.name}: ${error.message}`);
    if (name.startsWith('password')) expect(seen).toMatch(/^UnreadableFile: .* is protected with a password: open it, save it without/);
    else if (name.startsWith('author')) expect(seen).toMatch(/^UnreadableFile: .* has no cells/);
    else expect(seen).toMatch(/^=== sheet 1: /);
  });
});
