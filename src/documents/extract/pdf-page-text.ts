import { markerLine } from './marker.ts';
import { linesOf, type PdfLine } from './pdf-lines.ts';
import { runsOf, type PdfRun } from './pdf-runs.ts';
import { placeNotes } from './pdf-place-notes.ts';
import { findTitles } from './pdf-find-titles.ts';
import type { DocumentPart } from '../document.ts';
import type { PdfNote, PdfPageInput } from './pdf-items.ts';

/** Where a stretch of a page's text stands on the page. */
export type PdfPiece = {
  /** UTF-16 code units of the page's text [from, to). */
  readonly from: number;
  readonly to: number;
  /** Its line on the page: what is marked of one line is one box. Null for what stands alone. */
  readonly line: number | null;
} & ({ readonly run: PdfRun; /** Code units of the run before it. */ readonly at: number } | { readonly note: PdfNote });

export interface PdfPageText {
  /** Without the marker line, and without a line end at its end; empty where the page has no text. */
  readonly text: string;
  readonly pieces: readonly PdfPiece[];
}

/** A gap of so many letter sizes parts two columns of a table. */
const COLUMN_GAP = 2;
/** A gap of so many letter sizes parts two words that the file does not part. */
const WORD_GAP = 0.25;
/** Lines so much farther apart than usual on the page begin a paragraph. */
const PARAGRAPH_GAP = 1.35;

/** Scripts that are written without spaces. */
const UNSPACED = /[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]/;

/**
 * The text of a page: a line for each of its lines, an empty line between paragraphs, a tab between
 * columns of a table, titles of the bookmarks as Markdown headings, comments and fields after the
 * line that they stand at. A pure function: what draws a page composes its text again, and knows by
 * the pieces where a character of it is.
 */
export function composePage({ items, styles, notes, titles }: PdfPageInput): PdfPageText {
  const lines = linesOf(runsOf(items, styles));
  const leading = usualLeading(lines);
  const headings = findTitles(lines.map((line) => line.runs.map(({ str }) => str).join(' ')), titles);
  const placed = placeNotes(lines, notes);
  const page = new PageWriter();
  let waiting: readonly PdfNote[] = placed.get(-1) ?? [];
  const tellNotes = (): void => {
    for (const note of waiting) page.note(note);
    waiting = [];
  };
  for (const [number, line] of lines.entries()) {
    const before = lines[number - 1];
    const heading = headings.get(number);
    if (heading === 'joined') {
      page.write(' ');
    } else {
      tellNotes();
      page.beginLine(heading !== undefined || (before !== undefined && isParagraph(before, line, leading)));
      if (heading !== undefined) page.write(`${'#'.repeat(heading)} `);
    }
    page.line(line, number);
    if (heading !== undefined) page.parted = true;
    waiting = [...waiting, ...(placed.get(number) ?? [])];
  }
  tellNotes();
  return page;
}

/** A page as it stands in the text of its document: its marker line, its text, and an empty line. */
export const writtenPage = (part: Omit<DocumentPart, 'from'>, text: string): string =>
  `${markerLine(part)}${text}${text === '' ? '' : '\n'}\n`;

class PageWriter implements PdfPageText {
  text = '';
  /** An empty line is owed before what follows. */
  parted = false;
  readonly pieces: PdfPiece[] = [];

  write(text: string): void {
    this.text += text;
  }

  beginLine(paragraph: boolean): void {
    if (this.text !== '') this.text += paragraph || this.parted ? '\n\n' : '\n';
    this.parted = false;
  }

  line({ runs }: PdfLine, number: number): void {
    let last: PdfRun | null = null;
    for (const [index, run] of runs.entries()) {
      if (last) this.text += between(last, run);
      const from = last && !/\s$/.test(this.text) ? 0 : run.str.length - run.str.trimStart().length;
      const to = index === runs.length - 1 ? run.str.trimEnd().length : run.str.length;
      if (to <= from) continue;
      this.pieces.push({ from: this.text.length, to: this.text.length + to - from, line: number, run, at: from });
      this.text += run.str.slice(from, to);
      last = run;
    }
  }

  note(note: PdfNote): void {
    this.beginLine(false);
    this.pieces.push({ from: this.text.length, to: this.text.length + note.text.length, line: null, note });
    this.text += note.text;
  }
}

/** What parts two pieces of one line. */
function between(last: PdfRun, run: PdfRun): '' | ' ' | '\t' {
  const size = Math.max(last.size, run.size);
  const gap = run.start >= last.start ? run.start - last.end : last.start - run.end;
  if (gap > COLUMN_GAP * size) return '\t';
  const [end, begin] = [last.str.at(-1) ?? '', run.str[0] ?? ''];
  if (/\s/.test(end) || /\s/.test(begin)) return '';
  if (UNSPACED.test(end) && UNSPACED.test(begin) && gap < 0.6 * size) return '';
  return run.spaced || run.broken || gap > WORD_GAP * size || gap < -0.5 * size ? ' ' : '';
}

/** The distance of lines that follow each other, as most of the page has it; Infinity where it has none. */
function usualLeading(lines: readonly PdfLine[]): number {
  const steps: number[] = [];
  for (const [at, line] of lines.entries()) {
    const step = (lines[at - 1]?.across ?? Number.NaN) - line.across;
    if (step > 0.5 * line.size && step < 3 * line.size) steps.push(step);
  }
  steps.sort((one, other) => one - other);
  return steps[steps.length >> 1] ?? Infinity;
}

function isParagraph(before: PdfLine, line: PdfLine, leading: number): boolean {
  const [one, other] = [before.runs[0], line.runs[0]];
  if (one && other && one.ux * other.ux + one.uy * other.uy < 0.99) return true;
  const step = before.across - line.across;
  const size = Math.max(before.size, line.size);
  return step > Math.max(1.2 * size, PARAGRAPH_GAP * Math.min(leading, 2 * size));
}
