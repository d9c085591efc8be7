// The core alone: `quickjs-emscripten` names four variants, and a bundler ships the files of all.
import RELEASE_SYNC from '@jitl/quickjs-wasmfile-release-sync';
import { newQuickJSWASMModuleFromVariant, newVariant } from 'quickjs-emscripten-core';
import type { QuickJSContext, QuickJSHandle, QuickJSRuntime } from 'quickjs-emscripten-core';

export type { QuickJSContext, QuickJSHandle, QuickJSRuntime };

export interface QuickJs {
  readonly runtime: QuickJSRuntime;
  readonly context: QuickJSContext;
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
  const variant = newVariant(RELEASE_SYNC, {
    ...(wasm ? { wasmModule: wasm } : {}),
    ...(memory ? { wasmMemory: memory } : {}),
  });
  const module = await newQuickJSWASMModuleFromVariant(variant);
  const runtime = module.newRuntime();
  return { runtime, context: runtime.newContext() };
}
