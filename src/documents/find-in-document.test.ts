import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeText } from './decode.ts';
import { findInDocument } from './find-in-document.ts';
import { arbitraryDocument } from './testing/arbitrary-document.ts';
import { encodedDocument } from './testing/encoded-document.ts';

const signal = new AbortController().signal;
const places = async (text: string, query: string, matchCase = false, limit = 100) =>
  findInDocument(encodedDocument(text, 'utf-8', 4), query, { matchCase, limit, signal, chars: 5 });

/** What a search of the whole text at once finds. */
function foundAtOnce(text: string, query: string): { from: number; to: number }[] {
  const matches: { from: number; to: number }[] = [];
  for (let at = text.indexOf(query); at !== -1; at = text.indexOf(query, at + query.length)) {
    matches.push({ from: at, to: at + query.length });
  }
  return matches;
}

describe('findInDocument', () => {
  test('finds in windows what a search of the whole finds', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryDocument, fc.integer({ min: 1, max: 9 }), fc.nat(), fc.integer({ min: 1, max: 6 }), async (document, chars, at, length) => {
        const whole = await decodeText(document.text);
        fc.pre(whole !== '');
        const query = whole.slice(at % whole.length, (at % whole.length) + length);
        const found = await findInDocument(document, query, { matchCase: true, limit: 1000, signal, chars });
        expect(found.matches).toEqual(foundAtOnce(whole, query));
        expect(found.total).toBe(found.matches.length);
      }),
    );
  });

  test('upper and lower case are the same unless asked', async () => {
    expect(await places('Tea TEA tea', 'tEa')).toMatchObject({ total: 3 });
    expect(await places('Tea TEA tea', 'tea', true)).toEqual({ matches: [{ from: 8, to: 11 }], total: 1 });
    expect((await places('ÉTÉ, été: Ελλάς ΕΛΛΆΣ', 'été')).total).toBe(2);
    expect((await places('Ελλάς ΕΛΛΆΣ', 'ελλάσ')).total).toBe(2);
  });

  test('signs of patterns stand for themselves', async () => {
    const signs = 'a.b*c+(d)[e]{f}^$|/\\-?';
    expect(await places(`aab ${signs} aab`, signs)).toEqual({ matches: [{ from: 4, to: 4 + signs.length }], total: 1 });
    expect((await places(`é${signs}`, `É${signs}`)).total).toBe(1);
  });

  test('matches do not lie over each other, and those beyond the limit count', async () => {
    expect(await places('aaaaaaaaaaa', 'aa', false, 2)).toEqual({
      matches: [
        { from: 0, to: 2 },
        { from: 2, to: 4 },
      ],
      total: 5,
    });
  });

  test('nothing is found of nothing', async () => {
    expect(await places('text', '')).toEqual({ matches: [], total: 0 });
    expect(await places('', 'text')).toEqual({ matches: [], total: 0 });
  });

  test('ends when it is aborted', async () => {
    const abort = new AbortController();
    const search = findInDocument(encodedDocument('a'.repeat(100), 'utf-8', 4), 'a', { matchCase: true, limit: 1, signal: abort.signal, chars: 4 });
    abort.abort();
    await expect(search).rejects.toMatchObject({ name: 'AbortError' });
  });
});
