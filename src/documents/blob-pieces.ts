import { release } from '../base/release.ts';

/** Large enough to be fast (a read has a cost of its own), small enough for a smooth progress bar. */
export const PIECE_BYTES = 8 * 2 ** 20;

/** Pieces that are on their way while the caller works on one. */
const AHEAD = 2;

/**
 * The bytes of `blob` in pieces of `pieceBytes`, the last as long as is left. The next pieces are
 * being read while the caller works on this one. A piece is the caller's until it asks for the next
 * one: then its memory is given back, as the browser collects so much garbage late.
 * @throws the abort reason of `signal`; what the browser throws when the file cannot be read.
 */
export async function* blobPieces(
  blob: Blob,
  signal: AbortSignal,
  pieceBytes: number = PIECE_BYTES,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  const coming: Promise<Uint8Array<ArrayBuffer>>[] = [];
  let asked = 0;
  const ask = (): void => {
    if (asked >= blob.size) return;
    const piece = readBytes(blob, asked, Math.min(blob.size, asked + pieceBytes));
    // A piece read ahead may fail after the caller has left; that is nobody's error.
    piece.catch(() => {});
    coming.push(piece);
    asked += pieceBytes;
  };
  for (let i = 0; i < AHEAD; i++) ask();
  for (let next = coming.shift(); next; next = coming.shift()) {
    signal.throwIfAborted();
    const piece = await next;
    signal.throwIfAborted();
    ask();
    yield piece;
    release(piece);
  }
}

/**
 * Bytes [from, to) of `blob`, all of them.
 * @throws DOMException when the file cannot be read, or has become shorter.
 */
export async function readBytes(
  blob: Blob,
  from: number,
  to: number,
): Promise<Uint8Array<ArrayBuffer>> {
  // A slice costs the browser a message of its own, which many small files would feel.
  const part = from === 0 && to === blob.size ? blob : blob.slice(from, to);
  const bytes = new Uint8Array(await part.arrayBuffer());
  if (bytes.length !== to - from) throw new DOMException('The file has changed.', 'NotReadableError');
  return bytes;
}
