import { describe, expect, it } from 'vitest';
import { firstMessage } from './first-message.ts';

describe('the first message', () => {
  it('gives the measures of one text', () => {
    const documents = [{ name: 'kjv.txt', kind: 'text', chars: 4_300_000, lines: 100_182 }];
    expect(firstMessage('Who?', documents, true)).toMatchInlineSnapshot(`
      "Question:
      Who?

      Context:
      \`context\` is one text, 4,300,000 characters in all (roughly 1,075,000 tokens).
      0. "kjv.txt" (text): 4,300,000 characters, 100,182 lines"
    `);
  });

  it('says which texts are lazy, and what can be done with those', () => {
    const text = { name: 'a.log', kind: 'text', chars: 10, lines: 1 };
    const message = firstMessage('Who?', [text, { ...text, lazy: true }], false);
    expect(message).toContain('\n0. "a.log" (text): 10 characters, 1 line\n1. "a.log" (text): 10 characters, 1 line, lazy\n');
    expect(message).toMatch(/\nA lazy text has .* lines\(\)\. .* slice pieces .* cannot be printed/);
    expect(firstMessage('Who?', [text], true)).not.toContain('lazy');
  });

  it('tells how a document is laid out, in one line below it', () => {
    const orders = { name: 'orders.xlsx', kind: 'xlsx', chars: 10, lines: 3, shape: 'One line a row,\ncells parted by tabs.' };
    expect(firstMessage('Who?', [orders, { name: 'b.txt', kind: 'text', chars: 1, lines: 1 }], false)).toContain(
      '\n0. "orders.xlsx" (Excel workbook): 10 characters, 3 lines\n   One line a row, cells parted by tabs.\n1. "b.txt" (text)',
    );
  });

  it('gives those of an array, the first fifty of it', () => {
    const documents = Array.from({ length: 53 }, (_, index) => ({
      name: `report "${index}"\n.pdf`,
      kind: 'pdf',
      chars: 1,
      lines: 1,
      pages: 2,
    }));
    const message = firstMessage('How many?', documents, false);
    expect(message).toContain('`context` is an array of 53 texts, 53 characters in all (roughly 14 tokens).');
    expect(message).toContain('49. "report \\"49\\"\\n.pdf" (PDF): 1 character, 1 line, 2 pages\nand 3 more');
    expect(message).not.toContain('50. ');
  });
});

describe('a follow-up', () => {
  const documents = [{ name: 'a.txt', kind: 'text', chars: 10, lines: 1 }];
  const told = (exchanges: readonly { readonly question: string; readonly answer: string }[], variables: readonly string[] = []) =>
    firstMessage('Who?', documents, true, { exchanges, variables });

  it('is told what was asked before, after the context, and which variables live on', () => {
    expect(told([{ question: 'What?', answer: 'Plum.' }], ['found', 'pages'])).toMatch(
      /\n0\. "a\.txt".*\n\nAsked before in this conversation \(`history` holds them whole\):\n0\. Asked: What\?\n {3}Answered: Plum\.\nYour variables of before live on: found, pages\.$/,
    );
    expect(told([{ question: 'What?', answer: 'Plum.' }])).not.toContain('live on');
  });

  it('is told the last ten, each text cut at 2,000 characters', () => {
    const message = told(Array.from({ length: 12 }, (_, index) => ({ question: `q${index}?`, answer: `${'x'.repeat(1_999)}😀${'y'.repeat(500)}` })));
    expect(message).toContain('the last 10 of 12');
    expect(message).not.toContain('q1?');
    expect(message).toContain('\n2. Asked: q2?\n');
    expect(message).toContain(`${'x'.repeat(1_999)} … [2,501 characters in all]`);
  });
});
