import { type CellObject, SSF } from '@e965/xlsx';

/** What we use of SheetJS's formats, which come untyped. */
interface Formats {
  is_date(format: string): boolean;
  parse_date_code(
    serial: number,
    options: { readonly date1904: boolean },
  ): { y: number; m: number; d: number; H: number; M: number; S: number } | null;
  format(format: string, value: number, options: { readonly date1904: boolean }): string;
}

const formats: Formats = SSF;

/** How a number is written: as it is, as a share of a hundred, as moments, or as the sheet shows it. */
type Look = 'plain' | 'percent' | 'date' | 'time' | 'shown';

/** Of formats met, of which hostile files may have very many. */
const LOOKS_KEPT = 5000;
const looks = new Map<string, Look>();

/**
 * The text of a cell on one line. Text as it is, numbers with all their digits and no separators or
 * currency (the code of a cell can count with them), shares as percentages, dates and times as
 * `2026-11-21 14:05`, numbers that are names («00501») and durations as the sheet shows them, notes
 * after the value as `[note: …]`.
 */
export function cellText(cell: CellObject, date1904: boolean): string {
  const value = valueText(cell, date1904);
  const notes = (cell.c ?? []).map(({ t }) => ` [note: ${t}]`).join('');
  return oneLine(notes === '' ? value : (value + notes).trimStart());
}

/** Whether a cell has anything to say. */
export const isFilled = ({ t, v, c }: CellObject): boolean =>
  (t !== 'z' && v !== undefined && v !== null && v !== '') || (c !== undefined && c.length > 0);

function valueText(cell: CellObject, date1904: boolean): string {
  const { t, v } = cell;
  switch (t) {
    case 's':
      return typeof v === 'string' ? v : String(v ?? '');
    case 'b':
      return v === true ? 'TRUE' : 'FALSE';
    case 'e':
      return ERRORS.get(Number(v)) ?? '#ERROR!';
    case 'n':
      return typeof v === 'number' ? numberText(v, cell, date1904) : '';
    case 'd':
      return v instanceof Date && !Number.isNaN(v.getTime()) ? v.toISOString().slice(0, 19).replace('T', ' ') : '';
    case 'z':
      return '';
  }
}

const ERRORS: ReadonlyMap<number, string> = new Map([
  [0x00, '#NULL!'],
  [0x07, '#DIV/0!'],
  [0x0f, '#VALUE!'],
  [0x17, '#REF!'],
  [0x1d, '#NAME?'],
  [0x24, '#NUM!'],
  [0x2a, '#N/A'],
  [0x2b, '#GETTING_DATA'],
]);

function numberText(value: number, { z, w }: CellObject, date1904: boolean): string {
  const format = typeof z === 'string' ? z : '';
  // OpenDocument says of a share only in its text that it is one.
  const look = format === '' && w?.endsWith('%') ? 'percent' : lookOf(format);
  switch (look) {
    case 'plain':
      return plain(value);
    case 'percent':
      return `${plain(value * 100)}%`;
    case 'shown':
      return shown(format, value, date1904) ?? plain(value);
    case 'date':
      return moment(value, date1904) ?? plain(value);
    case 'time':
      // Time of a day; more than a day is a duration, and only the format says how it is shown.
      return value >= 0 && value < 1
        ? (moment(value, date1904)?.slice(11) ?? plain(value))
        : (shown(format, value, date1904) ?? plain(value));
  }
}

/** Spreadsheets keep 15 digits: 0.1 + 0.2 is 0.3 in them. */
const plain = (value: number): string => String(Number(value.toPrecision(15)));

function shown(format: string, value: number, date1904: boolean): string | null {
  try {
    // Excel shows nothing, or a row of #, where a format cannot show a negative number.
    return formats.format(format, value, { date1904 }) || null;
  } catch {
    return null;
  }
}

/** `2026-11-21`, with the time behind it where there is one; times alone have a date of no meaning. */
function moment(serial: number, date1904: boolean): string | null {
  const at = formats.parse_date_code(serial, { date1904 });
  if (!at) return null;
  const day = `${String(at.y).padStart(4, '0')}-${two(at.m)}-${two(at.d)}`;
  const time = `${two(at.H)}:${two(at.M)}${at.S > 0 ? `:${two(at.S)}` : ''}`;
  return time === '00:00' && serial >= 1 ? day : `${day} ${time}`;
}

const two = (n: number): string => String(Math.floor(n)).padStart(2, '0');

function lookOf(format: string): Look {
  const known = looks.get(format);
  if (known !== undefined) return known;
  const look = seenLook(format);
  if (looks.size < LOOKS_KEPT) looks.set(format, look);
  return look;
}

function seenLook(format: string): Look {
  if (format === '' || format.length > 255 || /^general$/i.test(format)) return 'plain';
  const bare = (format.split(';')[0] ?? '').replace(/"[^"]*"?|\\.|_./g, '');
  if (/\[(?:h+|m+|s+)\]/i.test(bare)) return 'shown';
  const code = bare.replace(/\[[^\]]*\]/g, '');
  if (formats.is_date(format)) {
    const days = code.replace(/am\/pm|a\/p/gi, '');
    return /[ydeb]/i.test(days) || !/[hs]/i.test(days) ? 'date' : 'time';
  }
  if (code.includes('%')) return 'percent';
  return /0.*0/.test(code) && !/[.,#?E]/i.test(code) ? 'shown' : 'plain';
}

/** A cell is one field of one line. */
export const oneLine = (text: string): string => text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ');
