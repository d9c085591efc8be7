import type { Mark, ParallelStep, TurnTick } from '../../trajectory/derive/timing.ts';

/**
 * The most calls in flight in each of `columns` equal slices of 0..`end` ms. What is in flight at
 * the last step stays so until `now`; nothing is after it.
 */
export function columnsOf(steps: readonly ParallelStep[], end: number, now: number, columns: number): readonly number[] {
  const most = new Array<number>(columns).fill(0);
  if (end <= 0) return most;
  for (const [index, { at, inFlight }] of steps.entries()) {
    const until = steps[index + 1]?.at ?? Math.max(at, now);
    const first = Math.min(columns - 1, Math.floor((at / end) * columns));
    const last = Math.min(columns - 1, Math.ceil((until / end) * columns) - 1);
    for (let column = first; column <= last; column++) {
      most[column] = Math.max(most[column] ?? 0, inFlight);
    }
  }
  return most;
}

/** Path of an area over a baseline at `height`, one unit wide a column; `top` calls reach 0. */
export function areaPath(columns: readonly number[], top: number, height: number): string {
  if (columns.length === 0) return '';
  const y = (count: number) => Number((height - (Math.min(count, top) / Math.max(1, top)) * height).toFixed(2));
  let path = `M0 ${height}`;
  let drawn = height;
  for (const [x, count] of columns.entries()) {
    const next = y(count);
    if (next === drawn) continue;
    path += `H${x}V${next}`;
    drawn = next;
  }
  return `${path}H${columns.length}V${height}Z`;
}

/** The widest stretch of columns at or below `level`: room for a label. Null where there is none. */
export function widestGap(columns: readonly number[], level: number): { readonly from: number; readonly to: number } | null {
  let best: { from: number; to: number } | null = null;
  let from = 0;
  for (let x = 0; x <= columns.length; x++) {
    if ((columns[x] ?? Infinity) <= level) continue;
    if (x > from && x - from > (best ? best.to - best.from : 0)) best = { from, to: x };
    from = x + 1;
  }
  return best;
}

/** A tick or mark with its place on a strip, px from the left. */
export interface PlacedTick {
  readonly turn: number;
  readonly x: number;
  /** Empty where there is no room. */
  readonly label: string;
}
export interface PlacedMark {
  readonly x: number;
  readonly kind: Mark['kind'];
  /** Marks drawn as this one. */
  readonly count: number;
}

const MARK_WIDTH = 11;
const DIGIT = 7;
const LONG_LABEL = 44;

/** Marks on a strip of `width` px: neighbours that would touch are drawn as one, a failure before a retry. */
export function placeMarks(marks: readonly Mark[], end: number, width: number): readonly PlacedMark[] {
  const placed: { x: number; kind: Mark['kind']; count: number }[] = [];
  for (const { at, kind } of marks) {
    const x = end > 0 ? Math.round((at / end) * width) : 0;
    const last = placed.at(-1);
    if (last === undefined || x - last.x > MARK_WIDTH) placed.push({ x, kind, count: 1 });
    else {
      last.count += 1;
      if (kind === 'failure') last.kind = 'failure';
    }
  }
  return placed;
}

/** Ticks of turns with the longest label that fits before the next tick and beside the marks. */
export function placeTicks(ticks: readonly TurnTick[], marks: readonly PlacedMark[], end: number, width: number): readonly PlacedTick[] {
  let free = -Infinity;
  return ticks.map(({ turn, at }, index) => {
    const x = end > 0 ? Math.round((at / end) * width) : 0;
    const next = ticks[index + 1];
    const room = (next && end > 0 ? (next.at / end) * width : width + DIGIT) - x;
    const short = String(turn);
    const options = [
      { label: `turn ${turn}`, size: LONG_LABEL },
      { label: short, size: short.length * DIGIT + 4 },
    ];
    const fits = options.find(
      ({ size }) => size <= room && x >= free && !marks.some((mark) => mark.x > x - MARK_WIDTH && mark.x < x + size + MARK_WIDTH / 2),
    );
    if (fits) free = x + fits.size;
    return { turn, x, label: fits?.label ?? '' };
  });
}
