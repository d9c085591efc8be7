import type { FileEntry } from '@zip.js/zip.js';
import type { Meter } from './bounds.ts';
import { createInflater } from './inflater.ts';
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
  const give = (bytes: Uint8Array<ArrayBuffer>): void => {
    signal.throwIfAborted();
    for (const meter of meters) meter.take(bytes.length);
    take(bytes);
  };
  const { crc32 } = entry;
  const isDeflated = entry.compressionMethod === DEFLATED && !entry.encrypted && crc32 !== undefined;
  const unpacking = isDeflated ? inflate(crc32, entry.uncompressedSize, give) : { take: give, finish: async () => {}, drop: () => {} };
  let refused: { readonly error: unknown } | null = null;
  const sink = new WritableStream<Uint8Array<ArrayBuffer>>({
    async write(bytes) {
      try {
        await unpacking.take(bytes);
      } catch (error) {
        refused = { error };
        throw error;
      }
    },
  });
  try {
    await entry.getData(sink, { signal, ...(isDeflated && { passThrough: true, checkCrc32: false }) });
    await unpacking.finish();
  } catch (error) {
    unpacking.drop();
    throw zipSentence(refusedOr(refused, error), what, signal);
  }
}

const DEFLATED = 8;

/** RFC 1952: no name, no time. */
const GZIP_HEADER = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0];

interface Unpacking {
  readonly take: (bytes: Uint8Array<ArrayBuffer>) => void | Promise<void>;
  readonly finish: () => Promise<void>;
  readonly drop: () => void;
}

/**
 * Inflates what is packed as a gzip file, whose end has the entry's checksum and size, so that the
 * browser checks them. The library does so too, but copies all that comes out to pieces of one size.
 */
function inflate(crc32: number, size: number, give: (bytes: Uint8Array<ArrayBuffer>) => void): Unpacking {
  const inflater = createInflater((bytes) => {
    // Known at once; the rest of it need not come.
    if (inflater.size > size) throw new Error('Invalid uncompressed size');
    give(bytes);
  }, 0);
  const feed = async (bytes: Uint8Array<ArrayBuffer>): Promise<void> => {
    if (!(await inflater.feed(bytes))) throw new Error('Invalid compressed data');
  };
  let begun = false;
  const begin = async (): Promise<void> => {
    if (!begun) await feed(new Uint8Array(GZIP_HEADER));
    begun = true;
  };
  return {
    async take(bytes) {
      await begin();
      await feed(bytes);
    },
    async finish() {
      await begin();
      const end = new DataView(new ArrayBuffer(8));
      end.setUint32(0, crc32, true);
      end.setUint32(4, size % 2 ** 32, true);
      await feed(new Uint8Array(end.buffer));
      if (!(await inflater.finish())) throw new Error('Invalid checksum or size');
    },
    drop: () => inflater.drop(),
  };
}

/** What our side threw, which the library may have wrapped. */
function refusedOr(refused: { readonly error: unknown } | null, error: unknown): unknown {
  return refused === null ? error : refused.error;
}
