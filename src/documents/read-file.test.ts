import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { BlobWriter, TextReader, Uint8ArrayReader, ZipWriter } from '@zip.js/zip.js';
import { describe, expect, it } from 'vitest';
import { decodeText } from './decode.ts';
import type { SourceDocument } from './document.ts';
import type { Extract, ExtractedText } from './extract/extracted-text.ts';
import { DEEPEST, type FileReading, readFile } from './read-file.ts';

const file = (name: string, ...parts: BlobPart[]): File => new File(parts, name);
const sha256 = (text: string | Uint8Array) => createHash('sha256').update(text).digest('hex');
const gz = (data: string | Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(gzipSync(data));

async function zip(entries: Readonly<Record<string, string | Uint8Array>>): Promise<Blob> {
  const writer = new ZipWriter(new BlobWriter(), { useWebWorkers: false });
  for (const [path, data] of Object.entries(entries)) {
    await writer.add(path, typeof data === 'string' ? new TextReader(data) : new Uint8ArrayReader(data));
  }
  return writer.close();
}

const PDF = '%PDF-1.7\n%\xff\n1 0 obj\n';
const page = (text: string, more: Partial<ExtractedText> = {}): ExtractedText => ({
  text: new Blob([`=== page 1 ===\n${text}`]),
  parts: [{ kind: 'page', number: 1, from: 0 }],
  pages: 1,
  shape: 'Pages.',
  notice: null,
  ...more,
});

function reader(extracted: ExtractedText = page('Grüße, 漢字\n')) {
  const jobs: Parameters<Extract>[0][] = [];
  const turns: number[] = [];
  const read = (from: File, more: Partial<FileReading> = {}) =>
    readFile(from, {
      id: 'd1',
      path: from.name,
      signal: new AbortController().signal,
      onProgress: () => {},
      extract: async (job) => {
        jobs.push(job);
        return extracted;
      },
      turn: async (job) => {
        turns.push(jobs.length);
        return job();
      },
      ...more,
    });
  const document = async (from: File, more: Partial<FileReading> = {}): Promise<SourceDocument> => {
    const result = await read(from, more);
    if (result.kind !== 'document') throw new Error('It is an archive.');
    return result.document;
  };
  const refusal = (from: File, more: Partial<FileReading> = {}): Promise<string> =>
    read(from, more).then(() => 'was read', (reason: Error) => (expect(reason.name).toBe('UnreadableFile'), reason.message));
  return { jobs, turns, read, document, refusal };
}

describe('readFile', () => {
  it('reads text as it is, with its kind, its shape and its path', async () => {
    const dropped = file('people.csv', 'name,age\nAda,36\nAlan,41\n');
    const { info, text, original } = await reader().document(dropped, { path: 'data/../data/people.csv' });
    expect(info).toMatchObject({ name: 'data/data/people.csv', kind: 'csv', lines: 3, sha256: sha256(await dropped.text()) });
    expect(info.shape).toContain('age');
    expect(text.blob).toBe(dropped);
    expect(original).toBeUndefined();
  });

  it('tells the shape of text in UTF-16 too', async () => {
    const bytes = new Uint8Array(Buffer.from('\ufeffname,age\nAda,36\n', 'utf16le'));
    expect((await reader().document(file('a.csv', bytes))).info.shape).toContain('age');
  });

  it('makes a document of what was extracted: counted, hashed as the file, the file kept', async () => {
    const { document, jobs } = reader(page('Grüße, 漢字\nend', { notice: 'Page 2 has no text.' }));
    const dropped = file('paper.pdf', PDF);
    const read = await document(dropped, { path: 'x.zip/paper.pdf' });
    expect(jobs).toEqual([{ file: dropped, name: 'x.zip/paper.pdf', kind: 'pdf' }]);
    expect(read.info).toEqual({
      id: 'd1',
      name: 'x.zip/paper.pdf',
      kind: 'pdf',
      chars: 28,
      lines: 3,
      bytes: dropped.size,
      sha256: sha256(new Uint8Array(await dropped.arrayBuffer())),
      pages: 1,
      shape: 'Pages.',
    });
    expect(await decodeText(read.text)).toBe('=== page 1 ===\nGrüße, 漢字\nend');
    expect(read).toMatchObject({ text: { encoding: 'utf-8', skip: 0 }, notice: 'Page 2 has no text.', parts: [{ kind: 'page' }] });
    expect(read.text.index).not.toBeNull();
    expect(read.original).toBe(dropped);
  });

  it('waits for its turn with its own work only', async () => {
    const { document, turns } = reader();
    await document(file('paper.pdf', PDF));
    expect(turns).toEqual([0, 1]);
  });

  it('leaves the hash of a large original for later', async () => {
    const dropped = file('paper.pdf', PDF, new Uint8Array(64 * 2 ** 20));
    expect((await reader().document(dropped)).info.sha256).toBe('');
  });

  it('goes by what is in a file, and says where its name says something else', async () => {
    const read = await reader(page('a', { notice: 'A note.' })).document(file('paper.txt', PDF));
    expect(read.info.kind).toBe('pdf');
    expect(read.notice).toMatch(/“\.txt”.* A note\.$/);
    const text = await reader().document(file('paper.pdf', 'only words'));
    expect(text.notice).toContain('“.pdf”');
  });

  it('reads what is gzipped as the file inside it, and says what is missing of it', async () => {
    const { document, jobs } = reader();
    const csv = await document(file('people.csv.gz', gz('name,age\nAda,36\n')));
    expect(csv.info).toMatchObject({ name: 'people.csv.gz/people.csv', kind: 'csv', bytes: 16, sha256: sha256('name,age\nAda,36\n') });
    const pdf = await document(file('paper.pdf.gz', gz(PDF)));
    expect(pdf.info).toMatchObject({ name: 'paper.pdf.gz/paper.pdf', kind: 'pdf' });
    expect(pdf.original).toBe(jobs[0]?.file);
    const noise = Array.from({ length: 20_000 }, (_, n) => `${n * 7919} `).join('');
    const cut = await document(file('log.txt.gz', gz(noise).slice(0, 20_000)));
    expect(cut.notice).toMatch(/cut off/);
    expect(noise.startsWith(await decodeText(cut.text))).toBe(true);
  });

  it('opens an archive, also one in a gzip file', async () => {
    const { read } = reader();
    const opened = await read(file('x.zip', await zip({ 'a.txt': 'one', 'd/b.txt': 'two' })));
    expect(opened).toMatchObject({ kind: 'archive', path: 'x.zip', depth: 1 });
    if (opened.kind !== 'archive') return;
    expect(opened.archive.listing.entries.map(({ path }) => path)).toEqual(['a.txt', 'd/b.txt']);
    const packed = gz(new Uint8Array(await (await zip({ 'a.txt': 'one' })).arrayBuffer()));
    expect(await read(file('x.zip.gz', packed))).toMatchObject({ kind: 'archive', path: 'x.zip.gz/x.zip', depth: 2 });
  });

  it('knows a document by its list where its first bytes do not tell', async () => {
    const media = Object.fromEntries(Array.from({ length: 3 }, (_, n) => [`media/${n}.bin`, noiseOf(70_000, n)]));
    const { document, jobs } = reader();
    await document(file('letter', await zip({ ...media, '[Content_Types].xml': '<Types/>', 'word/document.xml': '<w/>' })));
    expect(jobs).toMatchObject([{ kind: 'docx' }]);
  });

  it('opens archives in archives up to a depth', async () => {
    const { read, refusal } = reader();
    const archive = file('x.zip', await zip({ 'a.txt': 'one' }));
    expect(await read(archive, { depth: DEEPEST - 1 })).toMatchObject({ kind: 'archive', depth: DEEPEST });
    expect(await refusal(archive, { depth: DEEPEST })).toMatch(/^“x\.zip” lies in 5 archives inside each other and is one more/);
    let nested: string | Uint8Array = 'deep';
    for (let i = 0; i < 7; i++) nested = gz(nested);
    expect(await refusal(file('a.gz', nested as Uint8Array<ArrayBuffer>))).toMatch(/lies in 5 archives/);
  });

  it.each([
    ['nothing at all', page('')],
    ['white space', page(' \n\t\n')],
    ['no part', { text: new Blob(['']), parts: [], shape: null, notice: null }],
  ])('refuses a file of which %s comes out', async (_, extracted) => {
    expect(await reader(extracted).refusal(file('scan.pdf', PDF))).toMatch(/^“scan\.pdf” holds no text: /);
  });

  it.each([
    [file('a.txt'), /is empty/],
    [file('a.png', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0])), /a PNG picture/],
    [file('a.zip', 'PK\x03\x04 and nothing more'), /“a\.zip” is damaged/],
  ])('says why %o is no document', async (dropped, sentence) => {
    expect(await reader().refusal(dropped)).toMatch(sentence);
  });

  it('says so where the file has gone', async () => {
    const gone = file('gone.pdf', PDF);
    gone.arrayBuffer = () => Promise.reject(new DOMException('gone', 'NotFoundError'));
    gone.slice = () => gone;
    expect(await reader().refusal(gone)).toMatch(/could not be read \(NotFoundError\).*: add it again/);
  });

  it('stops when told to', async () => {
    const abort = new AbortController();
    const extract: Extract = async () => {
      abort.abort();
      return page('text');
    };
    await expect(reader().read(file('paper.pdf', PDF), { signal: abort.signal, extract })).rejects.toMatchObject({ name: 'AbortError' });
  });
});

function noiseOf(size: number, seed: number): Uint8Array {
  let state = seed + 1;
  return new Uint8Array(size).map(() => {
    state = Math.imul(state, 1_103_515_245) + 12_345;
    return state >>> 16;
  });
}
