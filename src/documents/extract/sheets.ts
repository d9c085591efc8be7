import type { WorkSheet } from '@e965/xlsx';
import { nextTask } from '../../base/next-task.ts';
import { nameList, shortName } from '../name-list.ts';
import { UnreadableFile } from '../unreadable-file.ts';
import type { Extracted, ExtractTools } from './extractor.ts';
import { openWorkbook } from './sheets-open.ts';
import { type SheetCells, type WrittenSheet, writeSheet } from './sheets-rows.ts';

interface NamedSheet extends WrittenSheet {
  readonly name: string;
  readonly hidden: boolean;
}

/**
 * The sheets of a workbook (Excel of any age, OpenDocument), as rows of fields parted by tabs: see
 * `cellText` for how values are written. Formulas are their last values; hidden sheets are read too.
 */
export async function extractSheets(file: Blob, tools: ExtractTools): Promise<Extracted> {
  const { name, out, signal, onProgress } = tools;
  onProgress(0, 0, 'sheets');
  const book = await openWorkbook(file, tools);
  const date1904 = book.Workbook?.WBProps?.date1904 === true;
  const sheets: NamedSheet[] = [];
  for (const [i, key] of book.SheetNames.entries()) {
    // SheetJS leaves names in OpenDocument as XML writes them.
    const sheetName = tools.kind === 'ods' ? unescapeXml(key) : key;
    onProgress(i, book.SheetNames.length, 'sheets');
    await nextTask();
    signal.throwIfAborted();
    const sheet = book.Sheets[key];
    const hidden = (book.Workbook?.Sheets?.[i]?.Hidden ?? 0) > 0;
    const written = writeSheet(
      sheet ? cellsOf(sheet) : [],
      { number: i + 1, label: hidden ? `${sheetName} (hidden)` : sheetName, date1904 },
      out,
    );
    sheets.push({ ...written, name: sheetName, hidden });
    // Its objects are many times its text.
    delete book.Sheets[key];
  }
  onProgress(book.SheetNames.length, book.SheetNames.length, 'sheets');
  if (sheets.every(({ rows }) => rows === 0)) {
    throw new UnreadableFile(`“${name}” has no cells with anything in them: add a workbook that has.`);
  }
  return { shape: shapeOf(sheets), notice: noticeOf(sheets) };
}

/** Sheets of charts or macros have none. */
function cellsOf(sheet: WorkSheet): SheetCells {
  const data: unknown = sheet['!data'];
  // Written by SheetJS in dense mode as rows of cells.
  return Array.isArray(data) ? (data as SheetCells) : [];
}

function shapeOf(sheets: readonly NamedSheet[]): string {
  const told = sheets.map(({ name, rows, columns, header }) => {
    const size = rows === 0 ? 'empty' : `${count(rows, 'row')}, ${count(columns, 'column')}`;
    const names = header.length === 0 ? '' : `: ${nameList(header.map((field) => shortName(field, 24)), 80)}`;
    return `“${shortName(name)}” (${size}${names})`;
  });
  return `Sheets begin with a line like “=== sheet 1: Name ===”, then one line a row, parted by tabs: ${nameList(told, 190)}.`;
}

const count = (n: number, what: string): string => `${n.toLocaleString('en')} ${what}${n === 1 ? '' : 's'}`;

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const unescapeXml = (text: string): string => text.replace(/&(amp|lt|gt|quot|apos);/g, (all, name: string) => ENTITIES[name] ?? all);

function noticeOf(sheets: readonly NamedSheet[]): string | null {
  const remarks: string[] = [];
  const list = (of: readonly NamedSheet[]): string => nameList(of.map(({ name }) => `“${shortName(name)}”`), 120);
  const hidden = sheets.filter((sheet) => sheet.hidden);
  if (hidden.length > 0) remarks.push(`Hidden sheets are read too: ${list(hidden)}.`);
  const narrowed = sheets.filter((sheet) => sheet.left > 0);
  if (narrowed.length > 0) remarks.push(`Wide gaps of empty columns are narrowed to one in ${list(narrowed)}.`);
  const empty = sheets.filter((sheet) => sheet.rows === 0);
  if (empty.length > 0) remarks.push(`Nothing is in ${list(empty)}.`);
  return remarks.length > 0 ? remarks.join(' ') : null;
}
