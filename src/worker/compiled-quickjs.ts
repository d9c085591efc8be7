/// <reference types="vite/client" />
import wasmUrl from '@jitl/quickjs-wasmfile-release-sync/wasm?url';

let compiled: Promise<WebAssembly.Module> | null = null;

/**
 * QuickJS, compiled once for all the workers that it is given to; each session then instantiates its
 * own in about two milliseconds. What the browser has optimised of it outlives a worker that is lost.
 * @throws Error in one sentence, when it cannot be loaded; the next call tries again.
 */
export function compiledQuickJs(): Promise<WebAssembly.Module> {
  compiled ??= compile().catch((error: unknown) => {
    compiled = null;
    throw error;
  });
  return compiled;
}

async function compile(): Promise<WebAssembly.Module> {
  const response = await fetch(wasmUrl);
  if (!response.ok) throw new Error(`QuickJS could not be loaded (HTTP ${response.status}).`);
  return WebAssembly.compile(await response.arrayBuffer());
}
