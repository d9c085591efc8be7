import { expect, it } from 'vitest';
import { encodedDocument } from '../testing/encoded-document.ts';
import { citeAnswer } from './cite.ts';

const MB = 2 ** 20;
const signs = 'bcdfgh'.split('');

/** Quotes that nearly match everywhere, and texts made for them. */
it.each([
  ['one letter', 'a', (sign: string) => `a a a ${'a'.repeat(3_900)}${sign}`],
  ['one word', 'as ', (sign: string) => `${'as '.repeat(1_300)}${sign}`],
  ['white space', ' \n', (sign: string) => `one two ${sign} four five`],
  ['hyphens at line ends', 'a-\n', (sign: string) => `${'aaaa '.repeat(700)}${sign}`],
  ['marker lines', '=== page 1 ===\n', (sign: string) => `page 1 page 1 page ${sign}`],
  ['gaps', 'as if ', (sign: string) => `as if … as if … as if … as if … as if ${sign}${sign}`],
  ['decomposed accents', 'e\u0301', (sign: string) => `é é é ${'é'.repeat(3_900)}${sign}`],
])(
  'ends with a text of %s',
  async (_, part, quote) => {
    const document = encodedDocument(part.repeat(MB / part.length), 'utf-8', 256 * 1024);
    const answer = signs.map((sign) => `“${quote(sign)}”`).join('\n\n');
    const citations = await citeAnswer(answer, 'text', [document], new AbortController().signal);
    expect(citations.length).toBeLessThanOrEqual(signs.length);
    for (const { from, to } of citations) expect(to ?? 0).toBeGreaterThanOrEqual(from ?? 0);
  },
  120_000,
);
