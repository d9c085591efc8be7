import { describe, expect, test } from 'vitest';
import { setAnswer } from './headline.ts';

describe('an answer is set with a headline', () => {
  test('from a leading heading', () => {
    expect(setAnswer('# 214 tickets.\n\n| a |\n| - |')).toEqual({
      headline: '214 tickets.',
      body: '| a |\n| - |',
    });
  });
  test('from a short first sentence', () => {
    expect(setAnswer('The code is **7421**. It stands in line 9.\n\nMore.')).toEqual({
      headline: 'The code is **7421**.',
      body: 'It stands in line 9.\n\nMore.',
    });
  });
  test('that is all of it', () => {
    expect(setAnswer('Aberdeen')).toEqual({ headline: 'Aberdeen', body: '' });
  });
  test('past abbreviations and numbers', () => {
    expect(setAnswer('See No. 7 by Dr. Rao for $3.50. Then rest.').headline).toBe('See No. 7 by Dr. Rao for $3.50.');
  });
  test('that leads a list', () => {
    expect(setAnswer('Three names:\n- a\n- b')).toEqual({ headline: 'Three names:', body: '- a\n- b' });
  });
});

describe('an answer is set without a headline', () => {
  const whole = (answer: string) => expect(setAnswer(answer)).toEqual({ headline: null, body: answer });
  test('where it begins with no prose', () => {
    whole('- a\n- b');
    whole('| a | b |\n|---|---|');
    whole('```js\nx\n```');
    whole('> quoted');
    whole('1. first');
    whole('{"id": 1}');
  });
  test('where its first sentence is long', () => whole(`${'word '.repeat(60)}end. Next.`));
  test('where a quotation goes on in the next sentence', () => {
    whole('He wrote “It is late. Nobody knows why” [a.txt].');
    whole('Er schrieb „Es ist spät. Niemand weiß warum“.');
    whole('He wrote "It is late. Nobody knows why".');
    expect(setAnswer('A board 5" wide is “too narrow”. Next.').headline).toBe('A board 5" wide is “too narrow”.');
  });
  test('where a mark stays open', () => whole('See [the page. It says](https://a.example/) more.'));
  test('where nothing is said', () => expect(setAnswer('  ')).toEqual({ headline: null, body: '' }));
});
