import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { anyText, fileOf } from './testing/file-of.ts';
import { fileText } from './file-text.ts';
import { stringText } from './string-text.ts';

const offset = fc.integer({ min: -2, max: 90 });

describe('A text in a file', () => {
  it('has the slices of the whole decoded text, in any order', () => {
    fc.assert(
      fc.property(anyText, fc.array(fc.tuple(offset, offset), { maxLength: 12 }), ({ text, expected }, cuts) => {
        expect(text.length).toBe(expected.length);
        expect(text.whole).toBeNull();
        for (const [from, to] of cuts) {
          expect(text.slice(from, to)).toBe(expected.slice(Math.max(0, from), Math.max(0, to)));
        }
      }),
      { numRuns: 300 },
    );
  });

  it('has ranges, and ranges of ranges, that are texts of their own', () => {
    fc.assert(
      fc.property(anyText, offset, offset, offset, offset, ({ text, expected }, a, b, c, d) => {
        const ours = text.range(a, b).range(c, d);
        const theirs = stringText(expected, { document: 'd', from: 0 }).range(a, b).range(c, d);
        expect(ours.slice(0, Infinity)).toBe(theirs.whole);
        expect(ours.length).toBe(theirs.length);
        expect(ours.origin?.document).toBe('d');
        if (ours.length > 0) expect(ours.origin).toEqual(theirs.origin);
      }),
      { numRuns: 300 },
    );
  });

  it('reads little for a slice, and nothing for what is in memory', () => {
    const content = 'é'.repeat(5000);
    let reads = 0;
    const { text } = fileOf(content, { every: 64, chunk: 32, pulse: () => (reads += 1) });
    expect(text.slice(100, 103)).toBe('ééé');
    expect(reads).toBe(0);
    expect(text.slice(0, 1000)).toHaveLength(1000);
    expect(text.slice(10, 990)).toHaveLength(980);
    expect(reads).toBe(1);
  });

  it('reads a quarter of a chunk for a slice anywhere, and whole chunks where slices go on', () => {
    const bytes = new TextEncoder().encode('0123456789'.repeat(1000));
    const reads: number[] = [];
    const read = (_: Blob, from: number, to: number): Uint8Array => {
      reads.push(to - from);
      return bytes.slice(from, to);
    };
    const source = { blob: new Blob([bytes]), encoding: 'utf-8', skip: 0, index: null } as const;
    const text = fileText(source, bytes.length, { document: 'd', read, chunk: 400 });
    expect([5003, 9207, 1001].map((at) => text.slice(at, at + 5))).toEqual(['34567', '78901', '12345']);
    expect(reads).toEqual([100, 100, 100]);
    expect(text.slice(3000, 3300)).toBe('0123456789'.repeat(30));
    expect(reads.splice(0)).toEqual([100, 100, 100, 400, 400]);

    let all = '';
    for (let at = 0; at < bytes.length; at += 10) all += text.slice(at, at + 10);
    expect(all).toBe('0123456789'.repeat(1000));
    expect(reads.length).toBeLessThan(30);
    reads.length = 0;
    for (let at = bytes.length; at > 0; at -= 10) expect(text.slice(at - 10, at)).toBe('0123456789');
    expect(reads.length).toBeLessThan(30);
  });

  it('lets what the pulse throws through', () => {
    const stop = new Error('stop');
    const { text } = fileOf('x'.repeat(100), {
      pulse: () => {
        throw stop;
      },
    });
    expect(() => text.slice(0, 50)).toThrow(stop);
  });
});

describe('A text in memory', () => {
  it('is its string', () => {
    const text = stringText('a😀b');
    expect(text.origin).toBeNull();
    expect(text.slice(-3, 2)).toBe('a\ud83d');
    expect(text.range(2, 9).whole).toBe('\ude00b');
  });
});
