import type { CellError } from './events.ts';

/** UTF-16 code units that a model is shown of one cell (design §4). */
export const OBSERVATION_CHARS = 20_000;
const ERROR_CHARS = 2_000;

/**
 * What the model is shown of a cell: all it printed where that fits, else its head and tail with
 * the true length between them; an error last, which is never cut off by what came before it. Empty
 * where there was neither.
 */
export function shapeObservation(printed: string, error: CellError | null): string {
  const fault = error === null ? '' : describeError(error);
  const gap = printed !== '' && !printed.endsWith('\n') && fault !== '' ? '\n' : '';
  return headAndTail(printed, OBSERVATION_CHARS - gap.length - fault.length) + gap + fault;
}

function describeError({ name, message, line }: CellError): string {
  const where = line === undefined ? '' : ` (line ${line} of your code)`;
  return `${headAndTail(`${name}: ${message}`, ERROR_CHARS)}${where}`;
}

/** At most `limit` units: two thirds of them from the head, for that is where output explains itself. */
function headAndTail(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const note = `\n… [cut: ${text.length} characters in all; the middle is not shown. Print less, or slices] …\n`;
  const room = limit - note.length;
  const head = Math.ceil((room * 2) / 3);
  return withoutHalves(text.slice(0, head)) + note + withoutHalves(text.slice(head - room));
}

/** Drops half a surrogate pair at either end of a cut. */
const withoutHalves = (text: string) =>
  text.replace(/^[\udc00-\udfff]/, '').replace(/[\ud800-\udbff]$/, '');
