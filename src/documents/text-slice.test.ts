import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createByteCounter } from './count-bytes.ts';
import { decodeText } from './decode.ts';
import type { SourceDocument, TextEncoding } from './document.ts';
import { readText } from './read-text.ts';
import { malformedBytes } from './testing/malformed-bytes.ts';
import { sliceText } from './text-slice.ts';

const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const utf16 = (text: string, order: 'le' | 'be'): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(text.length * 2);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < text.length; i++) view.setUint16(i * 2, text.charCodeAt(i), order === 'le');
  return bytes;
};
/** UTF-8 with a byte-order mark, which stays UTF-8 however damaged; an index entry every few bytes. */
const dense = (bytes: Uint8Array<ArrayBuffer>): SourceDocument => {
  const counter = createByteCounter(3, 5);
  counter.add(bytes);
  const { chars, lines, index } = counter.finish();
  const blob = new Blob([Uint8Array.of(0xef, 0xbb, 0xbf), bytes]);
  return document({ blob, encoding: 'utf-8', skip: 3, index }, chars, lines);
};
const document = (text: SourceDocument['text'], chars: number, lines = 1): SourceDocument => ({
  info: { id: 'd', name: 'a.txt', kind: 'text', chars, lines, bytes: text.blob.size, sha256: '' },
  text,
  notice: null,
});
const wide = (bytes: Uint8Array<ArrayBuffer>, encoding: TextEncoding, chars: number): SourceDocument =>
  document({ blob: new Blob([bytes]), encoding, skip: 0, index: null }, chars);

async function expectEverySlice(source: SourceDocument): Promise<void> {
  const whole = await decodeText(source.text);
  expect(whole.length).toBe(source.info.chars);
  for (let from = -1; from <= whole.length; from++) {
    for (const length of [0, 1, 2, 7, 1000]) {
      const expected = whole.slice(Math.max(0, from), Math.max(0, from + length));
      expect(await sliceText(source, from, from + length)).toBe(expected);
    }
  }
}

/** Surrogate pairs, lone surrogates, NULs and U+FEFF among other things. */
const text = fc
  .array(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('\0', '\ufeff', '\n', '\u{1f9f8}')), { maxLength: 8 })
  .map((parts) => parts.join(''));

describe('sliceText', () => {
  it('gives the units of the decoded text, for UTF-8 damaged or not', async () => {
    await fc.assert(fc.asyncProperty(malformedBytes, (bytes) => expectEverySlice(dense(bytes))));
    await fc.assert(fc.asyncProperty(text, (valid) => expectEverySlice(dense(utf8(valid)))));
  });

  it('gives them for UTF-16, with lone surrogates', async () => {
    const units = fc.tuple(text, fc.constantFrom('', '\ud83e', '\uddf8'), text).map((parts) => parts.join(''));
    await fc.assert(
      fc.asyncProperty(units, async (value) => {
        await expectEverySlice(wide(utf16(value, 'le'), 'utf-16le', value.length));
        await expectEverySlice(wide(utf16(value, 'be'), 'utf-16be', value.length));
      }),
    );
  });

  it('gives them for UTF-16 whose last unit is half a one', async () => {
    for (const value of ['ab', 'a\ud83e']) {
      const bytes = Uint8Array.from([...utf16(`\ufeff${value}`, 'le'), 0x61]);
      await expectEverySlice(await readText(new File([bytes], 'a.txt'), { id: 'd' }));
    }
  });

  it.skipIf(new TextDecoder('windows-1252').decode(Uint8Array.of(0x80)) !== '€')(
    'gives them for windows-1252',
    async () => {
      const bytes = fc.uint8Array({ maxLength: 30 }).map((values) => new Uint8Array(values));
      await fc.assert(
        fc.asyncProperty(bytes, (each) => expectEverySlice(wide(each, 'windows-1252', each.length))),
      );
    },
  );

  it('reads only what lies between the nearest known places', async () => {
    const file = new File(['漢字かな\n'.repeat(400_000)], 'a.txt');
    const source = await readText(file, { id: 'd' });
    const asked: number[] = [];
    const slice = file.slice.bind(file);
    file.slice = (from = 0, to = 0) => {
      asked.push(to - from);
      return slice(from, to);
    };
    expect(await sliceText(source, 1_000_001, 1_000_004)).toBe('字かな');
    expect(asked).toHaveLength(1);
    expect(asked[0]).toBeLessThan(300_000);
  });
});
