// The core alone: `quickjs-emscripten` names four variants, and a bundler ships the files of all.
import RELEASE_SYNC from '@jitl/quickjs-wasmfile-release-sync';
import { QuickJSWASMModule } from 'quickjs-emscripten-core';
import type { QuickJSContext, QuickJSHandle, QuickJSRuntime } from 'quickjs-emscripten-core';

export type { QuickJSContext, QuickJSHandle, QuickJSRuntime };

export interface QuickJs {
  readonly runtime: QuickJSRuntime;
  readonly context: QuickJSContext;
}

/** The variant's code. Each of its imports is a round through the browser, so it is asked for once. */
let loading: ReturnType<typeof load> | null = null;

async function load() {
  try {
    const [imported, Ffi] = await Promise.all([RELEASE_SYNC.importModuleLoader(), RELEASE_SYNC.importFFI()]);
    // Bundlers and Node disagree about what the default export of this one is.
    const inner = typeof imported === 'function' ? imported : imported.default;
    return { loader: typeof inner === 'function' ? inner : inner.default, Ffi };
  } catch (error) {
    loading = null;
    throw error;
  }
}

/**
 * A QuickJS of its own: one WebAssembly instance (about 2 ms once compiled) per REPL, so that one
 * that runs out of stack or memory leaves the others alone. Dropped, never disposed: a disposal
 * with a handle still out aborts, and an instance nobody holds is collected whole.
 *
 * @param wasm the compiled module; where none is given the variant finds and compiles its own.
 * @param memory what it lives in; where none is given it makes its own, which may grow to 2 GB.
 */
export async function createQuickJs(
  wasm: WebAssembly.Module | null,
  memory: WebAssembly.Memory | null = null,
): Promise<QuickJs> {
  const { loader, Ffi } = await (loading ??= load());
  const made = await loader({
    ...(wasm ? { instantiateWasm: instantiate(wasm) } : {}),
    ...(memory ? { wasmMemory: memory } : {}),
  });
  made.type = 'sync';
  const runtime = new QuickJSWASMModule(made, new Ffi(made)).newRuntime();
  return { runtime, context: runtime.newContext() };
}

/** At once: nobody else's turn comes between a compiled module and its instance. */
const instantiate =
  (wasm: WebAssembly.Module) =>
  (imports: WebAssembly.Imports, done: (instance: WebAssembly.Instance) => void) => {
    const instance = new WebAssembly.Instance(wasm, imports);
    done(instance);
    return instance.exports;
  };
