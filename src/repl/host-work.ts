import type { Pulse } from './texts/host-text.ts';

/** A long search counts for nothing up to this many times the CPU that a cell is allowed. */
export const SEARCH_TIMES = 20;
/** Milliseconds of host work after which those who watch from outside get a word. */
const WORD_MS = 500;

/** What a cell may have the host do, and who wants to hear of it. */
export interface HostWorkLimits {
  /** Guest CPU that the cell is allowed, milliseconds. */
  readonly cpuMs: number;
  /** True when the cell's next interrupt check will stop it, as it is known from an earlier run. */
  readonly endsAnyway: () => boolean;
  /** A long search goes on, as it should. */
  readonly searching: () => void;
}

const IDLE: HostWorkLimits = { cpuMs: 0, endsAnyway: () => false, searching: () => {} };

/**
 * Time that the host spends on a cell's behalf in files too large for memory. Such a search may
 * rightly take many times what a cell's own code may; what makes it known is that it pulses.
 */
export class HostWork {
  #limits = IDLE;
  #spentMs = 0;
  #since = 0;
  #lastWord = 0;
  #pulsed = false;
  #over = false;

  startCell(limits: HostWorkLimits): void {
    this.#limits = limits;
    this.#spentMs = 0;
    this.#over = false;
    this.#lastWord = performance.now();
  }

  /** Milliseconds spent in files since the cell began. */
  get spentMs(): number {
    return this.#spentMs + (this.#pulsed ? performance.now() - this.#since : 0);
  }

  /** True once a search was refused more time: the cell is to be stopped. */
  get over(): boolean {
    return this.#over;
  }

  /** Makes one call of the guest's to the host. */
  during<Result>(call: () => Result): Result {
    const outer = pulseNow;
    pulseNow = () => this.#pulse();
    this.#since = performance.now();
    this.#pulsed = false;
    try {
      return call();
    } finally {
      this.#spentMs = this.spentMs;
      this.#pulsed = false;
      pulseNow = outer;
    }
  }

  /** @throws SearchTimeError */
  #pulse(): void {
    const now = performance.now();
    this.#pulsed = true;
    const limit = this.#limits.cpuMs * SEARCH_TIMES;
    if (this.#over || this.#limits.endsAnyway() || this.spentMs > limit) {
      this.#over = true;
      throw new SearchTimeError(limit);
    }
    if (now - this.#lastWord < WORD_MS) return;
    this.#lastWord = now;
    this.#limits.searching();
  }
}

/** A cell's searches over files took longer than any should. */
export class SearchTimeError extends Error {
  override readonly name = 'TimeoutError';

  constructor(limitMs: number) {
    super(`the searches of one cell over a file were ended after ${limitMs / 1000} s`);
  }
}

/** Guest code and its calls are synchronous: one at most is under way in a thread. */
let pulseNow: Pulse | null = null;

/**
 * The pulse of every file text in this thread: charges the time to the cell whose call is under way.
 * @throws SearchTimeError when that cell has had more than enough.
 */
export const pulse: Pulse = () => pulseNow?.();
