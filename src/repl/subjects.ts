import { unitsOf } from './guest-units.ts';
import { stringText } from './texts/string-text.ts';
import type { GuestUnits } from './guest-units.ts';
import type { HostText } from './texts/host-text.ts';
import type { QuickJSHandle } from './quickjs.ts';

/** Large strings of the guest's own that are kept beside their copy in V8. */
const MOST_READ = 2;
/** Units from which a string that the guest searches is worth keeping. */
const KEPT_UNITS = 32_768;

interface Read {
  readonly address: number;
  readonly handle: QuickJSHandle;
  readonly text: HostText;
}

/**
 * What the guest's searches are about: the host's texts by number, and strings of the guest's by
 * the address of their characters. A handle is held to every string known by its address, so that
 * the address cannot come to mean another one.
 */
export class Subjects {
  /** Is told of each slice of a text that the guest is given as a string. */
  onSlice: (slice: HostText) => void = () => {};
  readonly #memory: () => ArrayBuffer;
  readonly #texts: HostText[] = [];
  readonly #known = new Map<number, Read>();
  #read: Read[] = [];

  /** @param memory of the guest; its buffer is another one once it has grown. */
  constructor(memory: () => ArrayBuffer) {
    this.#memory = memory;
  }

  /** @returns the number by which guest code names the text. */
  add(text: HostText): number {
    return this.#texts.push(text) - 1;
  }

  /** The guest's string of `handle` is `text`, for as long as this REPL lives. */
  know(handle: QuickJSHandle, text: HostText): void {
    const { address } = this.#units(handle);
    this.#known.set(address, { address, handle: handle.dup(), text });
  }

  /** @throws RangeError when no text has that number. */
  get(id: number): HostText {
    const text = this.#texts[id];
    if (!text) throw new RangeError(`the host has no text ${id}`);
    return text;
  }

  /** A large string that the host has just written into the guest, and may be asked about. */
  wrote(handle: QuickJSHandle, text: string): void {
    if (text.length < KEPT_UNITS) return;
    this.#keep(this.#units(handle).address, handle, stringText(text));
  }

  /**
   * Units [from, to) of a text: `handle` is its number, or the string itself (no rope).
   * @throws RangeError when it is neither.
   */
  resolve(handle: QuickJSHandle, from: number, to: number): HostText {
    const text = this.resolveWhole(handle);
    return from === 0 && to === text.length ? text : text.range(from, to);
  }

  /** Lets go of the strings that were read or written in the cell. @returns whether there were any. */
  forget(): boolean {
    const held = this.#read;
    this.#read = [];
    for (const { handle } of held) handle.dispose();
    return held.length > 0;
  }

  /** The text as a whole, as `resolve`. */
  resolveWhole(handle: QuickJSHandle): HostText {
    const number = this.#number(handle);
    if (number !== null) return this.get(number);
    const units = this.#units(handle);
    const kept =
      this.#known.get(units.address) ?? this.#read.find(({ address }) => address === units.address);
    if (kept) return kept.text;
    const text = stringText(units.read());
    if (text.length >= KEPT_UNITS) this.#keep(units.address, handle, text);
    return text;
  }

  #keep(address: number, handle: QuickJSHandle, text: HostText) {
    if (this.#read.length >= MOST_READ) this.#read.shift()?.handle.dispose();
    this.#read.push({ address, handle: handle.dup(), text });
  }

  #units(handle: QuickJSHandle): GuestUnits {
    const units = unitsOf(this.#memory(), handle.value);
    if (!units) throw new RangeError('what is searched is neither a string nor a text of the host');
    return units;
  }

  /** The value of a small integer; null for anything else. */
  #number(handle: QuickJSHandle): number | null {
    const view = new DataView(this.#memory());
    const isInteger = view.getInt32(handle.value + 4, true) === 0;
    return isInteger ? view.getInt32(handle.value, true) : null;
  }
}
