import type { DocumentPart, SourceDocument } from '../../state/source-store.ts';
import { formatCount, plural } from '../../base/format.ts';
import { placeWords } from '../../trajectory/place-words.ts';
import type { Place } from '../../trajectory/events.ts';
import { firstFrom } from './row-marks.ts';

/** The number in `parts` of the part that holds a unit; -1 before the first. */
export const partIndexAt = (parts: readonly DocumentPart[], offset: number): number =>
  firstFrom(parts, ({ from }) => from > offset) - 1;

/** Where the page `number` is among the parts; -1 where there is none. */
export const pageIndex = (parts: readonly DocumentPart[], number: number): number =>
  parts.findIndex((part) => part.kind === 'page' && part.number === number);

/** The units [from, to) of the part that is the `index`th. */
export const partRange = (parts: readonly DocumentPart[], index: number, chars: number): { from: number; to: number } => ({
  from: parts[index]?.from ?? 0,
  to: parts[index + 1]?.from ?? chars,
});

/** The place one is at, and of how many: «page 148 of 212 · line 9,120». */
export function positionWords(place: Place, { info: { lines }, parts = [] }: Pick<SourceDocument, 'info' | 'parts'>): string {
  const atLine = `line ${formatCount(place.line)}`;
  if (!place.part) return `${atLine} of ${formatCount(lines)}`;
  const words = placeWords(place);
  const count = parts.filter(({ kind }) => kind === place.part?.kind).length;
  const isNumbered = place.part.kind === 'page' || place.part.kind === 'slide';
  const named = isNumbered ? `${words} of ${formatCount(count)}` : words;
  return named.includes(atLine) ? named : `${named} · ${atLine}`;
}

/** How long a document is, in words: «212 pages · 61,408 lines». */
export function lengthWords({ info: { lines }, parts = [] }: Pick<SourceDocument, 'info' | 'parts'>): string {
  const kind = parts[0]?.kind;
  const numbers = new Set(parts.filter((part) => part.kind === kind).map(({ number }) => number));
  return [...(kind ? [plural(numbers.size, kind)] : []), plural(lines, 'line')].join(' · ');
}

/** How a part is called in a list: «2: The Carpet-Bag», «Orders», «slide 4: Results». */
export function partName({ kind, number, label, firstRow }: DocumentPart): string {
  switch (kind) {
    case 'sheet':
      return `${label ?? `sheet ${formatCount(number)}`}${firstRow !== undefined && firstRow > 1 ? `, from row ${formatCount(firstRow)}` : ''}`;
    case 'page':
      return `page ${label ?? formatCount(number)}`;
    default:
      return `${kind} ${formatCount(number)}${label === undefined ? '' : `: ${label}`}`;
  }
}
