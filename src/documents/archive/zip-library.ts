import type { Entry, ZipReader } from '@zip.js/zip.js';
import { readBytes } from '../blob-pieces.ts';
import { nextTask } from '../../base/next-task.ts';

type ZipLibrary = typeof import('@zip.js/zip.js');

/**
 * Bytes that are inflated in one go. The browser hands over all that comes of them at once: 64 MB at
 * the most that deflate can do (1032:1), where the library's own 256 KB would make 264 MB.
 */
const CHUNK_BYTES = 64 * 1024;

/** Bytes that the library may ask for at once: a forged list of entries may claim to be gigabytes long. */
const MOST_AT_ONCE = 256 * 2 ** 20;

let loading: Promise<ZipLibrary> | undefined;

/** The library, loaded when the first archive comes; it inflates natively, on this thread. */
export function loadZip(): Promise<ZipLibrary> {
  loading ??= import('@zip.js/zip.js/lib/zip-core-native.js').then((zip) => {
    zip.configure({ useWebWorkers: false, useCompressionStream: true, chunkSize: CHUNK_BYTES });
    return zip;
  });
  return loading;
}

/** Bytes of a zip that is read whole at the start: taking many small files out of it is twice as fast. */
const SMALL_ZIP = 16 * 2 ** 20;

/**
 * A reader of a zip.
 * @throws DOMException when the file cannot be read.
 */
export async function zipReader(file: Blob): Promise<ZipReader<unknown>> {
  const zip = await loadZip();
  class GuardedReader extends zip.BlobReader {
    override async readUint8Array(offset: number, length: number): Promise<Uint8Array> {
      if (Math.min(length, file.size - offset) > MOST_AT_ONCE) throw new Error('Too much to read at once');
      return super.readUint8Array(offset, length);
    }
  }
  const small = file.size <= SMALL_ZIP;
  const source = small ? new zip.Uint8ArrayReader(await readBytes(file, 0, file.size)) : new GuardedReader(file);
  return new zip.ZipReader<unknown>(source, {
    // Names are made harmless by us, and are a path nowhere. Two entries may share one.
    filenameValidation: 'tolerant',
    maxAppendedDataSize: Number.POSITIVE_INFINITY,
    // What its list says and what stands before an entry's data differ in many sound archives.
    checkLocalDirectory: false,
    checkOverlappingEntry: true,
    checkCrc32: true,
  });
}

/** Entries that are looked at before other work of the thread, such as a cancellation, gets its turn. */
const AT_A_TIME = 2048;

/**
 * The entries in the order of the archive's list, folders too.
 * @param most entries that are given at the most.
 * @throws the reason of `signal`; what the library throws.
 */
export async function listEntries(
  reader: ZipReader<unknown>,
  most: number,
  signal: AbortSignal,
): Promise<{ readonly entries: readonly Entry[]; readonly more: boolean }> {
  signal.throwIfAborted();
  const entries: Entry[] = [];
  for await (const entry of reader.getEntriesGenerator()) {
    if (entries.length === most) return { entries, more: true };
    entries.push(entry);
    if (entries.length % AT_A_TIME === 0) await nextTask();
    signal.throwIfAborted();
  }
  return { entries, more: false };
}
