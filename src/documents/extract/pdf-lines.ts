import { isSameDirection, type PdfRun } from './pdf-runs.ts';

/** A line of a page: its pieces in the order in which they are read. */
export interface PdfLine {
  readonly runs: readonly PdfRun[];
  readonly start: number;
  readonly end: number;
  readonly across: number;
  readonly size: number;
}

/** Share of the steps from line to line that go up before the order of the file is not believed. */
const TOO_MANY_UP = 0.4;

/** Lines that are needed to judge an order by. */
const ENOUGH_LINES = 4;

/**
 * Joins pieces of text to lines. The order of the file is kept, as it is the order of reading nearly
 * always, columns included; only where most of its lines lie above the ones before them, as some
 * programs write them, lines are sorted by where they stand.
 */
export function linesOf(runs: readonly PdfRun[]): PdfLine[] {
  const lines: PdfRun[][] = [];
  let line: PdfRun[] = [];
  for (const run of runs) {
    const last = line.at(-1);
    if (last && line[0] && !goesOn(line[0], last, run)) {
      lines.push(line);
      line = [];
    }
    line.push(run);
  }
  if (line.length > 0) lines.push(line);
  return inOrder(lines.map(lineOf));
}

/** Whether a piece stands on the line that `first` began and `last` is the end of. */
function goesOn(first: PdfRun, last: PdfRun, run: PdfRun): boolean {
  if (!isSameDirection(last, run)) return false;
  const size = Math.max(last.size, run.size);
  const off = Math.min(Math.abs(run.across - first.across), Math.abs(run.across - last.across));
  if (!run.broken) return off < size;
  const follows = run.rtl ? run.end <= last.start + 0.3 * size : run.start >= last.end - 0.3 * size;
  return off < 0.3 * Math.min(last.size, run.size) && follows;
}

function lineOf(runs: readonly PdfRun[]): PdfLine {
  let [start, end, size, across] = [Infinity, -Infinity, 0, 0];
  for (const run of runs) {
    start = Math.min(start, run.start);
    end = Math.max(end, run.end);
    // The largest letters say where the line is: small ones may be raised.
    if (run.size > size) [size, across] = [run.size, run.across];
  }
  return { runs: asRead(runs), start, end, across, size };
}

/** Turns a line of right-to-left text, whose pieces a file may hold as they look, into reading order. */
function asRead(runs: readonly PdfRun[]): readonly PdfRun[] {
  if (!runs.some((run) => run.rtl)) return runs;
  let rtl = 0;
  for (const run of runs) rtl += run.rtl ? run.str.length : -run.str.length;
  if (rtl < 0) return runs;
  const sorted = spacesMoved(runs).toSorted((one, other) => other.end - one.end);
  const read: PdfRun[] = [];
  // Numbers and words of other scripts keep their own direction.
  let foreign: PdfRun[] = [];
  for (const run of sorted) {
    if (run.rtl) {
      read.push(...foreign.reverse(), run);
      foreign = [];
    } else {
      foreign.push(run);
    }
  }
  return [...read, ...foreign.reverse()];
}

/**
 * A space that the file has before a piece stands at its left where the piece before it does: read
 * from the right it comes after it, and before the other.
 */
function spacesMoved(runs: readonly PdfRun[]): readonly PdfRun[] {
  const isLeft = (one: PdfRun | undefined, other: PdfRun | undefined): boolean =>
    one !== undefined && other !== undefined && (one.rtl || other.rtl) && one.end < other.end;
  return runs.map((run, at) => {
    const next = runs[at + 1];
    const fromRight = run.spaced && !isLeft(runs[at - 1], run);
    return { ...run, spaced: fromRight || (next?.spaced === true && isLeft(run, next)) };
  });
}

const firstRun = (line: PdfLine): PdfRun | undefined => line.runs[0];

function inOrder(lines: PdfLine[]): PdfLine[] {
  const first = lines[0] && firstRun(lines[0]);
  if (!first || lines.length < ENOUGH_LINES) return lines;
  let up = 0;
  for (const [at, line] of lines.entries()) {
    const run = firstRun(line);
    if (!run || !isSameDirection(first, run)) return lines;
    const before = lines[at - 1];
    if (before && overlap(before, line) > 0 && line.across > before.across + 0.5 * line.size) up++;
  }
  if (up <= TOO_MANY_UP * (lines.length - 1)) return lines;
  return rows(lines.toSorted((one, other) => other.across - one.across || one.start - other.start));
}

const overlap = (one: PdfLine, other: PdfLine): number =>
  Math.min(one.end, other.end) - Math.max(one.start, other.start);

/** Lines that stand side by side become one. */
function rows(sorted: readonly PdfLine[]): PdfLine[] {
  const out: PdfLine[] = [];
  let row: PdfLine[] = [];
  const flush = (): void => {
    if (row.length > 0) out.push(lineOf(row.toSorted((one, other) => one.start - other.start).flatMap(({ runs }) => runs)));
    row = [];
  };
  for (const line of sorted) {
    const head = row[0];
    if (head && head.across - line.across > 0.3 * Math.min(head.size, line.size)) flush();
    row.push(line);
  }
  flush();
  return out;
}
