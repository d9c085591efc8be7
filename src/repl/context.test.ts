import { describe, expect, it } from 'vitest';
import { countLines, readText } from './context-text.ts';
import { ContextLibrary } from './context.ts';
import { createLocalRepl } from './local-repl.ts';
import { ReplError } from './port.ts';
import { BUDGET, testSession } from './testing/test-session.ts';
import type { SourceDocument, TextEncoding } from '../documents/document.ts';

function source(name: string, bytes: BlobPart, encoding: TextEncoding = 'utf-8', skip = 0): SourceDocument {
  return {
    info: { id: name, name, kind: 'text', chars: 0, lines: 2, bytes: 0, sha256: '', pages: 3 },
    text: { blob: new Blob([bytes]), encoding, skip },
    notice: null,
  };
}

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
    expect(countLines(text)).toBe(lines);
  });

  it('come from documents in the order of their ids, read once', async () => {
    const library = new ContextLibrary([source('a', 'A'), source('b', 'BB')]);
    const first = await library.load({ kind: 'documents', ids: ['b', 'a'] });
    expect(first).toEqual({
      single: false,
      texts: ['BB', 'A'],
      documents: [
        { name: 'b', kind: 'text', chars: 2, lines: 2, pages: 3 },
        { name: 'a', kind: 'text', chars: 1, lines: 2, pages: 3 },
      ],
    });
    expect((await library.load({ kind: 'documents', ids: ['a'] })).single).toBe(true);
    await expect(library.load({ kind: 'documents', ids: ['c'] })).rejects.toThrow(ReplError);
  });
});

describe('context and documents in a cell', () => {
  const cell = (code: string) => ({ code, cpuMs: 1000, budget: BUDGET });
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
      'string Alpha [{ name: "a.txt", kind: "text", chars: 5, lines: 2, pages: 3 }]\n',
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
