import { type Frame, begin, breakBlock, createFrame } from './frame.ts';

/** A cell with more characters than this is a page laid out as a table. */
const LONGEST_CELL = 4000;
/** Rows and characters that are looked at before it is decided how a table is written. */
const HELD_ROWS = 32;
const HELD_CHARS = 32_000;
/** Columns beyond these share the last one's place. */
const MOST_COLUMNS = 500;
/** How far a cell may reach; further is no table that people made. */
const WIDEST = 50;
const LONGEST = 1000;
/** Tables inside each other that are looked at; deeper ones are written cell by cell. */
const DEEPEST = 4;

/** A table as it is read; nothing is held beyond its first rows. */
export interface Table {
  /** Text outside of cells (a caption) belongs here. */
  readonly parent: Frame;
  /** The cell being written, or null. */
  readonly cell: Frame | null;
  openRow(): void;
  openCell(options: { readonly columns: number; readonly rows: number; readonly header: boolean }): void;
  closeCell(): void;
  closeRow(): void;
  /** It holds headings or tables: it is a page laid out as a table, and its cells are written as blocks. */
  flow(): void;
  /** @returns whether it has been written as a grid. */
  close(): boolean;
}

/**
 * Writes a table into `parent` as Markdown, or its cells one under the other where it has one column
 * or is there for the layout. Which of the two is decided by its first rows; then it streams.
 */
export function createTable(parent: Frame, depth: number, inGrid: boolean): Table {
  let mode: 'held' | 'grid' | 'flow' = inGrid || depth > DEEPEST ? 'flow' : 'held';
  let rows: string[][] = [];
  let row: string[] = [];
  let heldChars = 0;
  let header = false;
  let cell: Frame | null = null;
  let pieces: string[] = [];
  let cellChars = 0;
  /** Where in the row the next cell stands, and how far the row is written. */
  let column = 0;
  let written = 0;
  let inRow = false;
  let span = 1;
  /** Rows that a cell above still reaches into, by column. */
  const reach: number[] = [];

  const hasText = (): boolean => row.some((text) => text !== '');

  const flow = (): void => {
    if (mode !== 'held') return;
    mode = 'flow';
    if (hasText()) rows.push(row);
    for (const text of rows.flat()) if (text !== '') putBlock(text);
    rows = [];
    row = [];
    const open = pieces.join('');
    pieces = [];
    if (open !== '') putBlock(open);
  };
  const putBlock = (text: string): void => {
    breakBlock(parent, 1);
    begin(parent);
    parent.put(text);
  };

  /** Writes the separators up to the cell in which text begins. */
  const reachColumn = (): void => {
    if (written === 0) {
      breakBlock(parent, 1);
      begin(parent);
      parent.put('|');
    }
    while (written < column) {
      parent.put(' |');
      written++;
    }
    parent.put(' ');
  };
  const putRow = (texts: readonly string[]): void => {
    breakBlock(parent, 1);
    begin(parent);
    parent.put(`|${texts.map((text) => (text === '' ? ' |' : ` ${inCell(text)} |`)).join('')}`);
  };

  const decide = (ended: boolean): void => {
    const columns = rows.reduce((most, { length }) => Math.max(most, length), 0);
    const single = rows.length === 1 && ended && !header ? rows[0] : undefined;
    if (columns < 2 || (single && single.some((text) => text.length > 200))) return flow();
    mode = 'grid';
    breakBlock(parent, 2);
    if (single) {
      begin(parent);
      parent.put(single.filter((text) => text !== '').map(inCell).join(' | '));
    } else {
      const [first = [], ...rest] = rows;
      putRow([...first, ...Array.from({ length: columns - first.length }, () => '')]);
      putRow(Array.from({ length: columns }, () => '---'));
      for (const texts of rest) putRow(texts);
    }
    rows = [];
  };

  const put = (text: string): void => {
    switch (mode) {
      case 'held':
        pieces.push(text);
        cellChars += text.length;
        if (cellChars > LONGEST_CELL) flow();
        return;
      case 'grid':
        if (cellChars === 0) reachColumn();
        cellChars += text.length;
        return parent.put(inCell(text));
      case 'flow':
        if (cellChars === 0) {
          breakBlock(parent, 1);
          begin(parent);
        }
        cellChars += text.length;
        return parent.put(text);
    }
  };

  const skipReached = (): void => {
    for (let left = reach[column] ?? 0; left > 0; left = reach[column] ?? 0) {
      reach[column] = left - 1;
      advance('');
    }
  };
  const advance = (text: string): void => {
    if (mode === 'held') {
      const there = row[column] ?? '';
      row[column] = there === '' || text === '' ? there + text : `${there} ${text}`;
    }
    if (column < MOST_COLUMNS - 1) column++;
  };

  const table: Table = {
    parent,
    get cell() {
      return cell;
    },
    flow,
    openRow() {
      table.closeRow();
      inRow = true;
    },
    openCell({ columns, rows: reached, header: heads }) {
      table.closeCell();
      if (!inRow) table.openRow();
      skipReached();
      header ||= heads;
      pieces = [];
      cellChars = 0;
      cell = createFrame(put);
      span = Math.max(1, Math.min(columns, WIDEST, MOST_COLUMNS - column));
      if (reached > 1) for (let i = 0; i < span; i++) reach[column + i] = Math.min(reached, LONGEST) - 1;
    },
    closeCell() {
      if (!cell) return;
      breakBlock(cell, 1);
      cell = null;
      if (mode === 'grid' && cellChars > 0) {
        parent.put(' |');
        written = column + 1;
      }
      const text = pieces.join('').trim();
      heldChars += text.length;
      pieces = [];
      // What its own rows reach into was noted for the rows below.
      advance(text);
      for (let i = 1; i < span; i++) advance('');
    },
    closeRow() {
      table.closeCell();
      if (!inRow) return;
      inRow = false;
      for (; column < reach.length; column++) reach[column] = Math.max(0, (reach[column] ?? 0) - 1);
      if (mode === 'held' && hasText()) {
        while (row.at(-1) === '') row.pop();
        rows.push(row);
        if (rows.length >= HELD_ROWS || heldChars > HELD_CHARS) decide(false);
      }
      row = [];
      column = 0;
      written = 0;
    },
    close() {
      table.closeRow();
      if (mode === 'held') decide(true);
      return mode === 'grid';
    },
  };
  return table;
}

/** Text as it may stand in a cell of a Markdown table. */
const inCell = (text: string): string => {
  const line = text.includes('\n') ? text.replaceAll('\n', ' ').replace(/ {2,}/g, ' ') : text;
  return line.replaceAll('|', '\\|');
};
