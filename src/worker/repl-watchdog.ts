import type { Cell } from '../repl/port.ts';

/**
 * Silence beyond the CPU limit after which guest code is given up: its own interrupt came too late.
 * A cell that used all of its CPU has only this long to have its final value and variables read.
 */
const GRACE_MS = 2000;
/** So long before its end the silence is suspicious: guest code that can be interrupted has been by then. */
const SUSPICION_MS = 1500;
/** A cell that is stopped at the step at which it was stopped before may get there more slowly. */
const REPLAY_SLOWNESS = 4;

/** A cell on the far side. */
interface Watched {
  readonly cpuLimitMs: number;
  /** CPU it has used, as far as it has said. */
  cpuMs: number;
  /**
   * Places, in the order of everything sent, of what set guest code going: the cell itself, then each
   * reply. The far side is one thread and takes them in this order.
   */
  readonly sent: number[];
  /** How many of them are over and done with. */
  done: number;
}

/**
 * Watches over guest code in a thread that cannot be asked while it runs: whatever was sent to a
 * session owes a word within the CPU that its cell has left, and some grace.
 */
export class ReplWatchdog {
  readonly #expired: () => void;
  readonly #suspects: () => void;
  readonly #watched = new Map<number, Watched>();
  #sent = 0;
  #lastWord = 0;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #next = 0;

  /**
   * @param expired is called once, when what runs has been silent for too long.
   * @param suspects is called when it is likely to come to that, one and a half seconds before.
   */
  constructor(expired: () => void, suspects: () => void = () => {}) {
    this.#expired = expired;
    this.#suspects = suspects;
  }

  /** A cell was sent to `session`. */
  started(session: number, { cpuMs, stopAt }: Cell): void {
    const cpuLimitMs = stopAt === undefined ? cpuMs : cpuMs * REPLAY_SLOWNESS;
    this.#watched.set(session, { cpuLimitMs, cpuMs: 0, sent: [], done: 0 });
    this.replied(session);
  }

  /** A reply was sent to the cell of `session`. */
  replied(session: number): void {
    const watched = this.#watched.get(session);
    if (!watched) return;
    if (this.runs() === null) this.#lastWord = performance.now();
    watched.sent.push(this.#sent++);
    const due = this.#dueAt();
    // A timer for each reply would cost more than one that now and then looks too early.
    const at = due === null ? null : due - SUSPICION_MS;
    if (at !== null && (this.#timer === null || at < this.#next)) this.#lookAt(at);
  }

  /**
   * The far side has said something of the cell of `session`.
   * @param replies what it has been given until then, where it waits for more; else null.
   */
  heard(session: number, cpuMs: number, replies: number | null): void {
    this.#lastWord = performance.now();
    const watched = this.#watched.get(session);
    if (!watched) return;
    watched.cpuMs = cpuMs;
    if (replies !== null) watched.done = replies + 1;
  }

  /** The cell of `session` is over. */
  ended(session: number): void {
    this.#lastWord = performance.now();
    this.#watched.delete(session);
  }

  /** The session whose guest code runs now, as far as can be known from here; null for none. */
  runs(): number | null {
    let first = Infinity;
    let found: number | null = null;
    for (const [session, { sent, done }] of this.#watched) {
      const at = sent[done];
      if (at === undefined || at > first) continue;
      first = at;
      found = session;
    }
    return found;
  }

  /** True when something was sent to the cell of `session` that it may be working on. */
  isBusy(session: number): boolean {
    const watched = this.#watched.get(session);
    return watched !== undefined && watched.done < watched.sent.length;
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#watched.clear();
  }

  #dueAt(): number | null {
    const session = this.runs();
    const watched = session === null ? undefined : this.#watched.get(session);
    if (!watched) return null;
    return this.#lastWord + Math.max(0, watched.cpuLimitMs - watched.cpuMs) + GRACE_MS;
  }

  #lookAt(at: number) {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#next = at;
    this.#timer = setTimeout(() => this.#look(), at - performance.now());
  }

  #look() {
    this.#timer = null;
    const due = this.#dueAt();
    if (due === null) return;
    const now = performance.now();
    if (now >= due) {
      this.#expired();
    } else if (now >= due - SUSPICION_MS) {
      this.#suspects();
      this.#lookAt(due);
    } else {
      this.#lookAt(due - SUSPICION_MS);
    }
  }
}
