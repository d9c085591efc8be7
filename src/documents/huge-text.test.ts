import { describe, expect, it } from 'vitest';
import { placeAfter, placeBefore } from './locate.ts';
import { readText } from './read-text.ts';
import { lazyFile, repeatedFile } from './testing/lazy-file.ts';
import { sliceText } from './text-slice.ts';

const LINE = 'The ferry is late again, says the keeper of the harbour, sighing';
const GB = 2 ** 30;

describe('a file of 5 GB', () => {
  it('is read and cut like a small one', async () => {
    const size = 5 * GB + 7;
    const [first, second] = [Math.floor(2.2 * GB), Math.floor(4.6 * GB)];
    const file = repeatedFile(size, `${LINE.slice(1)}\n`, [
      [first, '«漢»'],
      [second, '«\u{1f9f8}»'],
    ]);
    let done = 0;
    const document = await readText(file, { id: 'd', onProgress: (bytes) => (done = bytes) });
    expect(done).toBe(size);
    // «漢» takes 7 bytes and is 3 units; with the bear it takes 8 and is 4.
    const chars = size - 4 - 4;
    expect(document.info).toMatchObject({ chars, lines: (5 * GB) / 64 + 1, sha256: '' });
    const at = second - 4;
    expect(await sliceText(document, at, at + 4)).toBe('«\u{1f9f8}»');
    expect(await sliceText(document, at + 2, at + 4)).toBe('\uddf8»');
    expect(await sliceText(document, chars - 3, chars + 9)).toBe(LINE.slice(5, 8));
    const before = placeBefore(document.text, at);
    expect(before.byte - before.char).toBe(4);
    expect(placeAfter(document.text, at + 4, chars).byte - before.byte).toBeLessThan(2 ** 20);
  }, 60_000);

  it('that becomes shorter meanwhile is refused', async () => {
    const file = lazyFile('log.txt', 5 * GB, (from, to) => new Uint8Array(from > 20e6 ? 5 : to - from).fill(32));
    await expect(readText(file, { id: 'd' })).rejects.toThrow(
      '“log.txt” could not be read (NotReadableError), as it was moved, changed or deleted since',
    );
  });
});
