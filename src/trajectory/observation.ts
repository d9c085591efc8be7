import type { CellError } from './events.ts';

/** Most characters of a cell's output that a model is shown (design §4). */
export const OBSERVATION_LIMIT = 20_000;
const ERROR_LIMIT = 4_000;

/**
 * What the model is shown of a cell: all it printed, then the error that ended it. Longer output
 * keeps its head and its tail in equal parts, with a line between them that states the true
 * length; the error is kept in any case. At most `OBSERVATION_LIMIT` UTF-16 units.
 */
export function shapeObservation(printed: string, error: CellError | null): string {
  if (error === null) return shorten(printed, OBSERVATION_LIMIT);
  const fault = shorten(describe(error), ERROR_LIMIT);
  const head = shorten(printed, OBSERVATION_LIMIT - fault.length - 1);
  return head === '' || head.endsWith('\n') ? head + fault : `${head}\n${fault}`;
}

function describe({ name, message, line }: CellError): string {
  const where = line === undefined ? '' : ` (line ${line} of your block)`;
  return `${name}: ${message}${where}`;
}

function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text;
  // Room for the longest such line: two figures of up to 16 digits with separators.
  const room = limit - 120;
  const head = keepWhole(text.slice(0, Math.ceil(room / 2)), 'end');
  const tail = keepWhole(text.slice(text.length - Math.floor(room / 2)), 'start');
  const left = (text.length - head.length - tail.length).toLocaleString('en');
  const total = text.length.toLocaleString('en');
  return `${head}\n… (${left} of ${total} characters left out here) …\n${tail}`;
}

/** Without half of a surrogate pair at the cut. */
function keepWhole(piece: string, cut: 'start' | 'end'): string {
  if (cut === 'end') return /[\uD800-\uDBFF]$/.test(piece) ? piece.slice(0, -1) : piece;
  return /^[\uDC00-\uDFFF]/.test(piece) ? piece.slice(1) : piece;
}
