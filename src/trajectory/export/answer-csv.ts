import Papa from 'papaparse';
import type { AnswerTable } from '../answer-table.ts';

/** What a spreadsheet would take for a formula; a plain number with its sign is none. */
const FORMULA = /^(?![+-]?\d+(?:\.\d+)?$)[=+\-@\t\r\n＝＋－＠]/;

/**
 * A table as CSV (RFC 4180, with a line of column names). Objects and arrays in cells are JSON, what is
 * not there is empty; a text that a spreadsheet would run as a formula has an apostrophe before it.
 */
export function toCsv({ columns, rows }: AnswerTable): string {
  const data = rows.map((row) => row.map(cell));
  return Papa.unparse({ fields: [...columns], data }, { escapeFormulae: FORMULA });
}

function cell(value: unknown): string | number | boolean {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return value === null || value === undefined ? '' : JSON.stringify(value);
}
