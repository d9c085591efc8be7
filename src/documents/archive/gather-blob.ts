/** Bytes that are gathered before they become a Blob, which the browser may keep on the disk. */
const GATHERED = 8 * 2 ** 20;

export interface BlobGatherer {
  /** The bytes are the gatherer's from now on. */
  add(bytes: Uint8Array<ArrayBuffer>): void;
  /** The pieces of the whole, in order: those of a small file are no Blob of their own, which costs a message. */
  finish(): BlobPart[];
}

/** Gathers a file that comes in small pieces, without ever holding it whole in memory. */
export function gatherBlob(): BlobGatherer {
  const blobs: Blob[] = [];
  let waiting: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  const flush = (): void => {
    if (waiting.length > 0) blobs.push(new Blob(waiting));
    waiting = [];
    bytes = 0;
  };
  return {
    add(piece) {
      waiting.push(piece);
      bytes += piece.length;
      if (bytes >= GATHERED) flush();
    },
    finish() {
      return [...blobs, ...waiting];
    },
  };
}
