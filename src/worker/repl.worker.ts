/// <reference types="vite/client" />
/** Entry of the REPL's worker: runs the cells that models write, apart from the key and the log. */
import wasmUrl from '@jitl/quickjs-wasmfile-release-sync/wasm?url';
import { serveRepl } from './host/repl-host.ts';

/** Compiled once; each session then instantiates its own in about two milliseconds. */
async function compile(): Promise<WebAssembly.Module> {
  const response = await fetch(wasmUrl);
  if (!response.ok) throw new Error(`QuickJS could not be loaded (HTTP ${response.status}).`);
  return WebAssembly.compile(await response.arrayBuffer());
}

serveRepl(self, compile());
