import type { DocumentPart } from '../document.ts';

/** A marker line as it stands in a text, alone on its line: for looking past it. */
export const MARKER = /^=== (?:page|sheet|slide|chapter|message) .* ===$/m;

const LONGEST_LABEL = 120;

/**
 * The line that begins a part, with its line end: `=== page 12 ===`, `=== page 3 (iii) ===`,
 * `=== slide 4: Results ===`, `=== chapter 2: The Carpet-Bag ===`, `=== sheet 1: Orders ===`,
 * `=== sheet 1: Orders, from row 9000 ===`, `=== message 2 ===`.
 */
export function markerLine({ kind, number, label, firstRow }: Omit<DocumentPart, 'from'>): string {
  const name = label?.replace(/\s+/g, ' ').trim().slice(0, LONGEST_LABEL).replace(/[\ud800-\udbff]$/, '');
  const named = name === undefined || name === '' ? '' : kind === 'page' ? ` (${name})` : `: ${name}`;
  const from = firstRow !== undefined && firstRow > 1 ? `, from row ${firstRow}` : '';
  return `=== ${kind} ${number}${named}${from} ===\n`;
}
