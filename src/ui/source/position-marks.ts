import type { CitedPassage } from '../../trajectory/derive/cited.ts';

/** How high the column of each share of a document is, by how many places are in it; at least 5 where one is. */
export function columnHeights(
  places: readonly { readonly from: number }[],
  chars: number,
  columns: number,
  height: number,
): readonly number[] {
  if (columns < 1 || chars < 1) return [];
  const counts = Array.from({ length: columns }, () => 0);
  for (const { from } of places) {
    const column = Math.min(columns - 1, Math.floor((from / chars) * columns));
    counts[column] = (counts[column] ?? 0) + 1;
  }
  const most = counts.reduce((a, b) => Math.max(a, b), 1);
  return counts.map((count) => (count === 0 ? 0 : 5 + Math.round(((height - 5) * (count - 1)) / Math.max(1, most - 1))));
}

export interface Pin {
  readonly passage: CitedPassage;
  /** Pixels from the left. */
  readonly x: number;
  /** Whether there is room for its number. */
  readonly isNamed: boolean;
}

const NUMBER_WIDTH = 14;
const REACH = 5;

/** Pins at their places, from left to right; numbers that would lie over the one before are left out. */
export function spreadPins(cited: readonly CitedPassage[], chars: number, width: number): readonly Pin[] {
  if (width <= 0 || chars < 1) return [];
  let end = -Infinity;
  return [...cited]
    .sort((a, b) => a.from - b.from)
    .map((passage) => {
      const x = (passage.from / chars) * width;
      const isNamed = passage.number !== null && x - NUMBER_WIDTH / 2 >= end;
      if (isNamed) end = x + NUMBER_WIDTH / 2;
      return { passage, x, isNamed };
    });
}

/** The pin that a pointer at `x` means, if it means one. */
export function nearestPin(pins: readonly Pin[], x: number): Pin | null {
  let nearest: Pin | null = null;
  for (const pin of pins) {
    const distance = Math.abs(pin.x - x);
    if (distance <= REACH && (!nearest || distance < Math.abs(nearest.x - x))) nearest = pin;
  }
  return nearest;
}
