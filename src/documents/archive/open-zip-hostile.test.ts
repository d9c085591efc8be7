import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lazyFile } from '../testing/lazy-file.ts';
import { openZip } from './open-zip.ts';
import { join, rawZip } from './testing/raw-zip.ts';

const on = new AbortController().signal;
const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const open = (file: Uint8Array<ArrayBuffer> | Blob) => openZip(file instanceof Blob ? file : new Blob([file]), 'all.zip', on);
const tools = { signal: on, onProgress: () => {} };
const SENTENCE = /^“[^\n]+\.$/;

describe('bombs', () => {
  const zeros = new Uint8Array(100_000_000);

  test('are refused by what comes out', async () => {
    const zip = await open(rawZip([{ name: 'a.txt', data: zeros }]));
    await expect(zip.unpack(0, tools)).rejects.toThrow(
      /^“a\.txt” in “all\.zip” unpacks to more than 1000 times its size: it may be a zip bomb\. If it is not, .+\.$/,
    );
  });

  test.each([
    ['as small', { size: 10 }],
    ['as nothing', { size: 0 }],
    ['as large as can be', { size: 0xfffffffe }],
  ])('that declare themselves %s give a sentence, not the bytes', async (_, says) => {
    const zip = await open(rawZip([{ name: 'a.txt', data: zeros, says }]));
    await expect(zip.unpack(0, tools)).rejects.toThrow(SENTENCE);
  });

  test('whose files lie inside each other are refused', async () => {
    const data = utf8('words '.repeat(1000));
    const says = { offset: 0, packed: deflateRawSync(data).length };
    // The list names the same bytes twenty times, each time truly.
    const again = Array.from({ length: 20 }, (_, i) => ({ name: `${i}.txt`, data, raw: new Uint8Array(0), says }));
    const zip = await open(rawZip([{ name: 'core.txt', data }, ...again]));
    expect((await zip.unpack(3, tools)).size).toBe(6000);
    for (const i of [0, 1, 20]) {
      await expect(zip.unpack(i, tools)).rejects.toThrow(/^“.+” in “all\.zip” shares its bytes with another file, as in a zip bomb: /);
    }
    // The one that came first may be taken again.
    expect((await zip.unpack(3, tools)).size).toBe(6000);
  });
});

async function readAll(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const zip = await open(bytes);
  for (const i of zip.listing.entries.keys()) await zip.unpack(i, tools);
}

describe('damage', () => {
  const sound = rawZip([
    { name: 'a.txt', data: utf8('first '.repeat(500)) },
    { name: 'b.txt', data: utf8('second '.repeat(500)), flags: 0x808 },
    { name: 'c.txt', data: utf8('third'), stored: true },
  ]);

  test.each([
    ['nothing', new Uint8Array(0)],
    ['text', utf8('This is no zip at all, but a text that is longer than a zip must be.')],
    ['half a zip', sound.slice(0, sound.length / 2)],
    ['a zip without its end', sound.slice(0, -10)],
    ['one part of a split zip', join([new Uint8Array([0x50, 0x4b, 7, 8]), sound.slice(0, 100)])],
  ])('%s is told in one sentence', async (_, bytes) => {
    await expect(open(bytes)).rejects.toThrow(/^“all\.zip” is .+ add the files inside\.$/);
  });

  test('of one file is told of that file, and the others come out', async () => {
    const hurt = sound.slice();
    hurt[60] = 255 - (hurt[60] ?? 0);
    const zip = await open(hurt);
    await expect(zip.unpack(0, tools)).rejects.toThrow('“a.txt” in “all.zip” is damaged or was cut off: get it again, or unpack it and add the files inside.');
    expect(await (await zip.unpack(2, tools)).text()).toBe('third');
  });

  test('a list that says it is gigabytes long is read as long as it is', async () => {
    const forged = sound.slice();
    new DataView(forged.buffer).setUint32(forged.length - 10, 0xfffffff0, true);
    expect((await open(forged)).listing.entries.length).toBe(3);
  });

  test('a list that is most of a large file is not read at once', async () => {
    const size = 400_000_000;
    const end = rawZip([]);
    const view = new DataView(end.buffer);
    view.setUint16(10, 5, true);
    view.setUint32(12, size - 100, true);
    let most = 0;
    const file = lazyFile('all.zip', size, (from, to) => {
      most = Math.max(most, to - from);
      const bytes = new Uint8Array(to - from);
      for (let i = 0; i < end.length; i++) if (size - end.length + i >= from) bytes[size - end.length + i - from] = end[i] ?? 0;
      return bytes;
    });
    await expect(open(file)).rejects.toThrow(SENTENCE);
    expect(most).toBeLessThan(300_000_000);
  });

  test('cut and flipped anywhere gives data or a sentence', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(sound.length), fc.array(fc.tuple(fc.nat(sound.length - 1), fc.nat(255)), { maxLength: 4 }), async (cut, flips) => {
        const hurt = sound.slice();
        for (const [at, value] of flips) hurt[at] = value;
        const bytes = cut % 3 === 0 ? hurt.slice(0, cut) : hurt;
        const outcome = await readAll(bytes).then(
          () => 'read',
          (error: unknown) => (error instanceof Error ? error.name : error),
        );
        expect(['read', 'UnreadableFile']).toContain(outcome);
      }),
      { numRuns: 300 },
    );
  });
});
