import { describe, expect, it } from 'vitest';
import { createChunkSearch } from './chunk-search.ts';
import { fileOf } from '../texts/testing/file-of.ts';
import { stringText } from '../texts/string-text.ts';
import type { HostText } from '../texts/host-text.ts';

const filler = (i: number) => `Line ${i} tells of nothing in particular, as most lines of a log do.\n`;
const FILLER = Array.from({ length: 3000 }, (_, i) => filler(i)).join('');
const at = (text: string, index: number, line: string) => text.slice(0, index) + line + text.slice(index);
const HAY = at(FILLER, FILLER.indexOf('Line 1500 '), 'The lighthouse keeper of Skagen was Ingeborg Mølgård.\n');

const search = (texts: readonly string[]) => createChunkSearch(texts.map((text) => stringText(text)), texts.map((_, i) => `t${i}.txt`));
const request = (query: string, more: { limit?: number; document?: number | string } = {}) => ({ query, limit: null, document: null, ...more });

describe('search', () => {
  it('finds the chunk with the rare words first, with its place and line', () => {
    const [first, ...rest] = search([HAY])(request('Who was the keeper of the LIGHTHOUSE?'));
    expect(first).toMatchObject({ document: 0, name: 't0.txt' });
    expect(first?.text).toContain('Ingeborg Mølgård');
    expect(HAY.slice(first?.index, (first?.index ?? 0) + (first?.text.length ?? 0))).toBe(first?.text);
    expect(HAY.slice(0, first?.index).split('\n')).toHaveLength(first?.line ?? 0);
    expect(rest).toHaveLength(4);
    for (const { score } of rest) expect(score).toBeLessThan(first?.score ?? 0);
  });

  it('scores by BM25 (k 1.2, b 0.75), over unique words of a chunk', () => {
    const texts = ['apple pear', 'apple apple plum fig', 'cherry quince'];
    const found = search(texts)(request('apple plum'));
    const average = (2 + 3 + 2) / 3;
    const idf = (n: number) => Math.log(1 + (3 - n + 0.5) / (n + 0.5));
    const bm25 = (n: number, times: number, length: number) =>
      (idf(n) * times * 2.2) / (times + 1.2 * (1 - 0.75 + (0.75 * length) / average));
    const expected = [bm25(2, 2, 3) + bm25(1, 1, 3), bm25(2, 1, 2)].map((score) => Math.round(score * 1000) / 1000);
    expect(found.map(({ document, score }) => [document, score])).toEqual([
      [1, expected[0]],
      [0, expected[1]],
    ]);
  });

  it('finds words of scripts without spaces, and of any case or accent', () => {
    const texts = ['彼は東京都に住んでいる。', '北京是中国的首都。', 'Le CAFÉ est fermé.', 'Она живёт в Москве.'];
    const best = (query: string) => search(texts)(request(query))[0]?.document;
    expect(best('東京')).toBe(0);
    expect(best('中国首都在哪里')).toBe(1);
    expect(best('cafe ferme')).toBe(2);
    expect(best('ЖИВЕТ')).toBe(3);
    expect(search(texts)(request('nowhere'))).toEqual([]);
  });

  it('may be of one document, and of as many chunks as asked for', () => {
    const find = search([HAY, 'a lighthouse', `${'a lighthouse\n'.repeat(1000)}`]);
    expect(find(request('lighthouse', { document: 1 })).map(({ document }) => document)).toEqual([1]);
    expect(find(request('lighthouse', { document: 't0.txt' })).map(({ name }) => name)).toEqual(['t0.txt']);
    expect(find(request('lighthouse', { document: 2, limit: 3 }))).toHaveLength(3);
    expect(find(request('lighthouse', { limit: 0 }))).toEqual([]);
    expect(() => find(request('lighthouse', { document: 'none' }))).toThrow('there is no document "none"; there are 3');
    expect(() => find(request('?!'))).toThrow('has no words');
  });

  it('is the same over a file as over a string, ties in the order of the text', () => {
    const file = createChunkSearch([fileOf(HAY, { encoding: 'utf-8', every: 4096, chunk: 4096 }).text], ['t0.txt']);
    const query = request('particular lines of the keeper', { limit: 50 });
    const found = file(query);
    expect(found).toEqual(search([HAY])(query));
    const same = search(['same words\n'.repeat(2000)])(request('words', { limit: 4 }));
    expect(same.map(({ index }) => index)).toEqual(same.map(({ index }) => index).sort((a, b) => a - b));
  });

  it('takes words that objects have, and a query of many', () => {
    const texts = ['__proto__ constructor toString', 'hasOwnProperty'];
    expect(search(texts)(request('constructor __proto__')).map(({ document }) => document)).toEqual([0]);
    expect(search([HAY])(request('lighthouse '.repeat(10_000)))).toHaveLength(1);
  });

  it('refuses more than it can index, before reading any of it', () => {
    const huge: HostText = { length: 64 * 2 ** 20 + 1, whole: null, origin: null, slice: () => '', range: () => huge };
    expect(() => createChunkSearch([huge], ['huge.txt'])(request('words'))).toThrow(
      /67,108,865 characters is more than the 67,108,864 that search takes: use grep/,
    );
  });

  it('that was ended in the middle of its index begins anew', () => {
    const long = HAY + FILLER.repeat(6);
    const whole = fileOf(long, { encoding: 'utf-8', every: 4096, chunk: 4096 }).text;
    let ends = true;
    const file: HostText = {
      ...whole,
      slice(from, to) {
        if (ends && from > 0) throw new Error('ended');
        return whole.slice(from, to);
      },
    };
    const find = createChunkSearch([file], ['a']);
    expect(() => find(request('lighthouse'))).toThrow('ended');
    ends = false;
    const [found, ...others] = find(request('lighthouse'));
    expect(found?.index).toBe(search([long])(request('lighthouse'))[0]?.index);
    expect(others).toEqual([]);
  });
});
