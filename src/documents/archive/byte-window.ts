import { readBytes } from '../blob-pieces.ts';

/** Bytes that are read at once: a read has a cost of its own, which small parts would feel. */
const WINDOW = 2 ** 20;

export interface ByteWindow {
  readonly size: number;
  /**
   * Bytes [from, to) of the file, fewer where it ends. They are the caller's.
   * @throws what the browser throws when the file cannot be read.
   */
  bytes(from: number, to: number): Promise<Uint8Array<ArrayBuffer>>;
}

/** Reads a file mostly onwards in small parts, and asks for large ones. */
export function byteWindow(file: Blob): ByteWindow {
  let start = 0;
  let held: Uint8Array<ArrayBuffer> = new Uint8Array(0);
  return {
    size: file.size,
    async bytes(from, to) {
      const end = Math.min(to, file.size);
      if (from < start || end > start + held.length) {
        held = await readBytes(file, from, Math.min(file.size, Math.max(end, from + WINDOW)));
        start = from;
      }
      return held.slice(from - start, Math.max(from, end) - start);
    },
  };
}
