import { HEADER_BYTES, WIDE, unitsOf } from './guest-units.ts';
import { Subjects } from './subjects.ts';
import type { QuickJSContext, QuickJSHandle } from './quickjs.ts';

/** What `prelude.ts` offers for texts. */
interface TextFunctions {
  /** `(length, wide)`: a fresh string of that many units. */
  readonly blank: QuickJSHandle;
  /** `(text)`: the text as JSON. */
  readonly escape: QuickJSHandle;
}

/** The heap of the guest is full. */
export class GuestMemoryError extends Error {
  override readonly name = 'GuestMemoryError';
}

/**
 * Carries strings between V8 and QuickJS unit for unit.
 *
 * The library's own way is a C string: it ends at the first NUL, changes lone surrogates, and holds
 * a large Chinese text three times over. So the host writes into a string the guest has made for
 * it (the engine and its layout are pinned, and checked once for each instance), which is also the
 * fastest way measured: 50 MB in about 170 ms, with one copy. Reading copies the units from where they
 * are.
 */
export class GuestText {
  /** The texts that guest code may have searched. */
  readonly subjects: Subjects;
  readonly #context: QuickJSContext;
  readonly #module: { readonly HEAPU8: Uint8Array<ArrayBuffer> };
  readonly #functions: TextFunctions;
  readonly #encoder = new TextEncoder();

  constructor(context: QuickJSContext, functions: TextFunctions) {
    this.#context = context;
    this.#functions = functions;
    // The emscripten module is where the heap is; the library keeps it to itself.
    this.#module = (context as unknown as { module: { readonly HEAPU8: Uint8Array<ArrayBuffer> } }).module;
    this.subjects = new Subjects(() => this.#module.HEAPU8.buffer);
    this.#check();
  }

  /** @throws GuestMemoryError when the guest's heap has no room for it. */
  write(text: string): QuickJSHandle {
    const { length } = text;
    if (length === 0) return this.#context.newString('');
    // eslint-disable-next-line no-control-regex
    const wide = /[^\0-\xff]/.test(text);
    const made = this.#blank(length, wide);
    const { buffer } = this.#module.HEAPU8;
    const start = this.#dataOf(made, length, wide);
    if (wide) {
      const units = new Uint16Array(buffer, start, length);
      for (let i = 0; i < length; i++) units[i] = text.charCodeAt(i);
      return made;
    }
    const bytes = new Uint8Array(buffer, start, length);
    const { read, written } = this.#encoder.encodeInto(text, bytes);
    // ASCII is written as it is; Latin-1 has letters that are two bytes in UTF-8.
    if (read !== length || written !== length) {
      for (let i = 0; i < length; i++) bytes[i] = text.charCodeAt(i);
    }
    return made;
  }

  /** A string that guest code of ours has seen to be no rope. @throws RangeError for anything else. */
  readPlain(handle: QuickJSHandle): string {
    const units = unitsOf(this.#module.HEAPU8.buffer, handle.value);
    if (!units) throw new RangeError('the host was given no plain string');
    return units.read();
  }

  /** Whether the value is a string that is yet to be put together, or none at all. */
  isRope(handle: QuickJSHandle): boolean {
    return unitsOf(this.#module.HEAPU8.buffer, handle.value) === null;
  }

  /** The string of `handle`, which is `length` units long as the guest counts them. */
  read(handle: QuickJSHandle, length: number): string {
    const units = unitsOf(this.#module.HEAPU8.buffer, handle.value);
    if (units?.length === length) return units.read();
    // A rope: the engine puts it together for a C string, which ends at the first NUL.
    const text = this.#context.getString(handle);
    if (text.length === length && !text.includes('\ufffd')) return text;
    const escaped = this.#context.callFunction(
      this.#functions.escape,
      this.#context.undefined,
      handle,
    );
    if (escaped.error) {
      escaped.error.dispose();
      throw new GuestMemoryError(`no room to hand over a text of ${length} characters`);
    }
    try {
      const parsed: unknown = JSON.parse(this.#context.getString(escaped.value));
      return String(parsed);
    } catch {
      throw new GuestMemoryError(`no room to hand over a text of ${length} characters`);
    } finally {
      escaped.value.dispose();
    }
  }

  /** A new string of the guest's, to be written over. */
  #blank(length: number, wide: boolean): QuickJSHandle {
    const size = this.#context.newNumber(length);
    const args = [size, wide ? this.#context.true : this.#context.false];
    try {
      for (;;) {
        const made = this.#context.callFunction(
          this.#functions.blank,
          this.#context.undefined,
          args,
        );
        if (!made.error) return made.value;
        made.error.dispose();
        // What is held for searches is in the way.
        if (!this.subjects.forget()) {
          throw new GuestMemoryError(`no room for a text of ${length} characters`);
        }
      }
    } finally {
      size.dispose();
    }
  }

  /** Address of the units of a string that nobody else has seen yet. */
  #dataOf(handle: QuickJSHandle, length: number, wide: boolean): number {
    const { buffer } = this.#module.HEAPU8;
    const units = unitsOf(buffer, handle.value);
    const view = new DataView(buffer);
    const isOurs =
      units !== null &&
      view.getUint32(units.address, true) === 1 &&
      view.getUint32(units.address + 4, true) === (wide ? (WIDE | length) >>> 0 : length);
    if (!isOurs) throw new Error('The string layout of this QuickJS is not the one known');
    return units.address + HEADER_BYTES;
  }

  #check() {
    for (const sample of ['ab\0é', 'x\0\ud800\u4e00\u{1f600}']) {
      const handle = this.write(sample);
      const back = this.read(handle, sample.length);
      handle.dispose();
      if (back !== sample) throw new Error('The string layout of this QuickJS is not the one known');
    }
  }
}
