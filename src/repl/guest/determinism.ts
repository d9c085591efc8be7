import type { Primordials } from './primordials.ts';

/**
 * The guest's clock and its random numbers, such that a cell that is run again sees the same ones.
 * The clock stands still but for two things: a reply brings its time along, and every look moves it
 * on by a millisecond, so that a loop which waits for time to pass ends.
 */
export function makeDeterminism(p: Primordials) {
  // Run before any code of a cell: these are still the engine's own.
  const RealDate = Date;
  const { floor, imul } = Math;
  const toText = RealDate.prototype.toString;
  /** What the next look answers, milliseconds since 1970. */
  let time = 0;
  let state = 0;

  function look(): number {
    const now = time;
    time += 1;
    return now;
  }

  /** The clock never goes back, whatever the look that moved it on. */
  function moveTo(now: number) {
    if (now > time) time = floor(now);
  }

  /** As `Date` is: a date with `new`, else the time as text; for its subclasses too. */
  function VirtualDate(...given: unknown[]): unknown {
    if (new.target === undefined) return p.apply(toText, new RealDate(look()), []);
    return p.construct(RealDate, given.length === 0 ? [look()] : given, new.target);
  }

  /** Mulberry32: 32 bits of state, which is what a cell is given as its seed. */
  function next(): number {
    state = (state + 0x6d2b79f5) | 0;
    let bits = imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 4294967296;
  }

  // Methods, as the built-in ones are: without a prototype, and not to be used with `new`.
  const methods = { now: () => look(), random: () => next() };
  p.defineProperty(VirtualDate, 'name', { value: 'Date' });
  p.defineProperty(VirtualDate, 'length', { value: 7 });
  p.defineProperty(VirtualDate, 'prototype', { value: RealDate.prototype, writable: false });
  p.define(VirtualDate, 'now', methods.now, false);
  p.define(VirtualDate, 'parse', RealDate.parse, false);
  p.define(VirtualDate, 'UTC', RealDate.UTC, false);
  p.define(RealDate.prototype, 'constructor', VirtualDate, false);
  p.define(globalThis, 'Date', VirtualDate, false);
  p.define(Math, 'random', methods.random, false);

  return {
    /** Before a cell: its time, milliseconds since 1970, and its seed, a 32-bit integer. */
    begin(now: number, seed: number): void {
      moveTo(now);
      state = seed | 0;
    },
    /** A reply has come at `now`, milliseconds since 1970. */
    at: moveTo,
  };
}

export type Determinism = ReturnType<typeof makeDeterminism>;
