import { formatCount } from '../../../base/format.ts';

/** «14 pictures are not read.», or null for none. */
export function notRead(count: number, thing: string): string | null {
  if (count === 0) return null;
  return count === 1 ? `One ${thing} is not read.` : `${formatCount(count)} ${thing}s are not read.`;
}

/** The sentences there are, as one notice. */
export function sentences(all: readonly (string | null | false | undefined)[]): string | null {
  return all.filter((sentence) => sentence !== null && sentence !== false && sentence !== undefined && sentence !== '').join(' ') || null;
}
