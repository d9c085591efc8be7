import { UnreadableFile } from '../unreadable-file.ts';

/** Cells that repetition in an OpenDocument sheet may amount to. */
const MOST_REPEATED = 10_000_000;

const HYPERLINK = new TextEncoder().encode('hyperlink ');
const ROW = new TextEncoder().encode('table-row');
const CELL = new TextEncoder().encode('table-cell');
const LT = 0x3c;
const GT = 0x3e;

/**
 * Looks through a workbook of which nothing is compressed for what would keep SheetJS busy for ever:
 * links over ranges (it makes a cell for each place in them, of which one link may have 17 thousand
 * million; their addresses are not read, so the tags are made unknown, in place) and repeated cells.
 * @throws UnreadableFile where repeated cells are too many.
 */
export function disarm(bytes: Uint8Array, name: string): void {
  let repeated = 0;
  let rows = 1;
  for (let at = bytes.indexOf(LT); at >= 0; at = bytes.indexOf(LT, at + 1)) {
    const tag = tagName(bytes, at + 1);
    if (startsWith(bytes, tag, HYPERLINK)) bytes[tag] = 0x78;
    else if (startsWith(bytes, tag, ROW)) rows = repeats(bytes, tag, 'rows');
    else if (startsWith(bytes, tag, CELL)) {
      const head = tagText(bytes, tag);
      // Empty cells are not made; nor do they say what type they have.
      const columns = /value-type|formula|string-value/.test(head) ? repeatsIn(head, 'columns') : 0;
      if (rows * columns > 1) repeated += rows * columns;
      if (repeated > MOST_REPEATED) {
        throw new UnreadableFile(
          `“${name}” repeats cells more than ${MOST_REPEATED.toLocaleString('en')} times: save the sheets that you need as CSV and add those.`,
        );
      }
    }
  }
}

/** Where the name of a tag begins, behind its prefix: «x:hyperlink», «table:table-row». */
function tagName(bytes: Uint8Array, at: number): number {
  for (let i = at; i < at + 12; i++) {
    const byte = bytes[i] ?? 0;
    if (byte === 0x3a) return i + 1;
    if (byte < 0x2d || byte > 0x7a) return at;
  }
  return at;
}

function startsWith(bytes: Uint8Array, at: number, word: Uint8Array): boolean {
  for (let i = 0; i < word.length; i++) if (bytes[at + i] !== word[i]) return false;
  return true;
}

/** The inside of a tag, of which hostile ones may be very long. */
function tagText(bytes: Uint8Array, at: number): string {
  const end = bytes.subarray(at, at + 4096).indexOf(GT);
  return new TextDecoder('latin1').decode(bytes.subarray(at, end < 0 ? at + 4096 : at + end));
}

const repeats = (bytes: Uint8Array, at: number, what: 'rows' | 'columns'): number =>
  repeatsIn(tagText(bytes, at), what);

function repeatsIn(tag: string, what: 'rows' | 'columns'): number {
  const count = new RegExp(`number-${what}-repeated\\s*=\\s*["'](\\d{1,12})`).exec(tag)?.[1];
  return count === undefined ? 1 : Number(count);
}
