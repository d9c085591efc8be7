import { countLineEnds, cutBefore, cutRows, ROW_SIZES, rowAt, startAfter, type Row, type RowSizes, type RowStart } from './rows.ts';

/** Reads one document. */
export interface WindowReader {
  /** UTF-16 code units [from, to). */
  slice(from: number, to: number): Promise<string>;
  /** The line, from 1, of a unit. */
  lineOf(offset: number): Promise<number>;
  /** Units before a line, from 1. */
  lineStart(line: number): Promise<number>;
}

export interface WindowSizes extends RowSizes {
  /** Units that are fetched at a time: more than three rows. */
  readonly piece: number;
  /** Rows that are added at a time. */
  readonly pieceRows: number;
  /** Rows, and units, that are held; more are let go at the other end. */
  readonly rows: number;
  readonly units: number;
}

export const WINDOW_SIZES: WindowSizes = { ...ROW_SIZES, piece: 65_536, pieceRows: 1_500, rows: 6_000, units: 2_000_000 };

/** What is loaded of a document around the place where it is read. */
export interface TextWindowState {
  readonly rows: readonly Row[];
  /** Whether the last change was made before the first row. */
  readonly isShift: boolean;
  /** Rows of another load have nothing in common with those before. */
  readonly load: number;
  /** The row that a jump leads to, a new object each time. */
  readonly aim: { readonly row: number; readonly offset: number } | null;
  readonly failed: boolean;
}

export interface TextWindow {
  get(): TextWindowState;
  subscribe(listener: () => void): () => void;
  /** Loads what is around a unit, unless it is here; the last of several jumps wins. */
  jump(offset: number): Promise<void>;
  /** Loads what follows, or what is before. One at a time: more are ignored. */
  extend(way: 'down' | 'up'): Promise<void>;
}

/** A window that slides over the text of a document of `chars` units. */
export function createTextWindow(reader: WindowReader, chars: number, sizes: WindowSizes = WINDOW_SIZES): TextWindow {
  let state: TextWindowState = { rows: [], isShift: false, load: 0, aim: null, failed: false };
  let jumps = 0;
  let extending = false;
  const listeners = new Set<() => void>();
  const set = (change: Partial<TextWindowState>) => {
    state = { ...state, isShift: false, ...change };
    for (const listener of listeners) listener();
  };

  const rowsFrom = async (start: RowStart): Promise<readonly Row[]> => {
    const text = await reader.slice(start.from, start.from + sizes.piece);
    return cutRows(text, start, start.from + text.length >= chars, sizes).slice(0, sizes.pieceRows);
  };
  const rowsBefore = async (first: RowStart): Promise<readonly Row[]> => {
    const from = Math.max(0, first.from - sizes.piece);
    const text = await reader.slice(from, first.from);
    const start = from === 0 ? { from: 0, lineFrom: 0 } : await startIn(text, from, first);
    const shown = text.slice(start.from - from);
    const line = first.line - countLineEnds(shown);
    return cutRows(shown, { ...start, line }, true, sizes).slice(-sizes.pieceRows);
  };
  /** Where a row begins in `text`, which ends where the row `next` begins. */
  const startIn = async (text: string, from: number, next: RowStart): Promise<Omit<RowStart, 'line'>> => {
    const lineEnd = text.indexOf('\n');
    if (lineEnd !== -1 && lineEnd < text.length - 1) return { from: from + lineEnd + 1, lineFrom: from + lineEnd + 1 };
    const lineFrom = next.from === next.lineFrom ? await reader.lineStart(next.line - 1) : next.lineFrom;
    const grid = lineFrom + Math.ceil((from + sizes.back - lineFrom) / sizes.row) * sizes.row;
    return { from: from + cutBefore(text, grid - from, sizes), lineFrom };
  };
  /** Where the row before that of a unit begins, in a very long line; else where its line does. */
  const startBefore = async (offset: number): Promise<RowStart> => {
    if (offset === 0) return { from: 0, line: 1, lineFrom: 0 };
    const line = await reader.lineOf(offset);
    const lineFrom = await reader.lineStart(line);
    const grid = lineFrom + (Math.floor((offset - lineFrom) / sizes.row) - 1) * sizes.row;
    if (grid <= lineFrom) return { from: lineFrom, line, lineFrom };
    const textFrom = grid - sizes.back;
    const text = await reader.slice(textFrom, grid + 1);
    return { from: textFrom + cutBefore(text, sizes.back, sizes), line, lineFrom };
  };

  /** `rows` without those at one end that are too many. */
  const trimmed = (rows: readonly Row[], end: 'first' | 'last'): readonly Row[] => {
    const most = sizes.rows - sizes.pieceRows;
    const units = sizes.units - sizes.piece;
    const [first, last] = [rows[0], rows.at(-1)];
    if (!first || !last) return rows;
    if (end === 'first') {
      const begin = Math.max(rows.length - most, last.to - first.from > units ? rowAt(rows, last.to - units) : 0);
      return begin > 0 ? rows.slice(begin) : rows;
    }
    const stop = Math.min(most, last.to - first.from > units ? rowAt(rows, first.from + units) + 1 : rows.length);
    return stop < rows.length ? rows.slice(0, stop) : rows;
  };

  return {
    get: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async jump(wanted) {
      const offset = Math.max(0, Math.min(chars, Math.trunc(wanted) || 0));
      const jump = ++jumps;
      const { rows } = state;
      if (rows[0] && rows[0].from <= offset && offset < (rows.at(-1)?.to ?? 0)) {
        set({ aim: { row: rowAt(rows, offset), offset } });
        return;
      }
      try {
        // The last unit is on a row; the place after it is on none.
        const start = await startBefore(Math.min(offset, Math.max(0, chars - 1)));
        const [before, after] = await Promise.all([start.from > 0 ? rowsBefore(start) : [], rowsFrom(start)]);
        if (jump !== jumps) return;
        const loaded = [...before, ...after];
        set({ rows: loaded, load: jump, aim: { row: rowAt(loaded, offset), offset }, failed: false });
      } catch {
        if (jump === jumps) set({ rows: [], load: jump, aim: null, failed: true });
      }
    },
    async extend(way) {
      const [first, last] = [state.rows[0], state.rows.at(-1)];
      if (extending || state.failed || !first || !last || (way === 'up' ? first.from === 0 : last.to >= chars)) return;
      const jump = jumps;
      extending = true;
      try {
        const kept = trimmed(state.rows, way === 'down' ? 'first' : 'last');
        // A change of its own: a list can be changed at one end at a time.
        if (kept !== state.rows) set({ rows: kept, isShift: way === 'down', aim: null });
        const added = way === 'down' ? await rowsFrom(startAfter(last)) : await rowsBefore(first);
        if (jump !== jumps) return;
        const rows = way === 'down' ? [...state.rows, ...added] : [...added, ...state.rows];
        set({ rows, isShift: way === 'up', aim: null });
      } catch {
        if (jump === jumps) set({ failed: true });
      } finally {
        extending = false;
      }
    },
  };
}
