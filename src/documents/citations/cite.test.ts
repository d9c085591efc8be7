import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AnswerFormat } from '../../trajectory/events.ts';
import { decodeText } from '../decode.ts';
import type { DocumentPart, SourceDocument } from '../document.ts';
import { encodedDocument } from '../testing/encoded-document.ts';
import { lazyFile } from '../testing/lazy-file.ts';
import { type CiteOptions, citeAnswer } from './cite.ts';

const document = (id: string, name: string, text: string, parts?: readonly DocumentPart[]): SourceDocument => {
  const made = encodedDocument(text, 'utf-8', 64);
  return { ...made, info: { ...made.info, id, name }, ...(parts && { parts }) };
};
const cite = (answer: string, documents: readonly SourceDocument[], format: AnswerFormat = 'text', options?: CiteOptions) =>
  citeAnswer(answer, format, documents, new AbortController().signal, options);

const LOG = 'Monday.\nThe ferry is late again, says the keeper.\nNobody knows why the ferry is late.\n';
const BOOK = '=== page 1 ===\nThe keeper has of-\nfered 1.5 million crowns for the ﬁnal re-\n=== page 2 ===\nport on the light.\nThe ferry is late again, says the keeper.\n';
const log = document('l', 'logs/ferry.log', LOG);
const book = document('b', 'book.pdf', BOOK, [
  { kind: 'page', number: 1, from: 0 },
  { kind: 'page', number: 2, from: BOOK.indexOf('=== page 2') },
]);
const documents = [log, book];

describe('citeAnswer', () => {
  it('finds a quote word for word, in the document that the answer names, else in the first', async () => {
    const [named, first] = await cite('“The ferry is late again” [book.pdf]. Also «The ferry is late again, says»', documents);
    const at = BOOK.indexOf('The ferry');
    expect(named).toEqual({ quote: 'The ferry is late again', document: 'b', from: at, to: at + 23, match: 'exact', place: { line: 6, part: { kind: 'page', number: 2 } } });
    expect(first).toMatchObject({ document: 'l', from: 8, match: 'exact', place: { line: 2 } });
    expect(await cite('In ferry.log: “The ferry is late again”; book.pdf has “again, says the keeper” too', [book, log])).toMatchObject([{ document: 'l' }, { document: 'b' }]);
  });

  it('finds one that hyphens, ligatures, a page break and case set apart', async () => {
    const quote = 'the keeper has offered 1.5 million crowns for the final report on the light';
    const [found] = await cite(`He says “${quote}”.`, documents);
    expect(found).toEqual({ quote, document: 'b', from: BOOK.indexOf('The'), to: BOOK.indexOf('.\nThe ferry'), match: 'folded', place: { line: 2, part: { kind: 'page', number: 1 } } });
  });

  it('finds the pieces of a quote in which something is left out, one after another', async () => {
    const [found] = await cite('“The ferry … says the keeper. […] why the ferry”', [log]);
    expect(found).toMatchObject({ document: 'l', match: 'exact', from: 8, to: LOG.lastIndexOf(' is late') });
    expect(await cite('“says the keeper … Monday. The ferry”', [log])).toMatchObject([{ document: null }]);
    const far = document('f', 'far.txt', `one two three${' and so on'.repeat(300)} four five six`);
    expect(await cite('“one two three … four five six”', [far])).toMatchObject([{ document: null }]);
  });

  it.each([
    ['“offered 15 million crowns for the final”'],
    ['“5 million crowns for the final report”'],
    ['“erry is late again, says the keeper”'],
    ['“The ferry is never late again, says”'],
    ['“The ferries are late again”'],
  ])('says of %s that it is nowhere', async (answer) => {
    expect(await cite(answer, documents)).toEqual([{ quote: answer.slice(1, -1), document: null, from: null, to: null }]);
  });

  it('finds word for word what the answer alone breaks into lines', async () => {
    expect(await cite('> The ferry is late\n> again, says  \n> the keeper.', [log])).toMatchObject([{ match: 'exact', from: 8 }]);
  });

  it('takes Markdown, escapes and the brackets of quotes off', async () => {
    expect(await cite('“[T]he **ferry** is \\[late\\] again [sic]”', [document('d', 'd.txt', 'Oh, the ferry is [late] again.')])).toMatchObject([{ from: 4, match: 'folded' }]);
  });

  it('cites claims only where they stand alone, or beside a quotation', async () => {
    const claims = async (answer: string) => (await cite(answer, documents)).filter(({ role }) => role === 'claim').map(({ quote, document: id, from }) => [quote, id, from]);
    expect(await claims('It was **Monday**, with the **ferry** and the **mon**.')).toEqual([['Monday', 'l', 0]]);
    expect(await claims('“Nobody knows why the ferry” says **keeper** and **KEEPER**')).toEqual([['keeper', 'l', 41], ['KEEPER', 'l', 41]].map(([quote, id]) => [quote, id, LOG.indexOf('keeper')]));
    expect(await claims('It is **nowhere at all**.')).toEqual([]);
  });

  it('asks of a word that the answer gives a document for that it is there', async () => {
    expect(await cite('“Tuesday” [ferry.log] and “Tuesday” as such', documents)).toEqual([{ quote: 'Tuesday', document: null, from: null, to: null }]);
  });

  it('leaves out what it could not look for everywhere: nobody knows', async () => {
    const gone = { ...log, text: { ...log.text, blob: lazyFile('gone', 90, () => Promise.reject(new DOMException('gone', 'NotFoundError'))) } };
    expect(await cite('“not a word of this stands there”', [gone, book])).toEqual([]);
    expect(await cite('“The ferry is late again”', [gone, book])).toMatchObject([{ document: 'b' }]);
    expect(await cite('“not a word of this stands there” and “THE FERRY is late again”', documents, 'text', { mostFolded: 10 })).toEqual([]);
    expect(await cite('“not a word of this stands there”', [])).toEqual([]);
    expect(await citeAnswer('“not a word of this stands there”', 'text', documents, AbortSignal.abort())).toEqual([]);
  });

  it('reads a few small documents at once, and none any more when all is found', async () => {
    let [now, most, reads] = [0, 0, 0];
    const texts = Array.from({ length: 40 }, (_, n) => `Note ${n}: the ferry number ${n} was late.\n`);
    const many = texts.map((text, n) => {
      const made = document(`${n}`, `${n}.txt`, text);
      const blob = lazyFile(`${n}.txt`, made.text.blob.size, async (from, to) => {
        reads += 1;
        most = Math.max(most, ++now);
        await new Promise((resolve) => setTimeout(resolve, 0));
        now -= 1;
        return new TextEncoder().encode(`\ufeff${text}`).slice(from, to);
      });
      return { ...made, text: { ...made.text, blob } };
    });
    expect(await cite('“the ferry number 39 was late”', many)).toMatchObject([{ document: '39', from: 9 }]);
    expect(most).toBeGreaterThan(4);
    expect(most).toBeLessThan(12);
    reads = 0;
    expect(await cite('“the ferry number 0 was late”', many)).toMatchObject([{ document: '0' }]);
    expect(reads).toBeLessThan(15);
  });

  it('takes a quote of the question for none of a document', async () => {
    const question = 'Who sank the “Alma” in the winter of 1850?';
    expect(await cite('Nothing says “who sank the Alma in the winter” but “why it sank at all”', documents, 'text', { question: question.replaceAll(/[“”]/g, '') })).toMatchObject([{ quote: 'why it sank at all' }]);
  });

  it('reads JSON answers', async () => {
    const answer = { who: 'Monday', evidence: [{ quote: 'the ferry is late', source: 'ferry.log' }, { quote: 'it sank with all hands' }] };
    expect(await cite(JSON.stringify(answer), documents, 'json')).toMatchObject([
      { role: 'claim', document: 'l' },
      { quote: 'the ferry is late', document: 'l', match: 'exact' },
      { quote: 'it sank with all hands', document: null },
    ]);
  });
});

const word = fc.stringMatching(/^[a-z]{2,9}$/);
const number = fc.integer({ min: 10, max: 99_999 }).map(String);
const words = fc.array(fc.oneof({ weight: 5, arbitrary: word }, fc.constantFrom('final', 'office', 'café', 'Ärger', 'well-known', '漢字', 'flow'), number), { minLength: 30, maxLength: 120 });

/** Ways in which the text of a file differs from what one reads in it. */
const DISTURB: readonly ((text: string) => string)[] = [
  (text) => text.replaceAll(' ', ' \r\n\t'),
  (text) => text.replaceAll(' ', '\u00a0'),
  (text) => text.replace(/([a-z]{2})([a-z]{2})/g, '$1-\n$2'),
  (text) => text.replace(/([a-z]{2})([a-z]{2})/g, '$1\u00ad$2'),
  (text) => text.replaceAll('ffi', 'ﬃ').replaceAll('fi', 'ﬁ').replaceAll('fl', 'ﬂ'),
  (text) => text.toUpperCase(),
  (text) => text.normalize('NFD'),
  (text) => text.replaceAll('-', '‑'),
  (text) => text.replace(/[a-z]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0)),
  (text) => text.replace(/ (?=[^ ]* [^ ]*$)/, '\n=== page 7 (iv) ===\n'),
];

describe('a passage of a document', () => {
  it('is found at its place, whatever sets it apart, and is not where it is missing', async () => {
    await fc.assert(
      fc.asyncProperty(words, fc.nat(10), fc.nat(), fc.integer({ min: 6, max: 20 }), fc.constantFrom(...DISTURB), fc.constantFrom('utf-8' as const, 'utf-16le' as const), async (all, seed, start, count, disturb, encoding) => {
        const from = start % (all.length - count);
        // A word of its own, so that the passage is at one place.
        const passage = [...all.slice(from, from + count), `zq${seed}qz`].join(' ');
        const before = `${all.slice(0, from).join(' ')} `;
        const there = disturb(passage);
        const source = encodedDocument(`${before}${there} ${all.slice(from + count).join('\n')}`, encoding, 50);
        const [found] = await cite(`He says “${passage}”.`, [log, source]);
        expect(found).toMatchObject({ document: 'd', from: before.length, to: before.length + there.length });
        const without = encodedDocument(all.join(' '), encoding, 50);
        expect(await cite(`He says “${passage}”.`, [log, without])).toMatchObject([{ document: null }]);
      }),
      { numRuns: 300 },
    );
  });

  it('that is cited lies in its document, and is the quote where it is exact', async () => {
    const part = fc.constantFrom('“', '”', '"', '> ', '\n', '**', '`', ' [book.pdf]', '…', 'The ferry is late again', ', says the keeper.', 'OFFERED 1.5 million', 'final report', 'Monday', ' ');
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(part, fc.string({ maxLength: 6 })), { maxLength: 20 }), async (parts) => {
        for (const { quote, document: id, from, to, match } of await cite(parts.join(''), documents)) {
          const source = documents.find(({ info }) => info.id === id);
          if (!source || from === null || to === null) {
            expect([id, from, to, match]).toEqual([null, null, null, undefined]);
            continue;
          }
          const text = await decodeText(source.text);
          expect(from).toBeLessThan(to);
          expect(to).toBeLessThanOrEqual(text.length);
          const isPlain = !/[*`\\[_…]|\.{3}/.test(quote);
          if (match === 'exact' && isPlain) expect(text.slice(from, to)).toBe(quote);
        }
      }),
      { numRuns: 500 },
    );
  });
});
