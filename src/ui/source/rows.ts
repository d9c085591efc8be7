/** A line of a text as it is shown, or a piece of a very long one. */
export interface Row {
  /** UTF-16 code units [from, to) of the document; the line end is part of it. */
  readonly from: number;
  readonly to: number;
  /** From 1. */
  readonly line: number;
  /** Where its line begins. */
  readonly lineFrom: number;
  /** Without the line end. */
  readonly text: string;
}

/** Where a row begins. */
export type RowStart = Pick<Row, 'from' | 'line' | 'lineFrom'>;

/** Sizes in UTF-16 code units. */
export interface RowSizes {
  /** A longer line is cut about every so many units. */
  readonly row: number;
  /** A cut is made after a space, where there is one so many units before. */
  readonly back: number;
}

export const ROW_SIZES: RowSizes = { row: 2_000, back: 80 };

/**
 * The rows of `text`, which begins where a row does. Cuts of long lines stand on a grid that begins
 * with the line, so that a row is the same from wherever it was come to. What may go on past the end
 * of `text` is left out, unless a row ends there (`isEnd`).
 */
export function cutRows(text: string, start: RowStart, isEnd: boolean, sizes: RowSizes = ROW_SIZES): readonly Row[] {
  const rows: Row[] = [];
  let { line, lineFrom } = start;
  let at = 0;
  while (at < text.length) {
    const lineEnd = text.indexOf('\n', at);
    const contentEnd = lineEnd === -1 ? text.length : lineEnd;
    const cut = gridAfter(start.from + at, lineFrom, sizes) - start.from;
    const isCut = contentEnd > cut;
    if (!isCut && lineEnd === -1 && !isEnd) break;
    const to = isCut ? cutBefore(text, cut, sizes) : lineEnd === -1 ? text.length : lineEnd + 1;
    rows.push({ from: start.from + at, to: start.from + to, line, lineFrom, text: text.slice(at, isCut ? to : contentEnd) });
    at = to;
    if (!isCut && lineEnd !== -1) {
      line++;
      lineFrom = start.from + at;
    }
  }
  return rows;
}

/** The place on a line's grid that the row beginning at `from` is cut near. */
const gridAfter = (from: number, lineFrom: number, { row }: RowSizes): number =>
  lineFrom + (Math.ceil((from - lineFrom) / row) + 1) * row;

/** Where a cut near the unit `grid` of `text` is made: after a space, else not inside a pair of surrogates. */
export function cutBefore(text: string, grid: number, { back }: RowSizes): number {
  for (let at = grid; at > grid - back && at > 0; at--) {
    if (/\s/.test(text.charAt(at - 1))) return at;
  }
  const inPair = /[\ud800-\udbff]/.test(text.charAt(grid - 1)) && /[\udc00-\udfff]/.test(text.charAt(grid));
  return inPair ? grid - 1 : grid;
}

/** Where the row after `row` begins. */
export function startAfter({ to, line, lineFrom, from, text }: Row): RowStart {
  const hasLineEnd = to > from + text.length;
  return hasLineEnd ? { from: to, line: line + 1, lineFrom: to } : { from: to, line, lineFrom };
}

/** The number of the row that holds the unit `offset`: the first or last one where it is outside. */
export function rowAt(rows: readonly Row[], offset: number): number {
  let low = 0;
  let high = rows.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((rows[middle]?.from ?? Infinity) <= offset) low = middle;
    else high = middle - 1;
  }
  return Math.max(0, low);
}

/** Line ends in a text. */
export function countLineEnds(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
