import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join as joinPath } from 'node:path';
import { read } from '@e965/xlsx';
import { BlobWriter, TextReader, ZipWriter } from '@zip.js/zip.js';
import mammoth from 'mammoth';
import { describe, expect, test } from 'vitest';
import { openPackage } from './open-package.ts';
import { rawZip } from './testing/raw-zip.ts';

const on = new AbortController().signal;
const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const open = (bytes: Uint8Array<ArrayBuffer>, signal = on) => openPackage(new Blob([bytes]), 'paper.docx', signal);

describe('a package', () => {
  test('gives its parts by path', async () => {
    const parts = await open(rawZip([
      { name: '[Content_Types].xml', data: utf8('<Types/>') },
      { name: 'word/', data: utf8(''), stored: true },
      { name: 'word\\Document.xml', data: utf8('<p>one</p>') },
      { name: '/media/a.bin', data: new Uint8Array([1, 2, 3]), stored: true },
    ]));
    expect(parts.paths).toEqual(['[Content_Types].xml', 'word/Document.xml', 'media/a.bin']);
    expect(await parts.text('word/document.xml')).toBe('<p>one</p>');
    expect(await parts.text('word/Document.xml')).toBe('<p>one</p>');
    expect(await parts.bytes('media/a.bin')).toEqual(new Uint8Array([1, 2, 3]));
    expect(await parts.text('word/styles.xml')).toBe(null);
    expect(await parts.bytes('word')).toBe(null);
  });

  test('has the last of two parts with one path', async () => {
    const parts = await open(rawZip([{ name: 'a', data: utf8('old') }, { name: 'a', data: utf8('new') }]));
    expect(parts.paths).toEqual(['a']);
    expect(await parts.text('a')).toBe('new');
  });

  const utf16 = (text: string, little: boolean): Uint8Array<ArrayBuffer> => {
    const bytes = new Uint8Array(text.length * 2);
    for (let i = 0; i < text.length; i++) new DataView(bytes.buffer).setUint16(i * 2, text.charCodeAt(i), little);
    return bytes;
  };
  const XML = '<?xml version="1.0"?><p>Grüße ש 戰</p>';
  test.each([
    ['UTF-8', utf8(XML), XML],
    ['UTF-8 with a mark', utf8(`\ufeff${XML}`), XML],
    ['UTF-16 with a mark', utf16(`\ufeff${XML}`, true), XML],
    ['UTF-16, big end first, with a mark', utf16(`\ufeff${XML}`, false), XML],
    ['UTF-16 without a mark', utf16(XML, true), XML],
    ['UTF-16, big end first, without a mark', utf16(XML, false), XML],
    [
      'what its declaration says',
      new Uint8Array([...utf8('<?xml version="1.0" encoding="ISO-8859-2"?><p>'), 0xb1, 0xe6]),
      '<?xml version="1.0" encoding="ISO-8859-2"?><p>ąć',
    ],
    ['UTF-8 that says it is UTF-16', utf8('<?xml version="1.0" encoding="UTF-16"?><p>ü'), '<?xml version="1.0" encoding="UTF-16"?><p>ü'],
    ['UTF-8 that names nothing known', utf8('<?xml version="1.0" encoding="klingon"?><p>ü'), '<?xml version="1.0" encoding="klingon"?><p>ü'],
    ['nothing', new Uint8Array(0), ''],
  ])('reads text in %s', async (_, data, text) => {
    expect(await (await open(rawZip([{ name: 'a.xml', data }]))).text('a.xml')).toBe(text);
  });

  test('is packed anew without compression, part by part', async () => {
    const parts = await open(rawZip([
      { name: 'mimetype', data: utf8('application/epub+zip'), stored: true },
      { name: 'a.xml', data: utf8('words '.repeat(10_000)), flags: 0x808 },
      { name: 'skip.png', data: utf8('picture') },
      { name: '__proto__', data: utf8('odd') },
    ]));
    const repacked = await parts.repacked((path) => path !== 'skip.png');
    expect(repacked.length).toBeGreaterThan(60_000);
    expect(Buffer.from(repacked).includes('words words words')).toBe(true);
    const again = await open(repacked);
    expect(again.paths).toEqual(['mimetype', 'a.xml', '__proto__']);
    expect(await again.text('a.xml')).toBe('words '.repeat(10_000));
  });

  test('that is closed holds nothing', async () => {
    const parts = await open(rawZip([{ name: 'a', data: utf8('x') }]));
    await parts.close();
    expect(await parts.text('a')).toBe(null);
    expect(await parts.text('A')).toBe(null);
  });
});

describe('a package that is no good', () => {
  test('with a part that is a bomb is refused at that part, and when it is packed anew', async () => {
    const parts = await open(rawZip([{ name: 'a.xml', data: utf8('fine') }, { name: 'b.xml', data: new Uint8Array(80_000_000), says: { size: 5 } }]));
    expect(await parts.text('a.xml')).toBe('fine');
    await expect(parts.bytes('b.xml')).rejects.toThrow(/^“b\.xml” in “paper\.docx” (unpacks to more|is damaged)/);
    await expect(parts.repacked()).rejects.toThrow(/^“b\.xml” in “paper\.docx” (unpacks to more|is damaged)/);
  });

  test('is refused when its parts are too much together; a part that is read twice counts once', async () => {
    const data = new Uint8Array(50_000_000);
    const parts = await open(rawZip(['a', 'b', 'c'].map((name) => ({ name, data }))));
    expect((await parts.bytes('a'))?.length).toBe(50_000_000);
    expect((await parts.bytes('a'))?.length).toBe(50_000_000);
    expect((await parts.bytes('a'))?.length).toBe(50_000_000);
    expect((await parts.bytes('b'))?.length).toBe(50_000_000);
    await expect(parts.bytes('c')).rejects.toThrow(/^“paper\.docx” unpacks to more than 300 times its size: it may be a zip bomb\./);
  });

  test('or encrypted, is told in one sentence', async () => {
    const writer = new ZipWriter(new BlobWriter(), { password: 'secret', useWebWorkers: false });
    await writer.add('word/document.xml', new TextReader('<p/>'));
    const parts = await openPackage(await writer.close(), 'paper.docx', on);
    await expect(parts.text('word/document.xml')).rejects.toThrow(/^“word\/document\.xml” in “paper\.docx” is protected with a password/);
  });

  test('or cut off, is told in one sentence', async () => {
    const whole = rawZip([{ name: 'a', data: utf8('x'.repeat(500)) }]);
    await expect(open(whole.slice(0, -8))).rejects.toThrow(/^“paper\.docx” is damaged or was cut off: .+\.$/);
    await expect(open(new Uint8Array(0))).rejects.toThrow(/^“paper\.docx” is damaged/);
  });

  test('is ended by its signal, with its reason', async () => {
    const reason = new Error('enough');
    await expect(open(rawZip([]), AbortSignal.abort(reason))).rejects.toBe(reason);
    const control = new AbortController();
    const parts = await open(rawZip([{ name: 'a', data: utf8('x') }]), control.signal);
    control.abort(reason);
    await expect(parts.text('a')).rejects.toBe(reason);
  });
});

const CORPUS = '../shared/corpora/files';
describe.skipIf(!existsSync(CORPUS))(`real files, where ${CORPUS} is there`, () => {
  const files = (folder: string, pattern: RegExp): string[] =>
    (existsSync(joinPath(CORPUS, folder)) ? readdirSync(joinPath(CORPUS, folder)) : []).filter((name) => pattern.test(name));
  const load = (folder: string, name: string) => new Uint8Array(readFileSync(joinPath(CORPUS, folder, name)));

  test('documents packed anew read the same', async () => {
    const names = files('docx', /\.docx$/);
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) {
      const bytes = load('docx', name);
      const parts = await openPackage(new Blob([bytes]), name, on);
      const [before, after] = await Promise.all(
        [bytes, await parts.repacked()].map((each) => mammoth.extractRawText({ buffer: Buffer.from(each) })),
      );
      expect([name, after?.value]).toEqual([name, before?.value]);
    }
  });

  test('workbooks packed anew read the same', async () => {
    const names = files('sheets', /\.(xlsx|xlsb|ods)$/);
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) {
      const bytes = load('sheets', name);
      const parts = await openPackage(new Blob([bytes]), name, on);
      const [before, after] = [read(bytes), read(await parts.repacked())];
      expect([name, after.Sheets]).toEqual([name, before.Sheets]);
    }
  });

  test('books open', async () => {
    for (const name of files('epub', /\.epub$/)) {
      const parts = await openPackage(new Blob([load('epub', name)]), name, on);
      expect(await parts.text('META-INF/container.xml')).toContain('rootfile');
    }
  });
});
