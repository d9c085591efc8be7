import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { likelyChars } from './likely-chars.ts';
import { surveyByName } from './survey-by-name.ts';
import { surveyFiles } from './survey-files.ts';
import { lazyFile } from './testing/lazy-file.ts';

const on = new AbortController().signal;
const found = (path: string, ...parts: BlobPart[]) => ({ path, file: new File(parts, path.split('/').at(-1) ?? path) });
const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]);

describe('surveyFiles', () => {
  test('tells what files are, by their bytes before their names, in their order', async () => {
    const entries = await surveyFiles(
      [
        found('f/notes.md', '# Notes\n'),
        found('f/picture.txt', PNG),
        found('f/picture.png', PNG),
        found('f/no-picture.png', 'only words in here\n'),
        found('f/README', 'read me'),
        found('f/page', '<!doctype html><p>Hi'),
        found('f/paper.txt', '%PDF-1.7\n%âãÏÓ'),
        found('f/x.qqq', new Uint8Array(500).map((_, i) => (i * 37) % 256)),
        found('f/empty.txt'),
        found('f/yarn.lock', '# lock'),
        found('f/more.zip', 'PK\x03\x04'),
      ],
      on,
    );
    expect(entries.map(({ path, kind, skip, readable }) => [path, kind, skip, readable])).toEqual([
      ['f/notes.md', 'markdown', null, true],
      ['f/picture.txt', null, 'PNG picture', false],
      ['f/picture.png', null, 'PNG picture', false],
      ['f/no-picture.png', 'text', null, true],
      ['f/README', 'text', null, true],
      ['f/page', 'html', null, true],
      ['f/paper.txt', 'pdf', null, true],
      ['f/x.qqq', null, 'binary data', false],
      ['f/empty.txt', 'text', 'empty', false],
      ['f/yarn.lock', 'text', 'lock file', true],
      ['f/more.zip', 'zip', null, true],
    ]);
    expect(entries.map(({ bytes }) => bytes)[0]).toBe(8);
  });

  test('reads 4 KB of each at the most, 16 at once, and nothing of what its place leaves out', async () => {
    let open = 0;
    let most = 0;
    const read: string[] = [];
    const lazy = (path: string) => ({
      path,
      file: lazyFile(path, 5_000_000_000, async (from, to) => {
        read.push(path);
        expect([from, to]).toEqual([0, 4096]);
        most = Math.max(most, ++open);
        await Promise.resolve();
        open--;
        return new TextEncoder().encode('words and '.repeat(410)).slice(0, 4096);
      }),
    });
    const paths = Array.from({ length: 2000 }, (_, i) => (i % 2 === 0 ? `a/${i}.txt` : `node_modules/${i}.${i % 3 === 0 ? 'js' : 'png'}`));
    const entries = await surveyFiles(paths.map(lazy), on);
    expect(entries.map(({ path }) => path)).toEqual(paths);
    expect(read.length).toBe(1000);
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(16);
    expect(entries[0]?.chars).toBe(5_000_000_000);
  });

  test('a file that cannot be opened is told as such, and the others go on', async () => {
    const gone = lazyFile('gone.txt', 10, () => {
      throw new DOMException('gone', 'NotReadableError');
    });
    const entries = await surveyFiles([{ file: gone, path: 'gone.txt' }, found('a.txt', 'here')], on);
    expect(entries.map(({ skip, readable }) => [skip, readable])).toEqual([['could not be opened', false], [null, true]]);
  });

  test('is ended by its signal, with its reason', async () => {
    const reason = new Error('enough');
    await expect(surveyFiles([found('a.txt', 'x')], AbortSignal.abort(reason))).rejects.toBe(reason);
    await expect(surveyFiles([], AbortSignal.abort(reason))).rejects.toBe(reason);
  });

  const CORPUS = '../shared/corpora/files';
  test.skipIf(!existsSync(CORPUS))(`every file in ${CORPUS} is of a kind, and readable or told why not`, async () => {
    const paths = readdirSync(CORPUS, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => `${entry.parentPath}/${entry.name}`);
    const files = paths.map((path) => ({ path: path.slice(CORPUS.length + 1), file: new File([new Uint8Array(readFileSync(path))], path) }));
    for (const { path, kind, skip, readable, chars } of await surveyFiles(files, on)) {
      expect([path, readable]).toEqual([path, kind !== null]);
      expect([path, skip === null]).toEqual([path, readable]);
      expect([path, readable ? chars > 0 : chars === 0]).toEqual([path, true]);
    }
  });
});

describe('likelyChars', () => {
  test('follows the bytes that a character of a text takes', () => {
    const utf8 = new TextEncoder().encode('戰爭與和平'.repeat(100));
    expect(likelyChars('text', 3000, utf8)).toBe(1000);
    const utf16 = new Uint8Array(Array.from('plain words', (c) => [c.charCodeAt(0), 0]).flat());
    expect(likelyChars('text', 2000, utf16)).toBe(1000);
    expect(likelyChars('csv', 1234)).toBe(1234);
  });

  test('of a document is never nothing', () => {
    expect(likelyChars('docx', 12_000)).toBeGreaterThan(0);
    expect(likelyChars('docx', 264_427)).toBeGreaterThan(300_000);
    expect(likelyChars('pdf', 1_000_000)).toBe(80_000);
  });
});

test('surveyByName takes a name that says nothing for a text', () => {
  expect(surveyByName('a/PROTOCOL', 10)).toMatchObject({ kind: 'text', skip: null, readable: true, chars: 10 });
  expect(surveyByName('a/x.qqq', 10)).toMatchObject({ kind: 'text', readable: true });
  expect(surveyByName('a/x.png', 10)).toMatchObject({ kind: null, skip: 'PNG picture', readable: false, chars: 0 });
  expect(surveyByName('a/x.txt', 0)).toMatchObject({ skip: 'empty', readable: false });
});
