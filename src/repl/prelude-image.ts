import { PRELUDE } from './guest/prelude.ts';
import { createQuickJs } from './quickjs.ts';
import type { QuickJs, QuickJSContext, QuickJSHandle } from './quickjs.ts';

export interface PreparedQuickJs extends QuickJs {
  /** The prelude: a function of the host's functions and the way of printing. */
  readonly prelude: QuickJSHandle;
}

/** What compiling the prelude has changed in a fresh memory. */
interface Image {
  readonly bytes: number;
  readonly context: number;
  readonly pages: readonly Page[];
}

interface Page {
  readonly offset: number;
  readonly content: Uint8Array;
}

const PAGE_BYTES = 4096;
/** Where the compiled prelude waits in the guest; gone before anybody else's code runs. */
const NAME = '__prelude';

/** One for each compiled engine: sessions of one thread share it. */
const images = new WeakMap<WebAssembly.Module, Image>();

/**
 * A QuickJS with the prelude compiled. To compile it takes three times as long as all the rest (8 ms
 * of 11), so it is done once: another instance, which has come to the same state step by step, gets
 * the pages of memory that it changed, 0.7 MB of them.
 * @param memory what the guest lives in, fresh.
 */
export async function createPrepared(
  wasm: WebAssembly.Module | null,
  memory: WebAssembly.Memory,
): Promise<PreparedQuickJs> {
  const made = await createQuickJs(wasm, memory);
  const image = wasm && images.get(wasm);
  if (image && image.bytes === memory.buffer.byteLength && image.context === addressOf(made.context)) {
    const bytes = new Uint8Array(memory.buffer);
    for (const { offset, content } of image.pages) bytes.set(content, offset);
  } else {
    const before = wasm ? memory.buffer.slice(0) : null;
    made.context.unwrapResult(made.context.evalCode(`globalThis.${NAME} = ${PRELUDE}`, 'prelude.js', 0)).dispose();
    if (wasm && before?.byteLength === memory.buffer.byteLength) {
      const pages = changes(before, memory.buffer);
      images.set(wasm, { bytes: before.byteLength, context: addressOf(made.context), pages });
    }
  }
  const { context } = made;
  const prelude = context.getProp(context.global, NAME);
  context.unwrapResult(context.evalCode(`delete globalThis.${NAME}`, 'prelude.js', 0)).dispose();
  return { ...made, prelude };
}

function changes(before: ArrayBuffer, after: ArrayBuffer): Page[] {
  const pages: Page[] = [];
  const old = new BigUint64Array(before);
  const now = new BigUint64Array(after);
  const words = PAGE_BYTES / BigUint64Array.BYTES_PER_ELEMENT;
  for (let page = 0; page < now.length; page += words) {
    let at = page;
    while (at < page + words && old[at] === now[at]) at += 1;
    if (at === page + words) continue;
    const offset = page * BigUint64Array.BYTES_PER_ELEMENT;
    pages.push({ offset, content: new Uint8Array(after.slice(offset, offset + PAGE_BYTES)) });
  }
  return pages;
}

/** Where the engine's context lies: the same in every instance, unless the engine is another one. */
function addressOf(context: QuickJSContext): number {
  // The library keeps it to itself.
  return (context as unknown as { readonly ctx: { readonly value: number } }).ctx.value;
}
