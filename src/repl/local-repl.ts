import { release } from '../base/release.ts';
import { ContextLibrary } from './context.ts';
import { pulse } from './host-work.ts';
import { Session } from './session.ts';
import { warmUp } from './warm-up.ts';
import type { Repl } from './port.ts';
import type { SourceDocument } from '../documents/document.ts';
import type { Pulse, ReadBytes } from './texts/host-text.ts';

/** A REPL in this very thread: what the REPL's worker holds, and what tests use. */
export function createLocalRepl(options: {
  readonly documents: readonly SourceDocument[];
  readonly wasm?: WebAssembly.Module;
  /** How bytes of files too large for memory are read: by `FileReaderSync`, which workers have. */
  readonly read?: ReadBytes;
  /** Called between the reads of a long search over a file: the running cell's, unless told otherwise. */
  readonly pulse?: Pulse;
  /** Bytes of documents that are held in memory; see `ContextLibrary`. */
  readonly heldBytes?: number;
}): Repl {
  const { documents, heldBytes } = options;
  const library = new ContextLibrary(documents, {
    ...(options.read ? { read: options.read } : { read: readSync, release: giveBack }),
    pulse: options.pulse ?? pulse,
    ...(heldBytes === undefined ? {} : { heldBytes }),
  });
  // Without a module that all sessions share there is nothing that would stay warm.
  let isWarm = options.wasm === undefined;
  return {
    async open({ context, memoryBytes, search = false }, signal) {
      const loaded = await library.load(context, memoryBytes);
      signal.throwIfAborted();
      const vm = { memoryBytes, wasm: options.wasm ?? null, printing: 'notebook' } as const;
      // Only those who search load the library for it.
      const found = search ? await import('./search/chunk-search.ts') : null;
      const session = await Session.open(loaded, { ...vm, ...(found ? { search: found.createChunkSearch } : {}) });
      if (!isWarm) {
        isWarm = true;
        // The model is asked meanwhile.
        setTimeout(() => void warmUp(loaded, vm));
      }
      return session;
    },
  };
}

/** @throws the browser's own error when the file has gone or changed. */
const readSync: ReadBytes = (blob, from, to) => {
  // Workers have it, and the types of a page do not.
  const { FileReaderSync: Reader } = globalThis as {
    readonly FileReaderSync?: new () => { readAsArrayBuffer(blob: Blob): ArrayBuffer };
  };
  if (!Reader) throw new Error('files can be read at once in a worker only');
  return new Uint8Array(new Reader().readAsArrayBuffer(blob.slice(from, to)));
};

/** The bytes that `readSync` has made are nobody else's. */
const giveBack = ({ buffer }: Uint8Array): void => {
  if (buffer instanceof ArrayBuffer) release(new Uint8Array(buffer));
};
