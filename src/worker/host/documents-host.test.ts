import { createHash } from 'node:crypto';
import { openAsBlob } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { SourceDocument } from '../../documents/document.ts';
import { lazyFile } from '../../documents/testing/lazy-file.ts';
import type { DocumentMethods, DocumentNotice, ReadResult, ReadSource } from '../protocol.ts';
import { connect } from '../rpc.ts';
import { extractWorkers } from '../testing/extract-workers.ts';
import { wire } from '../testing/wire.ts';
import { type DocumentsHostParts, serveDocuments } from './documents-host.ts';
import { serveExtract } from './extract-host.ts';

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
