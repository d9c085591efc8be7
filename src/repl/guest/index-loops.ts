import type { Primordials } from './primordials.ts';
import type { TextHost } from './text-host.ts';

/**
 * `indexOf` over large strings. A loop of it gets its places in batches that grow as it goes on; what
 * is near is looked for right here. `otherwise` is the engine's own `indexOf`.
 */
export function makeIndexLoops(p: Primordials, host: TextHost) {
  const growth = 16;
  const mostAtOnce = 65_536;
  /** Units after a position in which an `indexOf` looks by itself before it asks the host. */
  const nearUnits = 256;
  /** Calls that go on where the last one ended, after which a batch is the faster way. */
  const nearRow = 3;
  const native = p.prototypes.string.indexOf;
  const noPlaces = new p.Int32Array(0);

  // The batch that a loop is in: `places` are all there are from `start` on, -1 after the last, and
  // `next` is the one at `at`, which is the answer from `low` on. Variables are read faster than
  // properties, and such a loop is all that a cell does for a while.
  /** The very string that the loop has; null where that is a rope, which is slow to compare. */
  let text: string | null = null;
  /** The same without ropes. */
  let flat: string | null = null;
  let needle = '';
  let start = 0;
  let places: Int32Array = noPlaces;
  let at = 0;
  let low = 0;
  let next = -1;
  let most = 0;

  let nearNeedle = '';
  let nearEnd = -1;
  let nearCount = 0;

  /** The place at `index` is the answer. */
  function take(index: number): number {
    const place = places[index] as number;
    if (place === -1) {
      next = -1;
      return -1;
    }
    at = index + 1;
    low = place + 1;
    next = places[at] as number;
    return place;
  }

  /** Where in `places` the first at or after `position` is; their number where none is known. */
  function indexFrom(position: number): number {
    let least = 0;
    let end = places.length;
    while (least < end) {
      const middle = (least + end) >>> 1;
      const place = places[middle] as number;
      if (place === -1 || place >= position) end = middle;
      else least = middle + 1;
    }
    return least;
  }

  function fetch(given: string, whole: string, wanted: string, position: number): number {
    text = host.isRope(given) ? null : given;
    flat = whole;
    needle = p.slice(wanted, 0);
    start = position;
    places = new p.Int32Array(host.places(whole, needle, position, most));
    return take(0);
  }

  /** As `indexOf` with a needle that is not empty; `position` is inside of the text. */
  function seek(given: string, wanted: string, position: number): number {
    const whole = p.slice(given, 0);
    if (whole === flat && wanted === needle && position >= start) {
      const index = indexFrom(position);
      if (index < places.length) return take(index);
      if (at === places.length) {
        most = most * growth < mostAtOnce ? most * growth : mostAtOnce;
        return fetch(given, whole, wanted, position);
      }
    }
    const goesOn = wanted === nearNeedle && position >= nearEnd && position - nearEnd <= 64;
    nearCount = goesOn ? nearCount + 1 : 0;
    most = nearCount > 1 ? growth : 1;
    if (nearCount < nearRow) {
      const near = p.indexOf(p.slice(whole, position, position + nearUnits), wanted);
      if (near !== -1) {
        nearNeedle = wanted;
        nearEnd = position + near;
        return position + near;
      }
    }
    const found = fetch(given, whole, wanted, position);
    nearNeedle = wanted;
    nearEnd = found === -1 ? whole.length : found;
    return found;
  }

  /** `indexOf` of any value, by which a rewritten call with two arguments is replaced. */
  function indexOf(given: unknown, wanted: unknown, position: unknown): unknown {
    if (
      typeof position === 'number' &&
      position >= low &&
      position <= next &&
      wanted === needle &&
      given === text &&
      (given as string).indexOf === native
    ) {
      const place = next;
      low = place + 1;
      at += 1;
      // Nothing there is `undefined`, which no position is at or before.
      next = places[at] as number;
      return place;
    }
    return indexAny(given, wanted, position);
  }

  function indexAny(given: unknown, wanted: unknown, position: unknown): unknown {
    const isOurs =
      typeof given === 'string' &&
      typeof wanted === 'string' &&
      wanted !== '' &&
      (typeof position === 'number' || position === undefined) &&
      given.indexOf === native;
    if (isOurs) {
      const whole = p.trunc(position ?? 0);
      const from = whole > 0 ? whole : 0;
      if (from > given.length) return -1;
      try {
        return seek(given, wanted, from);
      } catch {
        // The engine's own way, below.
      }
    }
    return (given as string).indexOf(wanted as string, position as number);
  }

  return {
    indexOf,
    /** The cell is over: nothing is kept of it. */
    forget(): void {
      text = null;
      flat = null;
      needle = '';
      places = noPlaces;
      at = 0;
      next = -1;
      nearNeedle = '';
      nearEnd = -1;
      nearCount = 0;
    },
  };
}

export type IndexLoops = ReturnType<typeof makeIndexLoops>;
