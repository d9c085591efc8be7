import { append } from '../log.ts';
import type { Fact, TrajectoryEvent } from '../events.ts';

/** What a process of a simulated run waits for. */
export type Wait =
  | { readonly kind: 'sleep'; readonly ms: number }
  | { readonly kind: 'slot'; readonly first: boolean }
  | { readonly kind: 'all'; readonly processes: readonly Process[] };

/** A story told as a generator: it emits facts and yields what it waits for. */
export type Process = Generator<Wait, void, void>;

export const sleep = (ms: number): Wait => ({ kind: 'sleep', ms });
export const slot: Wait = { kind: 'slot', first: false };
/** A slot ahead of all that wait: a call with turns keeps its place. */
export const nextSlot: Wait = { kind: 'slot', first: true };
export const all = (processes: readonly Process[]): Wait => ({ kind: 'all', processes });

interface Timer {
  readonly at: number;
  readonly resume: () => void;
}

/** A run on a virtual clock, with a bounded number of requests in flight. Deterministic. */
export class Simulation {
  readonly events: TrajectoryEvent[] = [];
  #now = 0;
  #free: number;
  readonly #timers: Timer[] = [];
  readonly #queue: (() => void)[] = [];

  constructor(slots: number) {
    this.#free = slots;
  }

  emit(fact: Fact): void {
    this.events.push(append(this.events, fact, Math.round(this.#now)));
  }

  /** Gives back a slot that was waited for. */
  release(): void {
    const next = this.#queue.shift();
    if (next === undefined) this.#free += 1;
    else this.#after(2, next);
  }

  run(process: Process): void {
    this.#step(process, () => undefined);
    for (let timer = this.#timers.shift(); timer !== undefined; timer = this.#timers.shift()) {
      this.#now = timer.at;
      timer.resume();
    }
  }

  #step(process: Process, done: () => void): void {
    const next = process.next();
    if (next.done === true) {
      done();
      return;
    }
    const resume = () => this.#step(process, done);
    const wait = next.value;
    switch (wait.kind) {
      case 'sleep':
        this.#after(wait.ms, resume);
        break;
      case 'slot':
        if (this.#free > 0) {
          this.#free -= 1;
          this.#after(1, resume);
        } else if (wait.first) {
          this.#queue.unshift(resume);
        } else {
          this.#queue.push(resume);
        }
        break;
      case 'all': {
        let open = wait.processes.length;
        for (const child of wait.processes) {
          this.#step(child, () => {
            open -= 1;
            if (open === 0) resume();
          });
        }
        break;
      }
    }
  }

  /** Timers stay sorted; of two at one instant the older fires first. */
  #after(ms: number, resume: () => void): void {
    const at = this.#now + ms;
    let index = this.#timers.length;
    while (index > 0 && (this.#timers[index - 1]?.at ?? 0) > at) index -= 1;
    this.#timers.splice(index, 0, { at, resume });
  }
}

/** Uniform numbers in [0, 1) from a seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
