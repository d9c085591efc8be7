import { BlobWriter, TextReader, ZipWriter, type ZipWriterConstructorOptions } from '@zip.js/zip.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openZip } from './open-zip.ts';
import { join, type RawEntry, rawZip } from './testing/raw-zip.ts';

const on = new AbortController().signal;
const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const open = (bytes: Uint8Array<ArrayBuffer> | Blob, signal = on) =>
  openZip(bytes instanceof Blob ? bytes : new Blob([bytes]), 'all.zip', signal);
const tools = { signal: on, onProgress: () => {} };
const SENTENCE = /^“[^\n]+\.$/;

async function written(entries: Readonly<Record<string, string>>, options: ZipWriterConstructorOptions = {}): Promise<Blob> {
  const writer = new ZipWriter(new BlobWriter(), { useWebWorkers: false, ...options });
  for (const [path, text] of Object.entries(entries)) await writer.add(path, new TextReader(text));
  return writer.close();
}

async function contents(bytes: Uint8Array<ArrayBuffer> | Blob): Promise<Record<string, string>> {
  const zip = await open(bytes);
  const all: Record<string, string> = {};
  for (const [i, { path }] of zip.listing.entries.entries()) all[path] = await (await zip.unpack(i, tools)).text();
  return all;
}

describe('a sound zip', () => {
  test('is listed in its order, and its files come out', async () => {
    const zip = await open(rawZip([
      { name: 'b/notes.md', data: utf8('# Notes\n') },
      { name: 'b/', data: utf8(''), stored: true },
      { name: 'a.csv', data: utf8('x,y\n1,2\n'), stored: true },
      { name: 'b/pnpm-lock.yaml', data: utf8('lock') },
      { name: 'pic.png', data: utf8('\x89PNG') },
      { name: 'node_modules/x/index.js', data: utf8('x') },
    ]));
    expect(zip.listing.entries.map(({ path, kind, skip, readable, bytes }) => [path, kind, skip, readable, bytes])).toEqual([
      ['b/notes.md', 'markdown', null, true, 8],
      ['a.csv', 'csv', null, true, 8],
      ['b/pnpm-lock.yaml', 'text', 'lock file', true, 4],
      ['pic.png', null, 'PNG picture', false, 5],
      ['node_modules/x/index.js', 'code', 'installed packages', true, 1],
    ]);
    const file = await zip.unpack(1, tools);
    expect([file.name, await file.text()]).toEqual(['a.csv', 'x,y\n1,2\n']);
    expect((await zip.unpack(0, tools)).name).toBe('notes.md');
    expect(await (await zip.unpack(0, tools)).text()).toBe('# Notes\n');
  });

  test.each<[string, ZipWriterConstructorOptions]>([
    ['with zip64 markers', { zip64: true }],
    ['with sizes behind the data', { dataDescriptor: true }],
    ['with sizes behind the data, unsigned', { dataDescriptor: true, dataDescriptorSignature: false }],
    ['with both', { zip64: true, dataDescriptor: true }],
    ['uncompressed', { level: 0 }],
  ])('%s is read', async (_, options) => {
    const all = { 'a.txt': 'one', 'folder/b.txt': 'two '.repeat(50_000), 'c.txt': '' };
    expect(await contents(await written(all, options))).toEqual(all);
  });

  test('tells how far it is, in bytes', async () => {
    const zip = await open(rawZip([{ name: 'a.txt', data: utf8('word '.repeat(200_000)) }]));
    const seen: [number, number][] = [];
    await zip.unpack(0, { signal: on, onProgress: (done, total) => void seen.push([done, total]) });
    expect(seen.length).toBeGreaterThan(3);
    expect(seen.at(-1)).toEqual([1_000_000, 1_000_000]);
  });

  test('with bytes before and behind it is read, as programs that unpack themselves are', async () => {
    const bytes = rawZip([{ name: 'a.txt', data: utf8('one') }], { comment: 'a comment' });
    expect(await contents(join([utf8('#!/bin/sh\nexit\n'), bytes, new Uint8Array(100_000)]))).toEqual({ 'a.txt': 'one' });
  });

  test('with nothing in it has an empty list', async () => {
    expect((await open(rawZip([]))).listing).toEqual({ kind: 'zip', entries: [] });
  });

  test('in zips in zips are opened one by one', async () => {
    const inner = rawZip([{ name: 'deep.txt', data: utf8('found') }]);
    const middle = rawZip([{ name: 'inner.zip', data: inner, stored: true }]);
    let file: Blob = new Blob([rawZip([{ name: 'middle.zip', data: middle }])]);
    for (let depth = 0; depth < 3; depth++) file = await (await open(file)).unpack(0, tools);
    expect(await file.text()).toBe('found');
  });

  test('of 20,000 files is listed', async () => {
    const entries = Array.from({ length: 20_000 }, (_, i) => ({ name: `f/${i}.txt`, data: utf8(`${i}`), stored: true }));
    const zip = await open(rawZip(entries));
    expect(zip.listing.entries.length).toBe(20_000);
    expect(await (await zip.unpack(19_999, tools)).text()).toBe('19999');
  });

  test('of more than 65,535 files, which the old format cannot count, is listed whole', async () => {
    const entry: RawEntry = { name: 'a', data: utf8(''), stored: true };
    const bytes = rawZip(Array.from({ length: 65_537 }, () => entry), { count: 1 });
    expect((await open(bytes)).listing.entries.length).toBe(65_537);
  });

  test('of more files than can be listed is told', async () => {
    const bytes = rawZip(['a', 'b', 'c', 'd'].map((name) => ({ name, data: utf8(name) })));
    await expect(openZip(new Blob([bytes]), 'all.zip', on, 3)).rejects.toThrow(
      '“all.zip” holds more than 3 files: unpack it and add the folders you need.',
    );
    expect((await openZip(new Blob([bytes]), 'all.zip', on, 4)).listing.entries.length).toBe(4);
  });
});

describe('names', () => {
  test.each([
    ['../../etc/passwd', 'etc/passwd'],
    ['/etc/passwd', 'etc/passwd'],
    ['C:\\Windows\\system.txt', 'Windows/system.txt'],
    ['a/./b/../../c.txt', 'a/b/c.txt'],
    ['..\\..\\x.txt', 'x.txt'],
    ['..', 'unnamed'],
    ['two\nlines\u0000.txt', 'two lines .txt'],
    ['invoice\u202etxt.exe', 'invoicetxt.exe'],
    ['קבצים/שלום.txt', 'קבצים/שלום.txt'],
    ['戰爭與和平.txt', '戰爭與和平.txt'],
  ])('%j is listed as %j', async (name, path) => {
    const zip = await open(rawZip([{ name, data: utf8('x') }]));
    expect(zip.listing.entries.map((entry) => entry.path)).toEqual([path]);
    expect((await zip.unpack(0, tools)).name).toBe(path.split('/').at(-1));
  });

  test('without the flag of UTF-8 are those of a PC, or UTF-8 where they are that', async () => {
    const zip = await open(rawZip([
      { name: new Uint8Array([0x47, 0x72, 0x81, 0xe1, 0x65, 0x2e, 0x74, 0x78, 0x74]), flags: 0, data: utf8('1') },
      { name: utf8('Grüße.txt'), flags: 0, data: utf8('2') },
    ]));
    expect(zip.listing.entries.map(({ path }) => path)).toEqual(['Grüße.txt', 'Grüße.txt']);
    // Two of one name are two files.
    expect([await (await zip.unpack(0, tools)).text(), await (await zip.unpack(1, tools)).text()]).toEqual(['1', '2']);
  });
});

describe('what cannot be unpacked', () => {
  test.each<[string, ZipWriterConstructorOptions]>([
    ['AES', { password: 'secret' }],
    ['the old way', { password: 'secret', zipCrypto: true }],
  ])('is listed as such: encrypted with %s', async (_, options) => {
    const zip = await open(await written({ 'a.txt': 'secret' }, options));
    expect(zip.listing.entries).toMatchObject([{ path: 'a.txt', kind: 'text', skip: 'password-protected', readable: false, chars: 0 }]);
    await expect(zip.unpack(0, tools)).rejects.toThrow('“a.txt” in “all.zip” is protected with a password: unpack or save it without one and add that.');
  });

  test('is listed as such: links, and methods that are not known', async () => {
    const zip = await open(rawZip([
      { name: 'link', data: utf8('/etc/passwd'), attributes: 0xa1ff0000, stored: true },
      { name: 'a.txt', data: utf8('x'), method: 14 },
    ]));
    expect(zip.listing.entries.map(({ skip, readable }) => [skip, readable])).toEqual([
      ['link to another file', false],
      ['packed in an unknown way', false],
    ]);
    await expect(zip.unpack(1, tools)).rejects.toThrow(/packed in a way that is not known here/);
  });

  test('after closing is told', async () => {
    const zip = await open(rawZip([{ name: 'a.txt', data: utf8('x') }]));
    await zip.close();
    await expect(zip.unpack(0, tools)).rejects.toThrow('“all.zip” is not open any more: add it again.');
    await expect((await open(rawZip([]))).unpack(0, tools)).rejects.toThrow(SENTENCE);
  });

  test('is ended by its signal, with its reason', async () => {
    const reason = new Error('enough');
    await expect(open(rawZip([{ name: 'a', data: utf8('x') }]), AbortSignal.abort(reason))).rejects.toBe(reason);
    const control = new AbortController();
    const zip = await open(rawZip([{ name: 'a', data: utf8('word '.repeat(1_000_000)) }]));
    const unpacking = zip.unpack(0, { signal: control.signal, onProgress: () => control.abort(reason) });
    await expect(unpacking).rejects.toBe(reason);
  });
});

test('whatever is written comes back', async () => {
  const name = fc.array(fc.stringMatching(/^[\p{L}\p{N}_-]{1,12}$/u), { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'));
  const entry = fc.record({ name, data: fc.uint8Array({ maxLength: 3000 }), stored: fc.boolean(), flags: fc.constantFrom(0x800, 0x808) });
  await fc.assert(
    fc.asyncProperty(fc.array(entry, { maxLength: 12 }), async (entries) => {
      const zip = await open(rawZip(entries));
      expect(zip.listing.entries.map(({ path, bytes }) => [path, bytes])).toEqual(entries.map(({ name: path, data }) => [path, data.length]));
      for (const [i, { data }] of entries.entries()) {
        expect(new Uint8Array(await (await zip.unpack(i, tools)).arrayBuffer())).toEqual(new Uint8Array(data));
      }
    }),
    { numRuns: 100 },
  );
});
