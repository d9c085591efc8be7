import { describe, expect, it } from 'vitest';
import { foldedEqually, skeletonOf } from './fold.ts';

const page = '\n=== page 12 ===\n';

describe('folding', () => {
  it.each([
    ['the  ferry\r\n\tis late', 'the ferry is late'],
    ['the ferry', 'the ferry'],
    ['the fer-\nry', 'the ferry'],
    ['the fer\u00ad\nry and the fer\u00adry', 'the ferry and the ferry'],
    [`the ferry${page}is late`, 'the ferry is late'],
    [`the fer-${page}ry`, 'the ferry'],
    ['well-\nknown', 'well-known'],
    ['ﬁnal oﬃce ﬂow ﬅ', 'final office flow st'],
    ['“It’s” late', '"It\'s" late'],
    ['late — again – or − so', 'late - again - or - so'],
    ['late—again', 'late -- again'],
    ['and so on…', 'and so on...'],
    ['THE ΦΕΡΡΥΣ', 'the φερρυς'],
    ['ｆｅｒｒｙ １２', 'ferry 12'],
    ['cafe\u0301 한글', 'café \u1112\u1161\u11ab\u1100\u1173\u11af'.normalize('NFD')],
  ])('%j is %j', (a, b) => {
    expect(foldedEqually(a, b)).toBe(true);
    expect(skeletonOf(a).text).toBe(skeletonOf(b).text);
  });

  it.each([
    ['1.5 million', '15 million'],
    ['-5 degrees', '5 degrees'],
    ['no one', 'noone'],
    ['cafe', 'café'],
    ['a, b', 'a b'],
    ['=== page one of it', 'of it'],
  ])('%j is not %j', (a, b) => expect(foldedEqually(a, b)).toBe(false));

  it('takes megabytes of white space, hyphens and marks', () => {
    for (const part of [' ', '-', '- ', '\u00ad\n', '=== page ', '\n=== page 1 ===\n', "'", '\u0301']) {
      expect(foldedEqually(`a${part.repeat(300_000)}b`, 'c')).toBe(false);
    }
  }, 60_000);

  it('knows where each letter came from', () => {
    const text = `A ﬁne\n=== page 2 ===\nday`;
    const { text: skeleton, places } = skeletonOf(text);
    expect(skeleton).toBe('afineday');
    expect(Array.from(places)).toEqual([0, 2, 2, 3, 4, ...['d', 'a', 'y'].map((_, i) => text.lastIndexOf('day') + i)]);
  });
});
