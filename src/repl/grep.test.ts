import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { grep } from './grep.ts';
import { testSession } from './testing/test-session.ts';
import type { GrepRequest } from './grep.ts';

const request = (more: Partial<GrepRequest>): GrepRequest => ({
  source: 'a',
  flags: null,
  limit: null,
  around: null,
  document: null,
  ...more,
});

describe('grep on the host', () => {
  it('finds what matchAll finds, with the line of each', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a', 'b', '\n', '😀', '.', ' '), { maxLength: 80 }).map((parts) => parts.join('')),
        fc.constantFrom('a', 'a+', '^b?', '\\n', '(?<=a)b', '.', '$', '[^a]+'),
        fc.constantFrom('', 'g', 'gm', 'imu', 'y', 's'),
        (text, source, flags) => {
          const found = grep([text], ['d'], request({ source, flags, limit: -1 }));
          const expression = new RegExp(source, `${flags.replace(/[gy]/g, '')}g`);
          expect(found.map(({ index, line, text: match }) => [index, line, match])).toEqual(
            [...text.matchAll(expression)].map((match) => [
              match.index,
              text.slice(0, match.index).split('\n').length,
              match[0],
            ]),
          );
        },
      ),
    );
  });

  it('is linear in matches and length', () => {
    const text = 'needle in a line\n'.repeat(300_000);
    const start = performance.now();
    const found = grep([text], ['d'], request({ source: 'needle', limit: -1 }));
    expect(found).toHaveLength(300_000);
    expect(found.at(-1)?.line).toBe(300_000);
    expect(performance.now() - start).toBeLessThan(2000);
  });

  it('takes a string literally, case and all', () => {
    expect(grep(['a.b A.B axb'], ['d'], request({ source: 'a.b', around: 2 }))).toEqual([
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
    expect((await session.run('const m = grep("x"); print(m.length, m[99].before.length, m[99].after.length)')).printed).toBe(
      '100 80 80\n',
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
