import { describe, expect, it } from 'vitest';
import { LARGE_TEXT, Origins } from './origins.ts';
import { fileOf } from './texts/testing/file-of.ts';
import { stringText } from './texts/string-text.ts';

const numbered = (lines: number) => Array.from({ length: lines }, (_, i) => `line ${i} of it\n`).join('');
const content = numbered(20_000);

describe('where a large string comes from', () => {
  it('is found in documents that are in memory', () => {
    const origins = new Origins([stringText(content, { document: 'a', from: 100 })]);
    const part = content.slice(5, 5 + LARGE_TEXT);
    expect(origins.find(part)).toEqual({ document: 'a', from: 105, to: 105 + LARGE_TEXT });
    expect(origins.find(`${part}!`)).toBeNull();
    expect(origins.find(content)).toEqual({ document: 'a', from: 100, to: 100 + content.length });
  });

  it('is not looked for where the string is small, or the text is nobody\'s', () => {
    const origins = new Origins([stringText(content, { document: 'a', from: 0 })]);
    expect(origins.find(content.slice(0, LARGE_TEXT - 1))).toBeNull();
    expect(new Origins([stringText(content)]).find(content)).toBeNull();
  });

  it('is given up where it is hard to find', () => {
    const source = 'a'.repeat(2 ** 24);
    const origins = new Origins([stringText(source, { document: 'a', from: 0 })]);
    expect(origins.find(`b${'a'.repeat(LARGE_TEXT)}`)).toBeNull();
    expect(origins.find(`${'a'.repeat(LARGE_TEXT)}b`)).toBeNull();
    expect(origins.find('a'.repeat(LARGE_TEXT))).toEqual({ document: 'a', from: 0, to: LARGE_TEXT });
    const repeated = `${'-'.repeat(199)}x`.repeat(20) + content;
    expect(new Origins([stringText(repeated, { document: 'a', from: 0 })]).find(repeated.slice(2000))).toEqual({
      document: 'a',
      from: 2000,
      to: repeated.length,
    });
  });

  it('is remembered for slices of files, and for parts of such slices', () => {
    const { text } = fileOf(content, { chunk: 4096 });
    const origins = new Origins([text]);
    const part = content.slice(1000, 1000 + 2 * LARGE_TEXT);
    expect(origins.find(part)).toBeNull();
    origins.note(text.range(1000, 1000 + 2 * LARGE_TEXT));
    expect(origins.find(part)).toEqual({ document: 'd', from: 1000, to: 1000 + 2 * LARGE_TEXT });
    expect(origins.find(part.slice(7))).toEqual({ document: 'd', from: 1007, to: 1000 + 2 * LARGE_TEXT });
    expect(origins.find(`x${part.slice(1)}`)).toBeNull();
  });

  it('counts from the start of the document for a slice of a range', () => {
    const { text } = fileOf(content, { chunk: 4096 });
    const range = text.range(500, 200_000);
    const origins = new Origins([range]);
    origins.note(range.range(10, 10 + LARGE_TEXT));
    expect(origins.find(content.slice(510, 510 + LARGE_TEXT))).toEqual({
      document: 'd',
      from: 510,
      to: 510 + LARGE_TEXT,
    });
  });
});
