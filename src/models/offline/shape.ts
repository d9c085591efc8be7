import { printed, printedJson } from './conversation.ts';

/** What the probe's lines say the context is. */
export type Shape =
  | { readonly kind: 'table'; readonly delimiter: string; readonly header: readonly string[] | null; readonly columns: number }
  | { readonly kind: 'jsonl' }
  | { readonly kind: 'json' }
  /** Blocks of `Key: value` lines. */
  | { readonly kind: 'cards' }
  | { readonly kind: 'log' }
  /** One sentence or record a line. */
  | { readonly kind: 'lines' }
  | { readonly kind: 'prose' };

export interface Probe {
  readonly shape: Shape;
  readonly documents: number;
  readonly characters: number;
  readonly names: readonly string[];
  readonly lines: number;
}

const isString = (value: unknown): value is string => typeof value === 'string';

/** Reads the output of the probe cell. */
export function readProbe(output: string): Probe {
  const first = printedJson(output, 'first').filter(isString);
  const spread = printedJson(output, 'spread').filter(isString);
  const listed = printed(output, 'document');
  return {
    shape: shapeOf(first, spread),
    documents: Number(printed(output, 'documents')[0] ?? 1),
    characters: Number(printed(output, 'characters')[0] ?? 0),
    names: listed.map((line) => /^"((?:[^"\\]|\\.)*)"/.exec(line)?.[1] ?? '').filter(Boolean),
    lines: listed.reduce((sum, line) => sum + Number(/(\d+) lines$/.exec(line)?.[1] ?? 0), 0),
  };
}

const DELIMITERS = ['\t', '|', ';', ','] as const;
const STAMP = /^\W{0,2}(?:\d{4}[-/]\d{2}[-/]\d{2}[T ,]|\d{2}[-/]\w{2,3}[-/]\d{2,4}[: ]|\w{3} +\d{1,2} \d{2}:\d{2}|\d{1,3}(?:\.\d{1,3}){3} .*\[|\d{10,13}[ \t]|\d{2}:\d{2}:\d{2})/;
const LEVEL = /(?:^|[\s[(|])(?:TRACE|DEBUG|INFO|NOTICE|WARN(?:ING)?|ERROR|FATAL|CRITICAL)(?:$|[\s\])|:])/;
export const CARD_LINE = /^\s*(?:[-*] )?\**([\p{L}][\p{L}\p{N} _/#-]{0,30}?)\**[ \t]*:\**[ \t]+(\S.*)$/u;

export function shapeOf(first: readonly string[], spread: readonly string[]): Shape {
  const all = [...first, ...spread].filter((line) => line.trim() !== '');
  const share = (test: (line: string) => boolean): number => (all.length === 0 ? 0 : all.filter(test).length / all.length);
  const head = all[0]?.trim() ?? '';
  if (share((line) => /^\s*\{.*(?:\}\s*,?\s*$|.{580})/.test(line) && /"[^"]*"\s*:/.test(line)) > 0.85) return { kind: 'jsonl' };
  if (/^[[{]/.test(head) && share((line) => /^\s*(?:[{}[\]]+,?\s*$|"[^"]*"\s*[:,]|"[^"]*"\s*$|[{[].*[}\]],?\s*$)/.test(line)) > 0.7) return { kind: 'json' };
  const firmTable = tableOf(first, all);
  if (firmTable?.kind === 'table' && firmTable.columns > 2 && /[|\t]/.test(firmTable.delimiter)) return firmTable;
  if (share((line) => STAMP.test(line)) > 0.6 || share((line) => LEVEL.test(line)) > 0.6) return { kind: 'log' };
  if (firmTable !== null) return firmTable;
  if (share((line) => CARD_LINE.test(line)) > 0.5 && repeats(all)) return { kind: 'cards' };
  const meaty = all.filter((line) => line.length > 20);
  const ended = meaty.filter((line) => /[.!?:;"”'’)\]]\s*$|^\S+\t/.test(line) || line.length >= 590).length;
  return meaty.length > 3 && ended / meaty.length > 0.75 ? { kind: 'lines' } : { kind: 'prose' };
}

/** Card fields come again in the next block. */
function repeats(lines: readonly string[]): boolean {
  const keys = lines.flatMap((line) => CARD_LINE.exec(line)?.[1]?.toLowerCase() ?? []);
  return new Set(keys).size <= keys.length * 0.7;
}

function tableOf(first: readonly string[], all: readonly string[]): Shape | null {
  for (const delimiter of DELIMITERS) {
    const counts = all.map((line) => splitRow(line, delimiter).length);
    const columns = splitRow(first.find((line) => line.trim() !== '') ?? '', delimiter).length;
    if (columns < 2 || (delimiter === ',' && columns < 3 && !isHeader(splitRow(first[0] ?? '', delimiter)))) continue;
    const agreeing = counts.filter((count) => count === columns).length / counts.length;
    if (agreeing < 0.8) continue;
    const cells = splitRow(first[0] ?? '', delimiter);
    // Prose has commas too: in a table the cells are short.
    const long = all.flatMap((line) => splitRow(line, delimiter).slice(0, -1)).filter((cell) => cell.length > 60).length;
    if (long > all.length / 3) continue;
    if (delimiter === ',' && !isHeader(cells) && columns < 4) continue;
    return { kind: 'table', delimiter, header: isHeader(cells) ? cells : null, columns };
  }
  return null;
}

function isHeader(cells: readonly string[]): boolean {
  const distinct = new Set(cells.map((cell) => cell.toLowerCase())).size === cells.length;
  return distinct && cells.every((cell) => /^[\p{L}_#][\p{L}\p{N}_ #()./%€$-]{0,40}$/u.test(cell.trim()));
}

/** Cells of a row, quotation marks respected. */
export function splitRow(line: string, delimiter: string): string[] {
  if (!line.includes('"')) return line.split(delimiter).map((cell) => cell.trim());
  const cells: string[] = [];
  let cell = '';
  let inside = false;
  for (const char of line) {
    if (char === '"') inside = !inside;
    else if (char === delimiter && !inside) {
      cells.push(cell.trim());
      cell = '';
    } else cell += char;
  }
  return [...cells, cell.trim()];
}

export function describeShape(probe: Probe): string {
  const { shape } = probe;
  const several = probe.documents > 1 ? `${probe.documents} documents of ` : '';
  switch (shape.kind) {
    case 'table':
      return `${several}a table (${shape.columns} columns${shape.header === null ? '' : `: ${shape.header.join(', ')}`})`;
    case 'jsonl':
      return `${several}JSON lines`;
    case 'json':
      return `${several}JSON`;
    case 'cards':
      return `${several}records of “key: value” lines`;
    case 'log':
      return `${several}a log, one record a line`;
    case 'lines':
      return `${several}text with one statement a line`;
    case 'prose':
      return `${several}prose`;
  }
}
