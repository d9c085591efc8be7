import type { Row } from './rows.ts';

/** The passage that the document was opened at, what the answer cites, a match, the match stood at. */
export type MarkKind = 'passage' | 'cited' | 'match' | 'current';

/** Something marked in a text: UTF-16 code units [from, to) of the document. */
export interface TextMark {
  readonly kind: MarkKind;
  readonly from: number;
  readonly to: number;
  /** Of a quote of the answer. */
  readonly number?: number;
}

/** A piece of a row that is marked in one way. */
export interface RowPiece {
  readonly from: number;
  readonly text: string;
  readonly kinds: ReadonlySet<MarkKind>;
  /** Numbers of the quotes that end with it. */
  readonly numbers: readonly number[];
}

/** A row's text in pieces, cut where a mark begins or ends; together they are the text. */
export function cutAtMarks({ from, text }: Pick<Row, 'from' | 'text'>, marks: readonly TextMark[]): readonly RowPiece[] {
  const end = from + text.length;
  const here = marks.filter((mark) => mark.from < end && mark.to > from && mark.to > mark.from);
  const cuts = new Set([from, end]);
  for (const mark of here) {
    cuts.add(Math.max(from, mark.from));
    cuts.add(Math.min(end, mark.to));
  }
  const places = [...cuts].sort((a, b) => a - b);
  return places.slice(0, -1).map((begin, index) => {
    const stop = places[index + 1] ?? end;
    const over = here.filter((mark) => mark.from <= begin && mark.to >= stop);
    const numbers = over.flatMap(({ number, to }) => (number !== undefined && to === stop ? [number] : []));
    return {
      from: begin,
      text: text.slice(begin - from, stop - from),
      kinds: new Set(over.map(({ kind }) => kind)),
      numbers: [...new Set(numbers)].sort((a, b) => a - b),
    };
  });
}

/** Of places that ascend and do not lie over each other, those that reach into [from, to). */
export function placesIn<T extends { readonly from: number; readonly to: number }>(
  places: readonly T[],
  from: number,
  to: number,
): readonly T[] {
  const begin = firstFrom(places, ({ to: end }) => end > from);
  const stop = firstFrom(places, ({ from: start }) => start >= to);
  return places.slice(begin, stop);
}

/** The number of the first item for which `isPast` is true, as it then is for all that follow. */
export function firstFrom<T>(items: readonly T[], isPast: (item: T) => boolean): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = items[middle];
    if (item !== undefined && isPast(item)) high = middle;
    else low = middle + 1;
  }
  return low;
}
