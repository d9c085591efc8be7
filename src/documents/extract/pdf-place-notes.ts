import type { PdfNote } from './pdf-items.ts';
import type { PdfLine } from './pdf-lines.ts';

/**
 * After which line each comment or field is told: the one that it stands on or beside, else the last
 * one above it; -1 is before the first line.
 */
export function placeNotes(
  lines: readonly PdfLine[],
  notes: readonly PdfNote[],
): ReadonlyMap<number, readonly PdfNote[]> {
  const placed = new Map<number, PdfNote[]>();
  for (const note of notes) {
    const at = lineFor(lines, note);
    const there = placed.get(at);
    if (there) there.push(note);
    else placed.set(at, [note]);
  }
  return placed;
}

function lineFor(lines: readonly PdfLine[], { rect }: PdfNote): number {
  let best = -1;
  let least = Infinity;
  for (const [number, line] of lines.entries()) {
    const run = line.runs[0];
    if (!run) continue;
    const [x1, y1, x2, y2] = rect;
    // The rectangle in the frame of the line: its corners along and across.
    const along = [x1 * run.ux + y1 * run.uy, x2 * run.ux + y2 * run.uy];
    const across = [-x1 * run.uy + y1 * run.ux, -x2 * run.uy + y2 * run.ux];
    const [left, right] = [Math.min(...along), Math.max(...along)];
    const [bottom, top] = [Math.min(...across), Math.max(...across)];
    const aside = Math.max(line.start - right, left - line.end, 0);
    const above = line.across - top;
    const beside = line.across >= bottom - 0.3 * line.size && above < 0;
    // Far lines below the note are none of its; a line that it stands on is nearer than any above.
    if (!beside && above < 0) continue;
    const distance = aside + (beside ? 0 : 2 * above + line.size);
    if (distance < least || (distance === least && beside)) [least, best] = [distance, number];
  }
  return best;
}
