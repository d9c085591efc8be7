import { HostWork } from './host-work.ts';
import type { Cell } from './port.ts';

/**
 * Decides when guest code is stopped. The engine asks every ten thousand steps or so (back-edges and
 * calls) by an interrupt check; the checks of a cell are counted, as the count at which it was
 * stopped is the one thing that stops it at the very same step when it is run again.
 */
export class CpuLimit {
  readonly work = new HostWork();
  /** Guest CPU since the cell began, milliseconds; without host work in files. */
  cpuMs = 0;
  /** The stretch under way, or the last one, was stopped. */
  interrupted = false;
  #checks = 0;
  #stopAt: number | null = null;
  #stoppedAt: number | null = null;
  #deadline = Infinity;
  #from = 0;
  #workBefore = 0;
  #isCell = false;

  /** @param searching is told the CPU used so far when a search over a file goes on for long. */
  startCell({ cpuMs, stopAt }: Pick<Cell, 'cpuMs' | 'stopAt'>, searching: (cpuMs: number) => void): void {
    this.cpuMs = 0;
    this.interrupted = false;
    this.#checks = 0;
    this.#stopAt = stopAt ?? null;
    this.#stoppedAt = null;
    this.work.startCell({
      cpuMs,
      endsAnyway: () => this.#stopAt !== null && this.#checks + 1 === this.#stopAt,
      searching: () => searching(this.cpuMs + this.#workedFrom()),
    });
  }

  /** Checks until the limit stopped the cell, where it did. */
  get stoppedAt(): number | null {
    return this.#stoppedAt;
  }

  /** The engine's interrupt check. @returns true where guest code must end. */
  check(): boolean {
    if (this.#isCell) this.#checks += 1;
    if (!this.#isDue()) return false;
    if (this.#isCell) this.#stoppedAt ??= this.#checks;
    this.interrupted = true;
    return true;
  }

  /**
   * Runs guest code for at most `limitMs`.
   * @param isCell whether it is the cell's own doing, which must end the same way every time; a look
   *   at what the cell has made may end at any time.
   */
  during<Result>(limitMs: number, isCell: boolean, run: () => Result): Result {
    this.#from = performance.now();
    this.#workBefore = this.work.spentMs;
    this.#deadline = this.#from + limitMs;
    this.#isCell = isCell;
    this.interrupted = false;
    try {
      const result = run();
      // Guest code may have caught the error of a search, and come to its end before the next check.
      if (isCell && this.work.over && !this.interrupted) {
        this.#stoppedAt ??= this.#checks + 1;
        this.interrupted = true;
      }
      return result;
    } finally {
      this.#deadline = Infinity;
      this.#isCell = false;
      this.cpuMs += this.#workedFrom();
    }
  }

  /** Guest CPU of the stretch under way, milliseconds. */
  #workedFrom(): number {
    return performance.now() - this.#from - (this.work.spentMs - this.#workBefore);
  }

  #isDue(): boolean {
    if (this.#isCell) {
      if (this.#stoppedAt !== null) return true;
      if (this.#stopAt !== null) return this.#checks >= this.#stopAt;
      if (this.work.over) return true;
    }
    return this.#from + this.#workedFrom() > this.#deadline;
  }
}
