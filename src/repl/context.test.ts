import { describe, expect, it } from 'vitest';
import { countLines, readText } from './context-text.ts';
import { ContextLibrary } from './context.ts';
import { createLocalRepl } from './local-repl.ts';
import { ReplError, realTexts } from './port.ts';
import { read, source } from './testing/documents.ts';
import { BUDGET, testSession } from './testing/test-session.ts';
import { stringText } from './texts/string-text.ts';
import { fileOf } from './texts/testing/file-of.ts';
import type { TextEncoding } from '../documents/document.ts';

describe('the texts of a context', () => {
  it.each<[string, BlobPart, TextEncoding, number, string]>([
    ['UTF-8', 'é中😀', 'utf-8', 0, 'é中😀'],
    ['a byte-order mark', new Uint8Array([0xef, 0xbb, 0xbf, 0x61]), 'utf-8', 3, 'a'],
    ['UTF-16', new Uint8Array([0xff, 0xfe, 0x2d, 0x4e]), 'utf-16le', 2, '中'],
    ['big-endian UTF-16', new Uint8Array([0x4e, 0x2d]), 'utf-16be', 0, '中'],
    // Not 0x80 to 0x9f: Node 20 decodes those as Latin-1, browsers rightly.
    ['windows-1252', new Uint8Array([0xa3, 0xe9]), 'windows-1252', 0, '£é'],
    ['a second byte-order mark, which is text', new Uint8Array([0xef, 0xbb, 0xbf, 0xef, 0xbb, 0xbf]), 'utf-8', 3, '\ufeff'],
  ])('are decoded from %s', async (_name, bytes, encoding, skip, text) => {
    expect(await readText({ blob: new Blob([bytes]), encoding, skip })).toBe(text);
  });

  it.each([
    ['', 0],
    ['a', 1],
    ['a\n', 1],
    ['a\nb', 2],
    ['\n\n', 2],
  ])('%j has %i lines', (text, lines) => {
    expect(countLines(stringText(text))).toBe(lines);
    expect(countLines(fileOf(text).text)).toBe(lines);
  });

  it('come from documents in the order of their ids, read once', async () => {
    const a = source('a', 'A');
    const b = source('b', 'BB');
    const library = new ContextLibrary([a, b], { read });
    const first = await library.load({ kind: 'documents', ids: ['b', 'a'] }, 2 ** 27);
    expect(first).toMatchObject({
      single: false,
      texts: [{ whole: 'BB' }, { whole: 'A', origin: { document: 'a', from: 0 } }],
      documents: [
        { name: 'b', kind: 'text', chars: 2, lines: 1, pages: 3 },
        { name: 'a', kind: 'text', chars: 1, lines: 1, pages: 3 },
      ],
    });
    const second = await library.load({ kind: 'documents', ids: ['a'] }, 2 ** 27);
    expect(second.single).toBe(true);
    expect(second.texts[0]).toBe(first.texts[1]);
    await expect(library.load({ kind: 'documents', ids: ['c'] }, 2 ** 27)).rejects.toThrow(ReplError);
  });
});

describe('which texts are lazy', () => {
  const small = source('small', 'abc');
  const wide = source('wide', '中'.repeat(600));
  const large = source('large', 'x'.repeat(1100));
  const all = { kind: 'documents', ids: ['large', 'small', 'wide'] } as const;
  const lazy = (documents: readonly { readonly name: string; readonly lazy?: true }[]) =>
    documents.flatMap((document) => (document.lazy ? [document.name] : []));

  it.each<[number, string[]]>([
    [8 * 3000, []],
    [8 * 2303, []],
    [8 * 2302, ['wide']],
    [8 * 1102, ['large', 'wide']],
    [8 * 2, ['large', 'small', 'wide']],
  ])('in %i bytes: %j', async (memoryBytes, names) => {
    const library = new ContextLibrary([small, wide, large], { read });
    expect(lazy((await library.load(all, memoryBytes)).documents)).toEqual(names);
  });

  it('of those, the small are in memory and the large in their files', async () => {
    const library = new ContextLibrary([small, wide, large], { read, heldBytes: 1200 });
    const { texts } = await library.load(all, 8);
    expect(texts.map(({ whole }) => whole?.length ?? null)).toEqual([1100, 3, null]);
    expect(texts.map((text) => text.slice(0, 2))).toEqual(['xx', 'ab', '中中']);
    expect(texts[2]?.origin).toEqual({ document: 'wide', from: 0 });
  });

  it('never a string that the guest has no room for: 64 MiB at most', () => {
    const sizes = [40 * 2 ** 20, 30 * 2 ** 20, 1];
    expect(realTexts(sizes, 2 ** 40)).toEqual([false, true, true]);
    expect(realTexts(sizes, 2 ** 31)).toEqual([false, true, true]);
    expect(realTexts(sizes, 2 ** 25)).toEqual([false, false, true]);
  });

  it('in a child: those of more than 1 MiB, whatever the memory', async () => {
    const long = source('long', `${'line\n'.repeat(500_000)}end`);
    const library = new ContextLibrary([long], { read, heldBytes: 0 });
    const range = (from: number, to: number) => ({ name: `${from}`, document: 'long', from, to });
    const loaded = await library.load(
      {
        kind: 'texts',
        single: false,
        texts: [range(5, 20), range(0, 2 ** 20), range(0, 2 ** 20 + 1), { name: 'made', text: 'm\n'.repeat(2 ** 20) }, range(0, 2_500_003)],
      },
      2 ** 30,
    );
    expect(loaded.documents).toEqual([
      { name: '5', kind: 'text', chars: 15, lines: 3 },
      { name: '0', kind: 'text', chars: 2 ** 20, lines: 209_716 },
      { name: '0', kind: 'text', chars: 2 ** 20 + 1, lines: 209_716, lazy: true },
      { name: 'made', kind: 'text', chars: 2 ** 21, lines: 2 ** 20, lazy: true },
      { name: '0', kind: 'text', chars: 2_500_003, lines: 500_001, pages: 3, lazy: true },
    ]);
    expect(loaded.texts.map(({ whole }) => whole?.length ?? null)).toEqual([15, 2 ** 20, null, 2 ** 21, null]);
    expect(loaded.texts[0]?.origin).toEqual({ document: 'long', from: 5 });
  });

  it('in a child: a large part of a file has its share of the lines, and none of it is read for that', async () => {
    // The long lines come first, so that a share is not what counting would give.
    const uneven = source('uneven', `${`${'x'.repeat(999)}\n`.repeat(20_000)}${'y\n'.repeat(20_000)}`);
    const lines = async (to: number, heldBytes: number) => {
      let reads = 0;
      const counted: typeof read = (...args) => {
        reads += 1;
        return read(...args);
      };
      const library = new ContextLibrary([uneven], { read: counted, heldBytes });
      const texts = [{ name: 'part', document: 'uneven', from: 0, to }];
      const { documents } = await library.load({ kind: 'texts', single: true, texts }, 2 ** 30);
      return { lines: documents[0]?.lines, isRead: reads > 0 };
    };
    expect(await lines(18_000_000, 0)).toEqual({ lines: 35_928, isRead: false });
    expect(await lines(16_000_000, 0)).toEqual({ lines: 16_000, isRead: true });
    expect(await lines(18_000_000, 2 ** 26)).toEqual({ lines: 18_000, isRead: false });
  });

  it('says so in one sentence when a file has gone', async () => {
    const gone = source('gone.txt', 'text');
    const blob = { slice: () => ({ arrayBuffer: () => Promise.reject(new Error('not found')) }) } as unknown as Blob;
    const document = { ...gone, text: { ...gone.text, blob } };
    for (const memoryBytes of [8, 2 ** 27]) {
      const library = new ContextLibrary([document], { read, heldBytes: 0 });
      await expect(library.load({ kind: 'documents', ids: ['gone.txt'] }, memoryBytes)).rejects.toThrow(
        'gone.txt can no longer be read (not found): add the file again.',
      );
    }
  });
});

describe('context and documents in a cell', () => {
  const cell = (code: string) => ({ code, cpuMs: 1000, budget: BUDGET, now: 0, seed: 0 });
  const signal = new AbortController().signal;

  it('are one text, or an array in drop order', async () => {
    const repl = createLocalRepl({ documents: [source('a.txt', 'Alpha'), source('b.txt', 'Beta')] });
    const show = async (ids: string[]) => {
      const session = await repl.open({ context: { kind: 'documents', ids }, memoryBytes: 2 ** 27 }, signal);
      let printed = '';
      await session.run(
        cell('print(typeof context, context, documents)'),
        { print: (text) => (printed += text), query: () => Promise.reject(new Error('none')) },
        signal,
      );
      return printed;
    };
    expect(await show(['a.txt'])).toBe(
      'string Alpha [{ name: "a.txt", kind: "text", chars: 5, lines: 1, pages: 3 }]\n',
    );
    expect(await show(['b.txt', 'a.txt'])).toContain('object ["Beta", "Alpha"] [');
  });

  it('cannot be changed', async () => {
    const session = await testSession(['a', 'b']);
    await session.run('context[0] = "x"; documents[0].name = "x"; documents.length = 0');
    expect((await session.run('print(context, documents[0].name, documents.length)')).printed).toBe(
      '["a", "b"] doc-0.txt 2\n',
    );
  });

  it.each([
    ['NUL', 'a\0b\0'],
    ['half pairs', '\ud800x\udc00'],
    ['Latin-1', 'naïve café'],
    ['Chinese', '递归语言模型'],
    ['emoji', '😀😀'],
    ['one unit', '中'],
    ['nothing', ''],
  ])('hold %s unit for unit', async (_name, text) => {
    const session = await testSession(text);
    const units = await session.run('Array.from({ length: context.length }, (_, i) => context.charCodeAt(i)).join()');
    expect(units.printed).toBe(`${Array.from({ length: text.length }, (_, i) => text.charCodeAt(i)).join()}\n`);
    expect((await session.run('FINAL(context + "!")')).final?.text).toBe(`${text}!`);
    expect((await session.run('"a" + "b"')).printed).toBe('ab\n');
  });

  it.each([
    ['ASCII', 'line of log text, id=1234\n'],
    ['Chinese', '这是一个关于递归语言模型的测试文本。\n'],
  ])('of 10 MB of %s load quickly and slice', async (_name, line) => {
    const text = line.repeat(Math.ceil(1e7 / line.length));
    const start = performance.now();
    const session = await testSession(text);
    expect(performance.now() - start).toBeLessThan(3000);
    const ran = await session.run('print(context.length, context.slice(5_000_000, 5_000_100)); context.slice(-10)');
    expect(ran.printed).toBe(`${text.length} ${text.slice(5_000_000, 5_000_100)}\n${text.slice(-10)}\n`);
  });
});
