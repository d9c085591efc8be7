import { ContextLibrary } from './context.ts';
import { Session } from './session.ts';
import type { Repl } from './port.ts';
import type { SourceDocument } from '../documents/document.ts';

/** A REPL in this very thread: what the REPL's worker holds, and what tests use. */
export function createLocalRepl(options: {
  readonly documents: readonly SourceDocument[];
  readonly wasm?: WebAssembly.Module;
}): Repl {
  const library = new ContextLibrary(options.documents);
  return {
    async open({ context, memoryBytes }, signal) {
      const loaded = await library.load(context);
      signal.throwIfAborted();
      return Session.open(loaded, {
        memoryBytes,
        wasm: options.wasm ?? null,
        printing: 'notebook',
      });
    },
  };
}
