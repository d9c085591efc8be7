const PAGE_BYTES = 64 * 1024;
/** The engine's WebAssembly declares these; a memory given to it must lie within. */
const FIRST_PAGES = 256;
const MOST_PAGES = 32_768;
/** The engine's own stack and data. */
const OWN_BYTES = 6 * 1024 * 1024;
/**
 * What the engine's loader asks for in one go, as a share of what there is: a fifth, where that is
 * refused a tenth, then a twentieth, which is the least.
 */
const LEAST_GROWTH = 1 / 20;
const LEAST_SPARE_BYTES = 8 * 1024 * 1024;
/** Cells that may run out of memory and leave the next one some spare room. */
const MOST_SPARES = 4;
/** Requests that one refusal takes. */
const TRIES = 3;
/** Times in one cell that there is room for the error after a refusal: the engine survives some of them. */
const MOST_GRANTS = 3;

/**
 * The memory of one guest, which does not outgrow its limit. QuickJS's own limit does not see to
 * that: as compiled for the web it counts eight bytes for a block of any size, so that a guest with
 * a limit of 1 GB took 2.2 GB. Refused more memory, it throws "out of memory" just the same.
 */
export class GuestMemory {
  readonly memory: WebAssembly.Memory;
  readonly #limitBytes: number;
  /** One more growth, whatever the size. */
  readonly #spareBytes: number;
  #spares = 0;
  #mostBytes: number;
  #refusals = 0;
  /** What was refused before the last grant. */
  #settled = 0;
  #grants = 0;

  /** @param limitBytes what the guest's values may take. */
  constructor(limitBytes: number) {
    this.#limitBytes = Math.ceil(limitBytes * (1 + LEAST_GROWTH)) + OWN_BYTES;
    this.#spareBytes = Math.max(LEAST_SPARE_BYTES, Math.ceil(this.#limitBytes * LEAST_GROWTH * 1.5));
    this.#mostBytes = this.#limitBytes;
    const bytes = this.#limitBytes + (2 * MOST_SPARES + MOST_GRANTS) * this.#spareBytes;
    const pages = Math.max(FIRST_PAGES, Math.ceil(bytes / PAGE_BYTES));
    const memory = new WebAssembly.Memory({
      initial: FIRST_PAGES,
      maximum: Math.min(pages, MOST_PAGES),
    });
    const grow = memory.grow.bind(memory);
    // The engine's loader grows the memory by this very method, whatever it finds here.
    memory.grow = (delta) => {
      if (!this.#admits(delta * PAGE_BYTES)) throw new RangeError('The guest has no more memory.');
      return grow(delta);
    };
    this.memory = memory;
  }

  /** A new cell: it gets the limit, and the room that earlier ones have left it. */
  startCell(): void {
    this.#refusals = 0;
    this.#settled = 0;
    this.#grants = 0;
    this.release();
  }

  /** True when the cell has wanted more than there is. */
  get wasRefused(): boolean {
    return this.#refusals > 0;
  }

  /** The next cells get some room above the limit, to free what fills the memory. */
  addSpare(): void {
    this.#spares = Math.min(this.#spares + 1, MOST_SPARES);
  }

  /** Until `release`, there is room for our own bookkeeping. */
  reserve(): void {
    this.#mostBytes = Math.max(this.#mostBytes, this.memory.buffer.byteLength + this.#spareBytes);
  }

  release(): void {
    this.#mostBytes = this.#limitBytes + this.#spares * this.#spareBytes;
  }

  #admits(moreBytes: number): boolean {
    const { byteLength } = this.memory.buffer;
    if (byteLength + moreBytes <= this.#mostBytes) return true;
    // Without room for the error itself the engine throws null.
    const isLittle = moreBytes <= byteLength * LEAST_GROWTH + PAGE_BYTES;
    if (this.#refusals - this.#settled >= TRIES && isLittle && this.#grants < MOST_GRANTS) {
      this.#settled = this.#refusals;
      this.#grants += 1;
      return true;
    }
    this.#refusals += 1;
    return false;
  }
}
