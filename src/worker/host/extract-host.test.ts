import { expect, it } from 'vitest';
import type { Extractor } from '../../documents/extract/extractor.ts';
import type { PdfPages } from '../../documents/pages/pdf-pages.ts';
import { UnreadableFile } from '../../documents/unreadable-file.ts';
import type { PageRequest } from '../protocol.ts';
import { connect } from '../rpc.ts';
import { wire } from '../testing/wire.ts';
import { serveExtract } from './extract-host.ts';
import { createPages } from './extract-pages.ts';
import type { ExtractMethods, ExtractNotice } from './extract-protocol.ts';

it('writes the text of a file, and tells how far it is', async () => {
  const [outside, inside] = wire();
  const extractor: Extractor = async (file, { kind, name, out, onProgress }) => {
    out.write('before\n');
    out.part({ kind: 'page', number: 1 });
    out.write(`${kind} ${name} ${file.size}`);
    onProgress(1, 1, 'pages');
    return { pages: 1, shape: 'A shape.', notice: null };
  };
  serveExtract(inside, async () => extractor);
  const client = connect<ExtractMethods, never, ExtractNotice>(outside);
  const notices: ExtractNotice[] = [];
  client.onNotice((notice) => notices.push(notice));
  const { text, ...rest } = await client.request('extract', { file: new Blob(['1234']), name: 'a.pdf', kind: 'pdf' });
  expect(await text.text()).toBe('before\npdf a.pdf 4');
  expect(rest).toEqual({ pages: 1, shape: 'A shape.', notice: null, parts: [{ kind: 'page', number: 1, from: 7 }] });
  expect(notices).toEqual([{ kind: 'progress', done: 1, total: 1, unit: 'pages' }]);
});

const document = (id: string, kind = 'pdf'): PageRequest['document'] => ({
  info: { id, name: `${id}.pdf`, kind, chars: 1, lines: 1, bytes: 3, sha256: '' },
  text: { blob: new Blob(['t']), encoding: 'utf-8', skip: 0, index: null },
  notice: null,
  parts: [{ kind: 'page', number: 1, from: 0 }],
  original: new Blob(['pdf']),
});
const ask = (id: string, page: number, kind?: string): PageRequest => ({ document: document(id, kind), page, width: 100, marks: [] });

it('keeps the document open whose pages are looked at, and one only', async () => {
  const log: string[] = [];
  let opened = 0;
  const draw = createPages(async () => {
    const me = ++opened;
    log.push(`open ${me}`);
    const pages: PdfPages = {
      pages: 3,
      async draw({ page, parts }) {
        if (page > 3) throw new UnreadableFile('There is no such page.');
        log.push(`draw ${me}.${page} ${parts.length}`);
        return { bitmap: {} as ImageBitmap, pages: 3, boxes: [] };
      },
      close: () => void log.push(`close ${me}`),
    };
    return pages;
  });
  await draw(ask('a', 1));
  await draw(ask('a', 2));
  await draw(ask('b', 1));
  await expect(draw(ask('b', 4))).rejects.toThrow('There is no such page.');
  await draw(ask('b', 2));
  await expect(draw(ask('c', 1, 'docx'))).rejects.toThrow('“c.pdf” has no pages to look at: read its text.');
  expect(log).toEqual(['open 1', 'draw 1.1 1', 'draw 1.2 1', 'open 2', 'close 1', 'draw 2.1 1', 'close 2', 'open 3', 'draw 3.2 1', 'close 3']);
});
