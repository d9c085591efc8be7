import { createHash } from 'node:crypto';
import { openAsBlob } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { lazyFile } from '../../documents/testing/lazy-file.ts';
import type { DocumentMethods, DocumentNotice } from '../protocol.ts';
import { type Channel, connect } from '../rpc.ts';
import { serveDocuments } from './documents-host.ts';

/** Two ends of a wire in one thread; messages arrive later and in order, as between threads. */
function wire(): [Channel, Channel] {
  const end = () => {
    const target = new EventTarget();
    const hear = (data: unknown) => target.dispatchEvent(new MessageEvent('message', { data }));
    return { target, hear };
  };
  const [a, b] = [end(), end()];
  const channel = (mine: typeof a, other: typeof a): Channel => ({
    postMessage: (message) => void setTimeout(() => other.hear(message), 0),
    addEventListener: (type, listener) =>
      mine.target.addEventListener(type, (event) => listener(event as MessageEvent)),
  });
  return [channel(a, b), channel(b, a)];
}

function open() {
  const [page, worker] = wire();
  serveDocuments(worker);
  const client = connect<DocumentMethods, never, DocumentNotice>(page);
  const notices: DocumentNotice[] = [];
  client.onNotice((notice) => notices.push(notice));
  return { client, notices };
}

describe('the documents host', () => {
  it('reads a file, tells its progress and cuts slices of it', async () => {
    const { client, notices } = open();
    const file = new File(['one line\nand ', 'another'], 'a.txt');
    const document = await client.request('read', { id: 'a', file });
    expect(document.info).toMatchObject({ id: 'a', name: 'a.txt', chars: 20, lines: 2 });
    expect(notices).toEqual([{ kind: 'progress', id: 'a', done: 20, total: 20 }]);
    expect(await client.request('slice', { document, from: 4, to: 8 })).toBe('line');
  });

  it('passes on a refusal by name and sentence', async () => {
    const { client } = open();
    const reading = client.request('read', { id: 'a', file: new File([], 'a.txt') });
    await expect(reading).rejects.toMatchObject({
      name: 'UnreadableFile',
      message: '“a.txt” is empty (it is 0 bytes long): add a file with text in it.',
    });
  });

  it('cancels what is being read and what still waits', async () => {
    const { client } = open();
    // On disk: Node reads a Blob in memory without ever letting a message in, unlike a browser.
    const folder = await mkdtemp(join(tmpdir(), 'documents-host-'));
    await writeFile(join(folder, 'a.txt'), 'x'.repeat(20 * 2 ** 20));
    const file = new File([await openAsBlob(join(folder, 'a.txt'))], 'a.txt');
    const ids = ['a', 'b', 'c', 'd', 'e'];
    const reading = ids.map((id) => client.request('read', { id, file }).catch((reason: Error) => reason.name));
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
      const { client, notices } = open();
      const document = await client.request('read', { id: 'a', file: large('a.txt') });
      expect(document.info.sha256).toBe('');
      await vi.waitFor(() => expect(hashed(notices)).toEqual([{ kind: 'hashed', id: 'a', sha256 }]), {
        timeout: 30_000,
      });
    }, 40_000);

    it('hashes one at a time, and not the one that was removed', async () => {
      const { client, notices } = open();
      const ids = ['a', 'b', 'c'];
      await Promise.all(ids.map((id) => client.request('read', { id, file: large(`${id}.txt`) })));
      await client.request('cancel', { id: 'a' });
      await client.request('cancel', { id: 'c' });
      await vi.waitFor(() => expect(hashed(notices)).toHaveLength(1), { timeout: 30_000 });
      expect(hashed(notices)).toMatchObject([{ id: 'b' }]);
    }, 40_000);

    it('tells nothing of one that has gone meanwhile, and hashes the next', async () => {
      const { client, notices } = open();
      let gone = false;
      const going = lazyFile('a.txt', 64 * 2 ** 20 + 5, async (from, to) => {
        if (gone) throw new DOMException('gone', 'NotReadableError');
        gone = to === 64 * 2 ** 20 + 5;
        return new Uint8Array(to - from).fill(97);
      });
      await client.request('read', { id: 'a', file: going });
      await client.request('read', { id: 'b', file: large('b.txt') });
      await vi.waitFor(() => expect(hashed(notices)).toMatchObject([{ id: 'b' }]), { timeout: 30_000 });
    }, 40_000);
  });
});
