import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AnswerFormat } from '../../trajectory/events.ts';
import { MOST_PASSAGES, quotesIn } from './quotes-in.ts';

const found = (answer: string, format: AnswerFormat = 'text') => quotesIn(answer, format).map(({ quote, role }) => `${role}: ${quote}`);

describe('what an answer quotes', () => {
  it.each([
    ['He wrote “the ferry is late again” [log.txt].', 'the ferry is late again'],
    ['He wrote "the ferry is late again".', 'the ferry is late again'],
    ['Il dit « le bateau est en retard ».', 'le bateau est en retard'],
    ['Er sagt „das Schiff kommt später“.', 'das Schiff kommt später'],
    ['Er sagt »das Schiff kommt später«.', 'das Schiff kommt später'],
    ['Il dit ‹le bateau est en retard›.', 'le bateau est en retard'],
    ['「船はまた遅れています」と言う。', '船はまた遅れています'],
    ['He wrote ‘it’s the ferry that is late’ there.', 'it’s the ferry that is late'],
    ['- "a line that\nwent on over the end"', 'a line that\nwent on over the end'],
    ['He said: “we call it ‘the old ferry’ here”.', 'we call it ‘the old ferry’ here'],
    ['**“the ferry is late again”**', 'the ferry is late again'],
    ['> the ferry is late\n> again today', 'the ferry is late\nagain today'],
    ['> “the ferry is late again”', 'the ferry is late again'],
    ["He wrote 'it's the ferry that is late' there.", "it's the ferry that is late"],
    ['Han skrev ”färjan är sen igen”.', 'färjan är sen igen'],
    ['Er sagt ‚das Schiff kommt später‘ dazu.', 'das Schiff kommt später'],
    ['1. log.txt:\n\n    > the ferry is late again', 'the ferry is late again'],
    ['- > the ferry is late again', 'the ferry is late again'],
    ['```json\n{"quote": "the ferry is late again"}\n```', 'the ferry is late again'],
  ])('%j', (answer, quote) => expect(found(answer)).toEqual([`quote: ${quote}`]));

  it.each([
    ['the so-called “risk” of it', ['claim: risk']],
    ['in “The Old Man and the Sea” it is said', ['claim: The Old Man and the Sea']],
    ['It is **17 March 1882** at `dock-7`.', ['claim: 17 March 1882', 'claim: dock-7']],
    ['**Summary:** nothing\n\n**Conclusion**: none', []],
    ['a board 5" by 6" wide and a 7" nail', ['claim: a board 5" by 6" wide and a 7" nail']],
    ['the students’ books and the teachers’ pens\nof ‘now’', []],
    ['```\nprint("the ferry is late again");\n```\n`yes` and “the”', []],
    ['> **Note:** this is a remark\n\nText.', []],
    ['> **Answer:** the ferry is late\n\nText.', []],
    ["the dogs' owner and the clerks' view: isn't it the neighbours' own garden,\nin the '90s", []],
    ['1. Run\n\n     ```js\n     say("the ferry is late again");\n     ```\n2. Wait', []],
    ['```say(hello)``` prints “the ferry is late again”', ['quote: the ferry is late again']],
    ['plum', ['claim: plum']],
    ['42', []],
  ])('%j holds %j', (answer, passages) => expect(found(answer)).toEqual(passages));

  it('parts block quotes at what says whose they are', () => {
    const answer = '> the first one of them\n> — a.txt, line 3\n> the second of them\n\n— b.pdf, page 2\n\n> the third one\n\nText.';
    expect(quotesIn(answer, 'text').map(({ quote, attributed }) => [quote, attributed])).toEqual([
      ['the first one of them', 'a.txt, line 3'],
      ['the second of them', 'b.pdf, page 2'],
      ['the third one', null],
    ]);
  });

  it('takes what names the document off the lines of block quotes, and parts their lists', () => {
    const answer = [
      '> “the first one of them” (a.txt, line 3)',
      '> the second of them [b.pdf]',
      '> the third one — c.md, page 4',
      '',
      '> the bells (all six of them) rang — and then they stopped (at noon)',
      '',
      '> - the fifth one',
      '> 2. the sixth one',
      '> - e.docx, line 9',
      '',
      '> the seventh one',
      '> **Source:** f.txt',
      '> the eighth one',
      '> (g.odt)',
    ].join('\n');
    expect(quotesIn(answer, 'text').map(({ quote, attributed }) => [quote, attributed])).toEqual([
      ['the first one of them', 'a.txt, line 3'],
      ['the second of them', 'b.pdf'],
      ['the third one', 'c.md, page 4'],
      ['the bells (all six of them) rang — and then they stopped (at noon)', null],
      ['the fifth one', null],
      ['the sixth one', 'e.docx, line 9'],
      ['the seventh one', 'f.txt'],
      ['the eighth one', 'g.odt'],
    ]);
  });

  it('knows what a block quote is of from a line before it that ends in a colon', () => {
    const hints = quotesIn('- a.txt:\n  > one two three\n- b.txt says:\n  > four five six\n', 'text').map((passage) => passage.hints[0]);
    expect(hints).toEqual([
      { text: '- a.txt:', next: 'end' },
      { text: '- b.txt says:', next: 'end' },
    ]);
  });

  it('has what is quoted twice where it is quoted first, with the document that is named for it', () => {
    const passages = quotesIn('See “the ferry is late again”. And “nobody knows why it is”.\n\n> the ferry is late again\n> — a.txt', 'text');
    expect(passages.map(({ quote, attributed }) => [quote, attributed])).toEqual([
      ['the ferry is late again', 'a.txt'],
      ['nobody knows why it is', null],
    ]);
  });

  it('tells what stands in brackets after a quotation, and what is said before it', () => {
    const [bracket, round, before] = quotesIn('“one two three four” [a (1).pdf], “five six seven eight” (b.md). In c.txt: “nine ten eleven twelve”', 'text');
    expect([bracket?.attributed, round?.attributed, before?.attributed]).toEqual(['a (1).pdf', 'b.md', null]);
    expect(before?.hints.at(-1)).toMatchObject({ text: expect.stringContaining('In c.txt: '), next: 'end' });
  });

  it('takes the strings of a JSON answer as claims, and those under keys that say so as quotes', () => {
    const answer = { name: 'Ada Crane', items: [{ evidence: 'the ferry was late', document: 'log.txt' }], quotes: [{ text: 'it is late again' }], ok: 'yes', n: 3 };
    expect(found(JSON.stringify(answer), 'json').toSorted()).toEqual(['claim: Ada Crane', 'claim: log.txt', 'quote: it is late again', 'quote: the ferry was late']);
    expect(quotesIn(JSON.stringify(answer), 'json').find(({ quote }) => quote === 'the ferry was late')?.attributed).toBe('log.txt');
    expect(found('no JSON: “the ferry is late again”', 'json')).toEqual(['quote: the ferry is late again']);
    expect(found(`${'['.repeat(5000)}"deep down there"${']'.repeat(5000)}`, 'json')).toEqual(['claim: deep down there']);
  });

  it('gives passages that the answer has, few and short, whatever it is', () => {
    const part = fc.constantFrom('"', '“', '”', '«', '»', '‘', '’', '`', '**', '\n', '\n\n', '> ', '```', 'the ferry is late', ' [a.txt]', '— b, line 3', '\\', '…');
    fc.assert(
      fc.property(fc.array(fc.oneof(part, fc.string()), { maxLength: 40 }), (parts) => {
        const answer = parts.join('');
        const passages = quotesIn(answer, 'text');
        expect(passages.length).toBeLessThanOrEqual(MOST_PASSAGES);
        const plain = answer.replace(/[>\s]/g, '');
        for (const { quote } of passages) {
          expect(quote.length).toBeLessThanOrEqual(4_000);
          expect(plain).toContain(quote.replace(/[>\s]/g, ''));
        }
      }),
    );
  });

  it.each(['"', '“', '" a', '“a ', '«a', '> ', '`', '**a', '**', '‘a ', '\n', '```\n', '— ', '[', 'a "b c d e" ', '「'])(
    'comes to an end with megabytes of %j',
    (part) => {
      expect(quotesIn(part.repeat(10e6 / part.length), 'text').length).toBeLessThanOrEqual(MOST_PASSAGES);
    },
    60_000,
  );
});
