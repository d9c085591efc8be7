import type { CellObject } from '@e965/xlsx';
import type { TextSink } from './extractor.ts';
import { markerLine } from './marker.ts';
import { cellText, isFilled } from './sheets-cell.ts';

/** So many empty rows end a part; fewer are empty lines. */
export const WIDE_GAP = 100;
/** So many empty columns are one empty column. */
const MANY_COLUMNS = 20;

/** Cells by row and column, from 0; with holes, and of any length: only what is there may be walked. */
export type SheetCells = readonly (readonly (CellObject | undefined)[] | undefined)[];

export interface SheetFacts {
  readonly number: number;
  readonly label: string;
  readonly date1904: boolean;
}

export interface WrittenSheet {
  /** The number of the last row with something in it; 0 where there is none. */
  readonly rows: number;
  /** Fields of the longest row. */
  readonly columns: number;
  /** The texts of the first row with something in it, where they look like the names of columns. */
  readonly header: readonly string[];
  /** Columns without a cell that were left out between others. */
  readonly left: number;
}

/**
 * Writes a sheet as lines of fields parted by tabs, one line a row. It begins with row 1; each part
 * begins with the row that its `firstRow` says. A sheet with nothing in it has its marker line only.
 */
export function writeSheet(cells: SheetCells, { number, label, date1904 }: SheetFacts, out: TextSink): WrittenSheet {
  const { rows, used } = walk(cells);
  const { fields, left } = columnFields(used);
  const begin = (firstRow: number): void => {
    const part = { kind: 'sheet', number, label, firstRow } as const;
    out.part(part);
    out.write(markerLine(part));
  };

  let next = 1;
  let columns = 0;
  let header: readonly string[] = [];
  for (const [i, row] of rows.entries()) {
    const filled = filledCells(cells[row - 1]);
    if (i === 0 || row - next >= WIDE_GAP) {
      if (i > 0) out.write('\n');
      next = row - next >= WIDE_GAP ? row : next;
      begin(next);
    }
    const line: string[] = [];
    for (const { column, cell } of filled) {
      const field = fields.get(column) ?? 0;
      while (line.length < field) line.push('');
      line.push(cellText(cell, date1904));
    }
    columns = Math.max(columns, line.length);
    if (i === 0 && rows.length > 1 && isHeader(filled)) header = line;
    out.write(`${'\n'.repeat(row - next)}${line.join('\t')}\n`);
    next = row + 1;
  }
  if (rows.length === 0) begin(1);
  out.write('\n');
  return { rows: next - 1, columns, header, left };
}

interface Filled {
  readonly column: number;
  readonly cell: CellObject;
}

/** The rows (from 1) and columns (from 0) that have something to say, rows in order. */
function walk(cells: SheetCells): { rows: readonly number[]; used: ReadonlySet<number> } {
  const rows: number[] = [];
  const used = new Set<number>();
  // By keys: a hostile sheet claims thousands of millions of rows.
  for (const key of Object.keys(cells)) {
    const filled = filledCells(cells[Number(key)]);
    for (const { column } of filled) used.add(column);
    if (filled.length > 0) rows.push(Number(key) + 1);
  }
  return { rows, used };
}

function filledCells(row: SheetCells[number]): readonly Filled[] {
  const filled: Filled[] = [];
  const take = (column: number): void => {
    const cell = row?.[column];
    if (cell && isFilled(cell)) filled.push({ column, cell });
  };
  if (row === undefined) return filled;
  if (row.length <= 256) for (let column = 0; column < row.length; column++) take(column);
  else for (const key of Object.keys(row)) take(Number(key));
  return filled;
}

/** Which field of a line a column is: its number, unless many empty ones are left out before it. */
function columnFields(used: ReadonlySet<number>): { fields: ReadonlyMap<number, number>; left: number } {
  const fields = new Map<number, number>();
  let left = 0;
  let last = -1;
  for (const column of [...used].toSorted((a, b) => a - b)) {
    const empty = column - last - 1;
    if (empty > MANY_COLUMNS) left += empty - 1;
    fields.set(column, column - left);
    last = column;
  }
  return { fields, left };
}

/** Two or more texts, none of them long, and nothing else. */
const isHeader = (filled: readonly Filled[]): boolean =>
  filled.length > 1 &&
  filled.every(({ cell }) => cell.t === 's' && typeof cell.v === 'string' && cell.v.length < 80);
