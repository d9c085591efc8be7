import { createHash } from 'node:crypto';
import { openAsBlob } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BlobWriter, TextReader, Uint8ArrayReader, ZipWriter } from '@zip.js/zip.js';
import { describe, expect, it, vi } from 'vitest';
import type { SourceDocument } from '../../documents/document.ts';
import { lazyFile } from '../../documents/testing/lazy-file.ts';
import type { DocumentMethods, DocumentNotice, ReadResult, ReadSource } from '../protocol.ts';
import { connect } from '../rpc.ts';
import { extractWorkers } from '../testing/extract-workers.ts';
import { wire } from '../testing/wire.ts';
import { type DocumentsHostParts, serveDocuments } from './documents-host.ts';
import { serveExtract } from './extract-host.ts';

const PDF = '%PDF-1.7\n1 0 obj\n';

async function zip(entries: Readonly<Record<string, string | Uint8Array>>): Promise<Blob> {
  const writer = new ZipWriter(new BlobWriter(), { useWebWorkers: false });
  for (const [path, data] of Object.entries(entries)) {
    await writer.add(path, typeof data === 'string' ? new TextReader(data) : new Uint8ArrayReader(data));
  }
  return writer.close();
}

/** Extracts «text of NAME», and waits where the name begins with `slow`. */
const extractors = () =>
  extractWorkers((channel) =>
    serveExtract(
      channel,
      async () => async (_file, { name, out, onProgress }) => {
        if (name.includes('slow')) await new Promise(() => {});
        out.part({ kind: 'page', number: 1 });
        out.write(`=== page 1 ===\ntext of ${name}\n`);
        onProgress(1, 1, 'pages');
        return { pages: 1, shape: 'One page.', notice: 'A note.' };
      },
      async (file) => ({
        pages: file.size,
        draw: async ({ page }) => ({ bitmap: { page } as unknown as ImageBitmap, pages: file.size, boxes: [] }),
        close: () => undefined,
      }),
    ),
  );

function open(fetch: DocumentsHostParts['fetch'] = () => Promise.reject(new TypeError('no network'))) {
  const [page, worker] = wire();
  const { spawn, alive } = extractors();
  serveDocuments(worker, { spawn, extractors: 2, fetch });
  const client = connect<DocumentMethods, never, DocumentNotice>(page);
  const notices: DocumentNotice[] = [];
  client.onNotice((notice) => notices.push(notice));
  const request = (id: string, source: ReadSource, path: string) => client.request('read', { id, path, source });
  const readFile = (id: string, file: File, path = file.name) => request(id, { from: 'file', file }, path);
  const read = async (id: string, file: File, path = file.name): Promise<SourceDocument> => documentIn(await readFile(id, file, path));
  return { client, notices, alive, request, readFile, read };
}

function documentIn(result: ReadResult): SourceDocument {
  if (result.kind !== 'document') throw new Error('It is an archive.');
  return result.document;
}

describe('the documents host', () => {
  it('reads a file, tells its progress and cuts slices of it', async () => {
    const { client, notices, read } = open();
    const file = new File(['one line\nand ', 'another'], 'a.txt');
    const document = await read('a', file);
    expect(document.info).toMatchObject({ id: 'a', name: 'a.txt', chars: 20, lines: 2 });
    expect(notices).toEqual([{ kind: 'progress', id: 'a', done: 20, total: 20, unit: 'bytes' }]);
    expect(await client.request('slice', { document, from: 4, to: 8 })).toBe('line');
  });

  it('passes on a refusal by name and sentence', async () => {
    const reading = open().readFile('a', new File([], 'a.txt'));
    await expect(reading).rejects.toMatchObject({
      name: 'UnreadableFile',
      message: '“a.txt” is empty (it is 0 bytes long): add a file with text in it.',
    });
  });

  it('cancels what is being read and what still waits', async () => {
    const { client, read } = open();
    // On disk: Node reads a Blob in memory without ever letting a message in, unlike a browser.
    const folder = await mkdtemp(join(tmpdir(), 'documents-host-'));
    await writeFile(join(folder, 'a.txt'), 'x'.repeat(20 * 2 ** 20));
    const file = new File([await openAsBlob(join(folder, 'a.txt'))], 'a.txt');
    const ids = ['a', 'b', 'c', 'd', 'e'];
    const reading = ids.map((id) => read(id, file).catch((reason: Error) => reason.name));
    for (const id of ['a', 'e', 'unknown']) await client.request('cancel', { id });
    const [first, second, , , last] = await Promise.all(reading);
    expect(first).toBe('AbortError');
    expect(last).toBe('AbortError');
    expect(second).toMatchObject({ info: { id: 'b' } });
    await rm(folder, { recursive: true });
  });

  it('writes samples, which read back', async () => {
    const { client, notices } = open();
    const files = await client.request('sample', { id: 's', sample: 'lighthouse' });
    expect(files).toHaveLength(40);
    expect(notices.at(-1)).toMatchObject({ id: 's', kind: 'progress' });
    await expect(client.request('sample', { id: 's', sample: 'nothing' })).rejects.toThrow(
      'There is no sample “nothing”.',
    );
  });

  it('has text extracted in workers, with progress in pages', async () => {
    const { read, notices } = open();
    const document = await read('a', new File([PDF], 'paper.pdf'));
    expect(document.info).toMatchObject({ id: 'a', kind: 'pdf', pages: 1, shape: 'One page.', bytes: PDF.length });
    expect(document).toMatchObject({ notice: 'A note.', parts: [{ kind: 'page', number: 1, from: 0 }] });
    expect(await document.text.blob.text()).toBe('=== page 1 ===\ntext of paper.pdf\n');
    expect(notices).toContainEqual({ kind: 'progress', id: 'a', done: 1, total: 1, unit: 'pages' });
  });

  it('reads text while all workers are busy, and ends a worker whose file is cancelled', async () => {
    const { client, read, alive } = open();
    const slow = ['a', 'b', 'c'].map((id) => read(id, new File([PDF], `slow ${id}.pdf`)).catch((reason: Error) => reason.name));
    expect((await read('d', new File(['words'], 'd.txt'))).info.chars).toBe(5);
    await vi.waitFor(() => expect(alive()).toBe(2));
    for (const id of ['a', 'b', 'c']) await client.request('cancel', { id });
    expect(await Promise.all(slow)).toEqual(['AbortError', 'AbortError', 'AbortError']);
    expect(alive()).toBe(0);
  });

  it('opens archives, reads what is asked for of them, and closes them', async () => {
    const { client, readFile, request } = open();
    const inner = await zip({ 'b.txt': 'deep' });
    const outer = await zip({ 'a.txt': 'one', 'inner.zip': new Uint8Array(await inner.arrayBuffer()), 'c.pdf': PDF });
    const result = await readFile('x', new File([outer], 'x.zip'));
    if (result.kind !== 'archive') throw new Error('It is no archive.');
    expect(result.path).toBe('x.zip');
    expect(result.listing.entries.map(({ path }) => path)).toEqual(['a.txt', 'inner.zip', 'c.pdf']);
    const entry = (number: number, path: string) => request(path, { from: 'archive', archive: 'x', entry: number }, path);
    expect(documentIn(await entry(0, 'x.zip/a.txt')).info).toMatchObject({ name: 'x.zip/a.txt', chars: 3, bytes: 3 });
    expect(documentIn(await entry(2, 'x.zip/c.pdf')).info).toMatchObject({ name: 'x.zip/c.pdf', kind: 'pdf' });
    expect(await entry(1, 'x.zip/inner.zip')).toMatchObject({ kind: 'archive', path: 'x.zip/inner.zip' });
    const deep = await request('deep', { from: 'archive', archive: 'x.zip/inner.zip', entry: 0 }, 'x.zip/inner.zip/b.txt');
    expect(documentIn(deep).info.name).toBe('x.zip/inner.zip/b.txt');
    await client.request('closeArchive', { id: 'x' });
    await expect(entry(0, 'x.zip/a.txt')).rejects.toThrow('The archive is not open any more: add it again.');
  });

  it('fetches what is at an address, and names it after that', async () => {
    const { request } = open(async () => new Response('some words', { headers: { 'content-type': 'text/plain' } }));
    const url = 'https://example.org/notes?key=secret';
    const { info } = documentIn(await request('a', { from: 'url', url }, ''));
    expect(info).toMatchObject({ name: 'notes.txt', chars: 10 });
    await expect(open().request('a', { from: 'url', url }, '')).rejects.toMatchObject({ name: 'UnreadableFile' });
  });

  it('looks at what files are', async () => {
    const { client } = open();
    const files = [
      { file: new File([PDF], 'a.pdf'), path: 'd/a.pdf' },
      { file: new File(['x'], 'b.lock'), path: '../d/yarn.lock' },
    ];
    const entries = await client.request('survey', { id: 's', files });
    expect(entries).toMatchObject([{ path: 'd/a.pdf', kind: 'pdf', skip: null }, { path: 'd/yarn.lock', skip: 'lock file' }]);
  });

  it('draws pages in a worker that is kept until it is closed', async () => {
    const { client, read, alive } = open();
    const document = await read('a', new File([PDF], 'paper.pdf'));
    const before = alive();
    const draw = (page: number) => client.request('page', { document, page, width: 10, marks: [] });
    expect(await draw(1)).toMatchObject({ bitmap: { page: 1 }, pages: PDF.length });
    await draw(2);
    expect(alive()).toBe(before + 1);
    await client.request('closePages', null);
    expect(alive()).toBe(before);
    expect(await draw(3)).toMatchObject({ bitmap: { page: 3 } });
    const text = await read('b', new File(['words'], 'b.txt'));
    await expect(client.request('page', { document: text, page: 1, width: 10, marks: [] })).rejects.toThrow('has no pages to look at');
  });

  describe('after a large file is ready', () => {
    // The bytes come late, as from a disk, so that messages get in between.
    const large = (name: string): File =>
      lazyFile(name, 64 * 2 ** 20 + 5, async (from, to) => {
        await new Promise((resolve) => setTimeout(resolve, 0));
        return new Uint8Array(to - from).fill(97);
      });
    const sha256 = createHash('sha256').update(Buffer.alloc(64 * 2 ** 20 + 5, 'a')).digest('hex');
    const hashed = (notices: readonly DocumentNotice[]) =>
      notices.filter((notice) => notice.kind === 'hashed');

    it('tells the hash of the file that text was extracted from', async () => {
      const { notices, read } = open();
      const bytes = Buffer.concat([Buffer.from(PDF), Buffer.alloc(64 * 2 ** 20)]);
      expect((await read('a', new File([bytes], 'paper.pdf'))).info.sha256).toBe('');
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      await vi.waitFor(() => expect(hashed(notices)).toEqual([{ kind: 'hashed', id: 'a', sha256 }]), { timeout: 30_000 });
    }, 40_000);

    it('tells its hash', async () => {
      const { notices, read } = open();
      const document = await read('a', large('a.txt'));
      expect(document.info.sha256).toBe('');
      await vi.waitFor(() => expect(hashed(notices)).toEqual([{ kind: 'hashed', id: 'a', sha256 }]), {
        timeout: 30_000,
      });
    }, 40_000);

    it('hashes one at a time, and not the one that was removed', async () => {
      const { client, notices, read } = open();
      const ids = ['a', 'b', 'c'];
      await Promise.all(ids.map((id) => read(id, large(`${id}.txt`))));
      await client.request('cancel', { id: 'a' });
      await client.request('cancel', { id: 'c' });
      await vi.waitFor(() => expect(hashed(notices)).toHaveLength(1), { timeout: 30_000 });
      expect(hashed(notices)).toMatchObject([{ id: 'b' }]);
    }, 40_000);

    it('tells nothing of one that has gone meanwhile, and hashes the next', async () => {
      const { notices, read } = open();
      let gone = false;
      const going = lazyFile('a.txt', 64 * 2 ** 20 + 5, async (from, to) => {
        if (gone) throw new DOMException('gone', 'NotReadableError');
        gone = to === 64 * 2 ** 20 + 5;
        return new Uint8Array(to - from).fill(97);
      });
      await read('a', going);
      await read('b', large('b.txt'));
      await vi.waitFor(() => expect(hashed(notices)).toMatchObject([{ id: 'b' }]), { timeout: 30_000 });
    }, 40_000);
  });
});
