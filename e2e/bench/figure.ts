/** One measured figure; `ratio` is value / baseline. */
export interface Figure {
  readonly bench: string;
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** The same without us, measured in the same run; where there is no such thing, what we aim at. */
  readonly baseline: number;
  readonly ratio: number;
}

export type Report = (figure: Figure) => void;

/** Makes the figures of one benchmark. */
export function figuresOf(bench: string) {
  return (name: string, value: number, unit: string, baseline: number): Figure => {
    const ratio = round(value / baseline);
    return { bench, name, value: round(value), unit, baseline: round(baseline), ratio };
  };
}

const round = (number: number): number => Math.round(number * 1000) / 1000;

/** The middle value, NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? NaN)) / 2;
}
