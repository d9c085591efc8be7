import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileOf } from '../texts/testing/file-of.ts';
import { stringText } from '../texts/string-text.ts';
import { eachChunk, type Chunk } from './chunks.ts';
import type { HostText } from '../texts/host-text.ts';

function chunksOf(text: HostText, window?: number): Chunk[] {
  const chunks: Chunk[] = [];
  eachChunk(text, (chunk) => chunks.push(chunk), window);
  return chunks;
}

const part = fc.oneof(fc.constantFrom('\n', '\n\n', ' ', 'word ', '中😀', '\ud800', 'x'.repeat(900), 'a line of words\n'.repeat(40)), fc.string());
const text = fc.array(part, { maxLength: 60 }).map((parts) => parts.join(''));

describe('chunks of a text', () => {
  it('make the whole, none too long, each with its place and line', () => {
    fc.assert(
      fc.property(text, (given) => {
        const chunks = chunksOf(stringText(given));
        expect(chunks.map((chunk) => chunk.text).join('')).toBe(given);
        for (const { index, line, text: chunk } of chunks) {
          expect(chunk.length).toBeGreaterThan(0);
          expect(chunk.length).toBeLessThanOrEqual(2000);
          expect(given.slice(index, index + chunk.length)).toBe(chunk);
          expect(line).toBe(given.slice(0, index).split('\n').length);
        }
      }),
    );
  });

  it('are the same of a file, whatever is read at once', () => {
    fc.assert(
      fc.property(text.map((given) => given.replaceAll(/[\ud800-\udfff]/g, '😀')), fc.integer({ min: 1, max: 6000 }), (given, window) => {
        const file = fileOf(given, { encoding: 'utf-8', every: 64, chunk: 512 }).text;
        expect(chunksOf(file, window)).toEqual(chunksOf(stringText(given)));
      }),
    );
  });

  it('end with a line where there is one, else between words, never within a pair', () => {
    const ends = (given: string) => chunksOf(stringText(given))[0]?.text.slice(-3);
    expect(ends('a line of some words\n'.repeat(200))).toBe('ds\n');
    expect(ends('some words '.repeat(400))).toMatch(/ $/);
    expect(ends(`x${'😀'.repeat(2000)}`)).toMatch(/😀$/);
  });
});
