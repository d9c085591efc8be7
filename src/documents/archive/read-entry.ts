import type { FileEntry } from '@zip.js/zip.js';
import type { Meter } from './bounds.ts';
import { zipSentence } from './zip-sentence.ts';

export interface EntryReading {
  /** Subject of a sentence: «“a.txt” in “notes.zip”». */
  readonly what: string;
  /** All of these count what comes out. */
  readonly meters: readonly Meter[];
  readonly signal: AbortSignal;
  /** Is given the bytes in order; they are its own. */
  readonly take: (bytes: Uint8Array<ArrayBuffer>) => void;
}

/**
 * Inflates an entry, counting the bytes that really come out: its declared size is believed nowhere.
 * @throws UnreadableFile when too much comes, or it is damaged or encrypted; the reason of `signal`.
 */
export async function readEntry(entry: FileEntry, { what, meters, signal, take }: EntryReading): Promise<void> {
  signal.throwIfAborted();
  let refused: { readonly error: unknown } | null = null;
  const sink = new WritableStream<Uint8Array<ArrayBuffer>>({
    write(bytes) {
      try {
        for (const meter of meters) meter.take(bytes.length);
        take(bytes);
      } catch (error) {
        refused = { error };
        throw error;
      }
    },
  });
  try {
    await entry.getData(sink, { signal });
  } catch (error) {
    throw zipSentence(refusedOr(refused, error), what, signal);
  }
}

/** What our side threw, which the library may have wrapped. */
function refusedOr(refused: { readonly error: unknown } | null, error: unknown): unknown {
  return refused === null ? error : refused.error;
}
