import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../base/random.ts';
import { PIECE_BYTES } from './blob-pieces.ts';
import { decodeText } from './decode.ts';
import { readText } from './read-text.ts';

const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const utf16 = (text: string, order: 'le' | 'be', bom = false): Uint8Array<ArrayBuffer> => {
  const units = bom ? `\ufeff${text}` : text;
  const bytes = new Uint8Array(units.length * 2);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < units.length; i++) view.setUint16(i * 2, units.charCodeAt(i), order === 'le');
  return bytes;
};
const file = (name: string, ...parts: BlobPart[]): File => new File(parts, name);
const read = (dropped: File) => readText(dropped, { id: 'd1' });
const refusal = async (dropped: File): Promise<string> => {
  try {
    await read(dropped);
  } catch (reason) {
    expect(reason).toMatchObject({ name: 'UnreadableFile' });
    const { message } = reason as Error;
    expect(message).toMatch(/^“.*[^.]\.$/u);
    return message;
  }
  throw new Error('was not refused');
};

const POLYGLOT = 'Grüße\nпривет, мир\n漢字かな\r\n\u{1f9f8} end';

describe('readText', () => {
  it('describes a UTF-8 file and keeps the file itself', async () => {
    const bytes = utf8(POLYGLOT);
    const dropped = file('letters/notes.txt', bytes);
    const document = await read(dropped);
    expect(document.info).toEqual({
      id: 'd1',
      name: 'notes.txt',
      kind: 'text',
      chars: POLYGLOT.length,
      lines: 4,
      bytes: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    });
    expect(document.text).toMatchObject({ blob: dropped, encoding: 'utf-8', skip: 0, index: { bytes: Float64Array.of(0), chars: Float64Array.of(0) } });
    expect(document.text.blob).toBe(dropped);
    expect(document.notice).toBeNull();
  });

  it.each([
    ['UTF-8 with mark', [new Uint8Array([0xef, 0xbb, 0xbf]), utf8(POLYGLOT)], 'utf-8', 3, null],
    ['UTF-16 LE with mark', [utf16(POLYGLOT, 'le', true)], 'utf-16le', 2, null],
    ['UTF-16 BE with mark', [utf16(POLYGLOT, 'be', true)], 'utf-16be', 2, null],
  ])('reads %s', async (_, parts, encoding, skip, notice) => {
    const document = await read(file('a.txt', ...parts));
    expect(document.text).toMatchObject({ encoding, skip });
    expect(document.info).toMatchObject({ chars: POLYGLOT.length, lines: 4 });
    expect(document.notice).toBe(notice);
    expect(await decodeText(document.text)).toBe(POLYGLOT);
  });

  it.each(['le', 'be'] as const)('tells UTF-16 %s without a mark', async (order) => {
    for (const text of ['Plain English words.\nAnd more.', 'Ёлка стоит у окна. Снег идёт с утра.\n'.repeat(9)]) {
      const document = await read(file('a.txt', utf16(text, order)));
      expect(document.text).toMatchObject({ encoding: `utf-16${order}`, skip: 0 });
      expect(document.info.chars).toBe(text.length);
      expect(document.notice).toMatch(/Read as UTF-16 \((little|big)-endian\)/);
      expect(await decodeText(document.text)).toBe(text);
    }
  });

  it('reads the rest as windows-1252 and says so', async () => {
    const bytes = new Uint8Array([...utf8('caf'), 0xe9, 10, ...utf8('cr'), 0xe8, ...utf8('me')]);
    const document = await read(file('menu.txt', bytes));
    expect(document.text).toMatchObject({ encoding: 'windows-1252', skip: 0 });
    expect(document.info).toMatchObject({ chars: 10, lines: 2 });
    expect(document.notice).toMatch(/^Read as windows-1252: it is not valid UTF-8\./);
    expect(await decodeText(document.text)).toBe('café\ncrème');
  });

  it('keeps UTF-8 when a long text has a few broken characters', async () => {
    const bytes = new Uint8Array([...utf8('Привет, мир.\n'.repeat(30)), 0xd0, ...utf8('.\nконец')]);
    const document = await read(file('log.txt', bytes));
    expect(document.text.encoding).toBe('utf-8');
    expect(document.notice).toBe('Read as UTF-8. One broken character is shown as \ufffd.');
    expect((await decodeText(document.text)).length).toBe(document.info.chars);
  });

  it('believes a byte-order mark over broken characters, and counts as it decodes', async () => {
    const bytes = new Uint8Array([0xef, 0xbb, 0xbf, ...utf8('caf'), 0xe9, 10, 0xe2, 0x82, 10, 0xc3]);
    const document = await read(file('a.txt', bytes));
    expect(document.text).toMatchObject({ encoding: 'utf-8', skip: 3 });
    expect(document.notice).toBe('Read as UTF-8. 3 broken characters are shown as \ufffd.');
    const text = await decodeText(document.text);
    expect(text).toBe('caf\ufffd\n\ufffd\n\ufffd');
    expect(document.info).toMatchObject({ chars: text.length, lines: 3 });
  });

  it('is soon sure of a long text in windows-1252', async () => {
    const bytes = new Uint8Array(9 * 2 ** 20).map((_, index) => (index % 9 === 4 ? 0xe9 : 0x61));
    const document = await read(file('a.txt', bytes));
    expect(document.text.encoding).toBe('windows-1252');
    expect(document.info.chars).toBe(bytes.length);
  });

  it('joins characters that lie across pieces', async () => {
    const filler = 'x'.repeat(PIECE_BYTES - 1);
    for (const text of [`${filler}é\n\u{1f9f8}`, `${filler}\u{1f9f8}`, `${filler}漢`]) {
      const document = await read(file('a.txt', utf8(text)));
      expect(document.text.encoding).toBe('utf-8');
      expect(document.info.chars).toBe(text.length);
      expect(document.notice).toBeNull();
    }
    const wide = `${'x'.repeat(PIECE_BYTES / 2 - 2)}\u{1f9f8}\n`;
    const document = await read(file('b.txt', utf16(wide, 'le', true)));
    expect(document.info).toMatchObject({ chars: wide.length, lines: 1 });
    expect(document.notice).toBeNull();
    const damaged = new Blob([`${filler}é${'é'.repeat(50)}`, new Uint8Array([0xff])]);
    const { info, notice } = await read(file('c.txt', damaged));
    expect(info.chars).toBe(filler.length + 52);
    expect(notice).toMatch(/One broken character/);
  });

  it('counts broken UTF-16 as it decodes', async () => {
    const cases: [Uint8Array<ArrayBuffer>, number][] = [
      [utf16('ab\ud83dcd\udc00', 'le', true), 2],
      [new Uint8Array([...utf16('abc', 'le', true), 0x61]), 1],
      [new Uint8Array([...utf16('abc\ud83d', 'be', true), 0x61]), 1],
      [utf16('ab\ud83d\ud83d\udc00', 'be', true), 1],
    ];
    for (const [bytes, places] of cases) {
      const document = await read(file('a.txt', bytes));
      const text = await decodeText(document.text);
      expect(document.info.chars).toBe(text.length);
      expect([...text].filter((char) => char === '\ufffd')).toHaveLength(places);
      expect(document.notice).toMatch(places === 1 ? /^One broken/ : /^2 broken/);
    }
  });

  it('keeps NULs and field separators of valid text', async () => {
    const text = `one\0two three ${'and so on '.repeat(5)}\u0001${'a\u0001b'.repeat(50)}`;
    const document = await read(file('a.txt', utf8(text)));
    expect(document.info.chars).toBe(text.length);
    expect(await decodeText(document.text)).toBe(text);
  });

  it.each([
    ['one', 1],
    ['one\n', 1],
    ['one\ntwo', 2],
    ['one\r\ntwo\r\n', 2],
    ['one\rtwo', 1],
    ['\n', 1],
    ['\n\n', 2],
  ])('counts the lines of %j as %i', async (text, lines) => {
    for (const bytes of [utf8(text), utf16(text, 'le', true), utf16(text, 'be', true)]) {
      expect((await read(file('a.txt', bytes))).info.lines).toBe(lines);
    }
  });

  it('is exact for any text in any Unicode encoding', async () => {
    const line = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('\n', '\r\n', ' ', 'a\n'));
    await fc.assert(
      fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 30 }), async (lines) => {
        const text = lines.join('');
        fc.pre(text !== '' && !text.startsWith('\ufeff') && !/[\0-\x08\x0e-\x1f]/.test(text));
        const pieces = text.split('\n');
        const expected = pieces.at(-1) === '' ? pieces.length - 1 : pieces.length;
        for (const bytes of [utf8(text), utf16(text, 'le', true), utf16(text, 'be', true)]) {
          const document = await read(file('a.txt', bytes));
          expect(document.info).toMatchObject({ chars: text.length, lines: expected });
          expect(await decodeText(document.text)).toBe(text);
        }
      }),
    );
  });

  it('leaves the hash of large files for later', async () => {
    const bytes = Buffer.alloc(65 * 2 ** 20, 'The ferry is late again.\n');
    const { info } = await read(file('large.txt', bytes));
    expect(info).toMatchObject({ chars: bytes.length, lines: Math.ceil(bytes.length / 25), sha256: '' });
    const hashed = bytes.subarray(0, 64 * 2 ** 20);
    const { sha256 } = (await read(file('hashed.txt', hashed))).info;
    expect(sha256).toBe(createHash('sha256').update(hashed).digest('hex'));
  });

  it('tells its progress in bytes, rising to the end', async () => {
    const seen: number[] = [];
    const dropped = file('a.txt', 'x'.repeat(2.5 * PIECE_BYTES));
    await readText(dropped, { id: 'd1', onProgress: (done) => seen.push(done) });
    expect(seen.length).toBeGreaterThan(2);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(seen.at(-1)).toBe(dropped.size);
  });

  it('stops when told to', async () => {
    const abort = new AbortController();
    let pieces = 0;
    const reading = readText(file('a.txt', 'x'.repeat(30 * 2 ** 20)), {
      id: 'd1',
      signal: abort.signal,
      onProgress: () => {
        pieces++;
        abort.abort();
      },
    });
    await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
    expect(pieces).toBe(1);
  });
});

describe('what readText refuses', () => {
  it.each([
    ['nothing.txt', [''], /empty \(it is 0 bytes long\): add a file with text/],
    ['mark.txt', [new Uint8Array([0xff, 0xfe])], /empty \(it holds only a byte-order mark\)/],
    ['', [''], /^“unnamed” is empty/],
    ['photo.png', [new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0])], /a PNG picture/],
    ['photo.jpg', [new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0])], /a JPEG picture/],
    ['loop.gif', ['GIF89a\x01\0\x01\0'], /a GIF picture/],
    ['song.mp3', ['ID3\x03\0\0'], /an MP3 recording, not text: add a transcript/],
    ['film.mp4', ['\0\0\0\x20ftypisom'], /an MP4 recording/],
    ['tool', ['\x7fELF\x02\x01\x01\0'], /a program \(ELF\)/],
    ['tool.wasm', ['\0asm\x01\0\0\0'], /a WebAssembly program/],
    ['app.db', ['SQLite format 3\0\x10'], /an SQLite database, not text: export it as CSV/],
    ['wide.txt', [new Uint8Array([0xff, 0xfe, 0, 0, 0x61, 0, 0, 0])], /UTF-32, .* save it as UTF-8/],
  ])('%j', async (name, parts, sentence) => {
    expect(await refusal(file(name, ...parts))).toMatch(sentence);
  });

  it('random bytes, NUL-filled files and tables of numbers', async () => {
    const random = seededRandom('noise');
    const noise = new Uint8Array(5000).map(() => random.below(256));
    const doubles = new Float64Array(500).map((_, index) => Math.sin(index) * 1000);
    for (const bytes of [noise, new Uint8Array(300), doubles]) {
      expect(await refusal(file('x.bin', bytes))).toMatch(/not text but binary data: export/);
    }
  });

  it('does not mistake words for magic numbers', async () => {
    for (const text of ['BM is short for benchmark.', 'MZ, ID3, OggS and GIF8 walk into a bar', 'PAR1']) {
      expect((await read(file('a.txt', text))).info.chars).toBe(text.length);
    }
  });

  it('a file that can no longer be read', async () => {
    const gone = file('gone.txt', 'words');
    gone.arrayBuffer = () => Promise.reject(new DOMException('gone', 'NotReadableError'));
    expect(await refusal(gone)).toMatch(/could not be read \(NotReadableError\).*: add it again/);
  });
});
