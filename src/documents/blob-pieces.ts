/** Large enough to be fast (a read has a cost of its own), small enough for a smooth progress bar. */
const PIECE_BYTES = 4 * 2 ** 20;

/**
 * The bytes of `blob` from `start` on, in pieces of an even number of bytes but for the last. The
 * next piece is being read while the caller works on this one.
 * @throws the abort reason of `signal`; what the browser throws when the file cannot be read.
 */
export async function* blobPieces(
  blob: Blob,
  start: number,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void, undefined> {
  const read = (from: number): Promise<ArrayBuffer> => {
    const piece = blob.slice(from, from + PIECE_BYTES).arrayBuffer();
    // A piece read ahead may fail after the caller has left; that is nobody's error.
    piece.catch(() => {});
    return piece;
  };
  let next = start < blob.size ? read(start) : null;
  for (let from = start; next !== null; from += PIECE_BYTES) {
    signal.throwIfAborted();
    const piece = await next;
    signal.throwIfAborted();
    next = from + PIECE_BYTES < blob.size ? read(from + PIECE_BYTES) : null;
    yield new Uint8Array(piece);
  }
}
