import type { DocumentPart } from '../../document.ts';
import type { TextSink } from '../extractor.ts';
import { markerLine } from '../marker.ts';
import { type Frame, begin, breakBlock, breakLine, createFrame, putExact, putFolded } from './frame.ts';
import { type Table, createTable } from './table.ts';

type Part = Omit<DocumentPart, 'from'>;

/**
 * Writes readable text from what a document is made of: Markdown headings, lists and tables,
 * paragraphs parted by empty lines. Everything streams; only a heading, a cell and the first rows of
 * a table are held. What is opened is closed in the reverse order.
 */
export interface Composer {
  /** Text in which white space is folded. */
  text(text: string): void;
  /** Text whose white space is kept. */
  exact(text: string): void;
  lineBreak(): void;
  /** A block begins or ends: after `gap` line ends, one within lists. */
  block(gap: 1 | 2): void;
  /** @param title of the whole document: no part begins there. */
  openHeading(level: number, title?: boolean): void;
  closeHeading(): void;
  openList(): void;
  closeList(): void;
  /** An item begins; it ends at the next item or the list's end. */
  item(marker: string): void;
  openTable(): void;
  openRow(): void;
  openCell(span?: { readonly columns?: number; readonly rows?: number; readonly header?: boolean }): void;
  closeCell(): void;
  closeTable(): void;
  /** An address that the block links to; written at the end of the block, so that its words stay as they are. */
  link(address: string): void;
  /** A part begins at the next text that is outside of tables. */
  part(part: Part): void;
  /** The last character on the line; a space where one is due, '' at its start. */
  readonly last: string;
  /** Whether nothing was written but where parts begin. */
  readonly empty: boolean;
  /** Writes the last line end, and parts that nothing follows. */
  finish(): void;
}

export interface ComposerOptions {
  /** A heading is about to be written, not in a table: a part may begin before it. */
  readonly onHeading?: (level: number, text: string) => void;
  /** Line ends around a list; an empty line where it is left out. */
  readonly listGap?: 1 | 2;
}

/** Addresses after one block. */
const MOST_LINKS = 1000;

/** Tables inside each other; cells of deeper ones are lines. */
const MOST_TABLES = 50;

/** Code units of a heading; longer ones are no headings. */
const LONGEST_HEADING = 2000;

interface Heading {
  readonly level: number;
  readonly title: boolean;
  readonly frame: Frame;
  /** Tables open around it. */
  readonly tables: number;
  text: string;
}

export function createComposer(out: TextSink, { onHeading, listGap = 2 }: ComposerOptions = {}): Composer {
  let empty = true;
  const base = createFrame((text) => {
    empty = false;
    out.write(text);
  });
  const tables: Table[] = [];
  let parts: Part[] = [];
  let heading: Heading | null = null;
  let headingsOpen = 0;
  let tablesBelow = 0;

  const frame = (): Frame => {
    if (heading && heading.tables === tables.length) return heading.frame;
    const table = tables.at(-1);
    return table ? (table.cell ?? table.parent) : (heading?.frame ?? base);
  };

  const writeParts = (): void => {
    if (base.started) out.write('\n\n');
    for (const [i, part] of parts.entries()) {
      if (i > 0) out.write('\n');
      out.part(part);
      out.write(markerLine(part));
    }
    parts = [];
    base.started = false;
    base.due = 0;
  };
  /** The frame, where a part that waits has been written. */
  const ready = (): Frame => {
    const current = frame();
    if (parts.length > 0 && current === base) writeParts();
    return current;
  };

  return {
    text(text) {
      if (parts.length === 0 || /\S/.test(text)) putFolded(ready(), text);
    },
    exact: (text) => putExact(ready(), text),
    lineBreak: () => breakLine(frame()),
    block(gap) {
      const current = frame();
      breakBlock(current, current.depth > 0 ? 1 : gap);
    },
    openHeading(level, title = false) {
      headingsOpen++;
      if (headingsOpen > 1) return;
      for (const table of tables) table.flow();
      breakBlock(frame(), 2);
      const open: Heading = {
        level,
        title,
        tables: tables.length,
        text: '',
        frame: createFrame((text) => void (open.text += text)),
      };
      heading = open;
    },
    closeHeading() {
      headingsOpen--;
      if (headingsOpen > 0 || !heading) return;
      const { level, title, text } = heading;
      heading = null;
      const line = text.replace(/\s+/g, ' ').trim();
      if (line === '') return;
      const short = line.length <= LONGEST_HEADING;
      if (short && !title && tables.length === 0) onHeading?.(level, line);
      const current = ready();
      const { depth } = current;
      // A heading that is an item of a list is numbered text, not part of the list.
      current.marker = '';
      current.depth = 0;
      breakBlock(current, 2);
      begin(current);
      current.put(short ? `${'#'.repeat(Math.max(1, Math.min(6, level)))} ${line}` : line);
      breakBlock(current, 2);
      current.depth = depth;
    },
    openList() {
      const current = frame();
      breakBlock(current, current.depth > 0 ? 1 : listGap);
      current.depth++;
      current.marker = '';
    },
    closeList() {
      const current = frame();
      current.depth = Math.max(0, current.depth - 1);
      current.marker = '';
      breakBlock(current, current.depth > 0 ? 1 : listGap);
    },
    item(marker) {
      const current = frame();
      breakBlock(current, 1);
      current.marker = marker;
    },
    openTable() {
      if (tables.length >= MOST_TABLES) {
        tablesBelow++;
        return breakBlock(frame(), 1);
      }
      const parent = ready();
      breakBlock(parent, 2);
      tables.push(createTable(parent, tables.length, parent === heading?.frame));
    },
    openRow: () => (tablesBelow > 0 ? breakBlock(frame(), 1) : tables.at(-1)?.openRow()),
    openCell({ columns = 1, rows = 1, header = false } = {}) {
      if (tablesBelow > 0) breakBlock(frame(), 1);
      else tables.at(-1)?.openCell({ columns, rows, header });
    },
    closeCell: () => (tablesBelow > 0 ? breakBlock(frame(), 1) : tables.at(-1)?.closeCell()),
    closeTable() {
      if (tablesBelow > 0) {
        tablesBelow--;
        return breakBlock(frame(), 1);
      }
      const table = tables.pop();
      if (!table) return;
      // A table of tables is a page laid out as one.
      if (table.close()) for (const outer of tables) outer.flow();
      breakBlock(table.parent, 2);
    },
    link(address) {
      const current = frame();
      if (heading) return;
      current.links ??= new Set();
      if (current.links.size < MOST_LINKS) current.links.add(address);
    },
    part(part) {
      breakBlock(base, 2);
      parts.push(part);
    },
    get empty() {
      return empty;
    },
    get last() {
      const { space, last, due } = frame();
      return due > 0 ? '' : space ? ' ' : last;
    },
    finish() {
      breakBlock(base, 2);
      if (parts.length > 0) writeParts();
      else if (base.started) out.write('\n');
      base.started = false;
      base.due = 0;
    },
  };
}
