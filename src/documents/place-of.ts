import type { Place } from '../trajectory/events.ts';
import type { DocumentPart, SourceDocument } from './document.ts';
import { lineAt } from './line-at.ts';

/**
 * Where the code unit `offset` of a document is, as a person says it: its line, the part it is in,
 * and the row of a sheet, which a marker line has none of.
 * @throws DOMException when the file cannot be read any more.
 */
export async function placeOf(document: SourceDocument, offset: number): Promise<Place> {
  const line = await lineAt(document, offset);
  const part = partAt(document.parts ?? [], offset);
  if (!part) return { line };
  const { kind, number, label, from, firstRow = 1 } = part;
  const named = { kind, number, ...(label !== undefined && { label }) };
  if (kind !== 'sheet') return { line, part: named };
  const below = line - (await lineAt(document, from));
  return { line, part: named, ...(below > 0 && { row: firstRow + below - 1 }) };
}

/** The last part that begins at or before `offset`; null before the first. */
function partAt(parts: readonly DocumentPart[], offset: number): DocumentPart | null {
  let low = 0;
  let high = parts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((parts[middle]?.from ?? Infinity) <= offset) low = middle + 1;
    else high = middle;
  }
  return parts[low - 1] ?? null;
}
