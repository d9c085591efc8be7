import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PIECE_BYTES, blobPieces, readBytes } from './blob-pieces.ts';
import { lazyFile } from './testing/lazy-file.ts';

const never = new AbortController().signal;

describe('blobPieces', () => {
  it('gives all bytes in order, in pieces of the length asked for', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 50 }), fc.integer({ min: 1, max: 60 }), async (bytes, length) => {
        const pieces: number[][] = [];
        for await (const piece of blobPieces(new Blob([new Uint8Array(bytes)]), never, length)) {
          pieces.push([...piece]);
        }
        expect(pieces.flat()).toEqual([...bytes]);
        expect(pieces.slice(0, -1).every((piece) => piece.length === length)).toBe(true);
      }),
    );
  });

  it('gives the memory of a piece back when the next is asked for, and reads a little ahead', async () => {
    let read = 0;
    const file = lazyFile('a.txt', 9 * PIECE_BYTES, (from, to) => {
      read++;
      return new Uint8Array(to - from);
    });
    const pieces = blobPieces(file, never);
    const first = await pieces.next();
    expect(first.value?.length).toBe(PIECE_BYTES);
    const second = await pieces.next();
    expect(first.value?.length).toBe(0);
    expect(second.value?.length).toBe(PIECE_BYTES);
    expect(read).toBe(4);
    await pieces.return();
    expect(read).toBe(4);
  });

  it('ends with the reason of the signal', async () => {
    const abort = new AbortController();
    const pieces = blobPieces(new Blob(['words']), abort.signal, 2);
    await pieces.next();
    abort.abort();
    await expect(pieces.next()).rejects.toMatchObject({ name: 'AbortError' });
  });
});

it('readBytes refuses fewer bytes than there should be', async () => {
  const shorter = lazyFile('a.txt', 10, () => new Uint8Array(4));
  await expect(readBytes(shorter, 2, 8)).rejects.toMatchObject({ name: 'NotReadableError' });
  expect(await readBytes(new Blob(['words']), 1, 3)).toEqual(Uint8Array.of(111, 114));
});
