/** Pauses longer than this are cut to it, ms. */
const LONGEST_PAUSE = 1000;
/** A whole run is played in at most this long, ms. */
const LONGEST_PLAY = 15_000;

interface At {
  readonly at: number;
}

/** Events at or before `at` ms, of a log in order of time. */
export function countAt(log: readonly At[], at: number): number {
  return firstOver(log.length, (index) => log[index]?.at ?? 0, at);
}

/**
 * When each event is shown while a log plays, in ms of wall time since its start: as it happened,
 * but with pauses cut and a long run sped up.
 */
export function playTimes(log: readonly At[]): Float64Array {
  const times = new Float64Array(log.length);
  let wall = 0;
  let before = log[0]?.at ?? 0;
  for (const [index, { at }] of log.entries()) {
    wall += Math.min(LONGEST_PAUSE, Math.max(0, at - before));
    before = at;
    times[index] = wall;
  }
  const speed = Math.max(1, wall / LONGEST_PLAY);
  return speed === 1 ? times : times.map((time) => time / speed);
}

/** Events shown `elapsed` ms after `from` of them were. */
export function countWhilePlaying(times: Float64Array, from: number, elapsed: number): number {
  const start = from === 0 ? 0 : (times[from - 1] ?? 0);
  return Math.max(from, firstOver(times.length, (index) => times[index] ?? 0, start + elapsed));
}

/** The first index of `count` ascending values whose value is over `limit`. */
function firstOver(count: number, value: (index: number) => number, limit: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (value(middle) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
