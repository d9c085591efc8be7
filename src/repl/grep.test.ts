import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { type GrepRequest, countMatches, grep } from './grep.ts';
import { testSession } from './testing/test-session.ts';
import { stringText } from './texts/string-text.ts';
import { anyFile, fileOf } from './texts/testing/file-of.ts';

const request = (more: Partial<GrepRequest>): GrepRequest => ({
  source: 'a',
  flags: null,
  limit: null,
  around: null,
  document: null,
  count: false,
  ...more,
});

const content = fc
  .array(fc.constantFrom('a', 'b', '\n', '😀', '.', ' ', 'é'), { maxLength: 80 })
  .map((parts) => parts.join(''));

describe('grep on the host', () => {
  it('finds what matchAll finds, with the line of each and what is around, in strings and files', () => {
    fc.assert(
      fc.property(
        anyFile(content),
        fc.constantFrom('a', 'a+', '^b?', '\\n', '(?<=a)b', '.', '$', '[^a]+', 'a[^]*?b'),
        fc.constantFrom('', 'g', 'gm', 'imu', 'y', 's', 'd'),
        ({ text: file, expected: text }, source, flags) => {
          const expression = new RegExp(source, `${flags.replace(/[gy]/g, '')}g`);
          const theirs = [...text.matchAll(expression)].map(({ 0: match, index }) => ({
            document: 0,
            index,
            line: text.slice(0, index).split('\n').length,
            text: match,
            before: text.slice(Math.max(0, index - 3), index),
            after: text.slice(index + match.length, index + match.length + 3),
          }));
          const wanted = request({ source, flags, limit: -1, around: 3 });
          expect(grep([stringText(text)], ['d'], wanted)).toEqual(theirs);
          expect(grep([file], ['d'], wanted)).toEqual(theirs);
          expect(countMatches([file, stringText(text)], ['d', 'e'], wanted)).toBe(2 * theirs.length);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('finds a text as indexOf does, none over another', () => {
    fc.assert(
      fc.property(anyFile(content), fc.constantFrom('a', 'aa', '\n', 'a.', 'é😀', '.'), ({ text: file, expected }, source) => {
        const all = expected.split(source).slice(0, -1);
        let index = -source.length;
        const theirs = all.map((piece) => (index += piece.length + source.length));
        const wanted = request({ source, limit: -1 });
        expect(grep([file], ['d'], wanted).map((match) => match.index)).toEqual(theirs);
        expect(grep([file], ['d'], wanted)).toEqual(grep([stringText(expected)], ['d'], wanted));
        expect(countMatches([file], ['d'], wanted)).toBe(theirs.length);
      }),
      { numRuns: 200 },
    );
  });

  it('counts lines over windows of a file, however far apart the matches are', () => {
    const line = `${'é'.repeat(99)}\n`;
    const { text } = fileOf(`${line.repeat(4000)}needle\n${line.repeat(3000)}a needle`, { every: 65536, chunk: 65536 });
    const found = grep([text], ['d'], request({ source: 'needle' }));
    expect(found.map((match) => [match.index, match.line])).toEqual([
      [400_000, 4001],
      [700_009, 7002],
    ]);
    expect(grep([text], ['d'], request({ source: 'need(le)', flags: '' }))).toEqual(found);
  });

  it('reads no further than the limit asks for', () => {
    let reads = 0;
    const { text } = fileOf('needle '.repeat(300_000), { chunk: 65536, pulse: () => (reads += 1) });
    expect(grep([text], ['d'], request({ source: 'needle', limit: 5 }))).toHaveLength(5);
    const few = reads;
    expect(grep([text], ['d'], request({ source: 'needle', flags: 'i', limit: -1 }))).toHaveLength(300_000);
    expect(reads).toBeGreaterThan(few + 2);
    expect(few).toBeLessThan(3);
  });

  it('counts matches without a limit, unless it is given one', () => {
    const texts = [stringText('a'.repeat(150)), stringText('ba')];
    const names = ['d', 'e'];
    expect(countMatches(texts, names, request({}))).toBe(151);
    expect(countMatches(texts, names, request({ limit: -1, source: 'a|b', flags: '' }))).toBe(152);
    expect(countMatches(texts, names, request({ limit: 120 }))).toBe(120);
    expect(countMatches(texts, names, request({ document: 'e' }))).toBe(1);
    expect(() => countMatches(texts, names, request({ document: 9 }))).toThrow('no document 9');
  });

  it('takes a string literally, case and all', () => {
    expect(grep([stringText('a.b A.B axb')], ['d'], request({ source: 'a.b', around: 2 }))).toEqual([
      { document: 0, index: 0, line: 1, text: 'a.b', before: '', after: ' A' },
    ]);
  });
});

describe('grep in a cell', () => {
  const texts = ['one needle\nand one\nneedle more', 'no such', 'NEEDLE and needle'];

  it('searches every document, up to a limit, with what is around', async () => {
    const session = await testSession(texts);
    const ran = await session.run(
      `const found = grep(/needle/i, { around: 4 });
       print(found.map(m => [m.document, m.index, m.line, m.text, m.before, m.after].join("|")).join("\\n"));
       print(grep("needle", { limit: 2 }).length, grep("needle", { document: 2 }).length, grep("one", { document: "doc-0.txt" }).length)`,
    );
    expect(ran.error).toBeNull();
    expect(ran.printed).toBe(
      '0|4|1|needle|one |\nand\n0|19|3|needle|one\n| mor\n2|0|1|NEEDLE|| and\n2|11|1|needle|and |\n2 1 2\n',
    );
  });

  it('has a limit of 100 and 80 characters unless told', async () => {
    const session = await testSession('x'.repeat(1000));
    expect((await session.run('const m = grep("x"); print(m.length, m[99].before.length, m[99].after.length)')).printed).toEqual(
      expect.stringMatching(/^\[grep stops at 100 matches;.*\]\n100 80 80\n$/),
    );
    expect((await session.run('grep("x", { limit: Infinity }).length')).printed).toBe('1000\n');
  });

  it.each([
    ['grep()', 'regular expression or a text'],
    ['grep("")', 'regular expression or a text'],
    ['grep("a", { document: 7 })', 'there is no document 7'],
    ['grep("a", { document: "x" })', 'there is no document "x"'],
  ])('%s says what is wrong', async (code, message) => {
    expect((await (await testSession(texts)).run(code)).error).toMatchObject({
      name: 'TypeError',
      message: expect.stringContaining(message),
      line: 1,
    });
  });
});
