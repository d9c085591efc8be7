import { formatCount } from '../base/format.ts';
import type { Place } from './events.ts';

/** A place as a person says it: «page 148», «Orders, row 12», «slide 3», «Loomings, line 120», «line 9». */
export function placeWords({ line, part, row }: Place): string {
  const atLine = `line ${formatCount(line)}`;
  if (!part) return atLine;
  const named = part.label ?? `${part.kind} ${formatCount(part.number)}`;
  switch (part.kind) {
    case 'page':
      return `page ${part.label ?? formatCount(part.number)}`;
    case 'slide':
      return `slide ${formatCount(part.number)}`;
    case 'sheet':
      return row === undefined ? named : `${named}, row ${formatCount(row)}`;
    default:
      return `${named}, ${atLine}`;
  }
}
