import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { testSession } from './testing/test-session.ts';

const SHOW = `
  const show = (value) => JSON.stringify(value, (key, inner) => inner === undefined ? '«undefined»' : inner);
  const full = (match) => match && [Array.from(match), match.index, match.input.length, match.groups && Object.entries(match.groups)];`;

/** The same code in a cell and in V8, as functions of one large text; both give text. */
async function bothWays(text: string, code: string): Promise<{ ours: string; theirs: string }> {
  const body = `${SHOW}\n${code}`;
  const session = await testSession(text);
  const ran = await session.run(`const run = function (text) {${body}\n};\nFINAL(run(context))`, {
    cpuMs: 60_000,
  });
  expect(ran.error).toBeNull();
  const theirs = String(runInNewContext(`(function () {${body}\n})()`, { text }));
  return { ours: ran.final?.text ?? '', theirs };
}

const LINE = 'at=12 [needle] id=7 é 😀\n';
const TEXT = LINE.repeat(3000) + 'x'.repeat(5000) + LINE.repeat(10);

/** One step of a loop that does what it likes. */
const step = fc.record({
  expression: fc.nat({ max: 6 }),
  other: fc.boolean(),
  test: fc.boolean(),
  times: fc.integer({ min: 1, max: 40 }),
  lastIndex: fc.option(fc.oneof(fc.nat({ max: 400 }), fc.integer({ min: -3, max: 85_000 }), fc.constant(2.5)), {
    freq: 2,
  }),
  /** Added to `lastIndex` after each match. */
  skip: fc.constantFrom(0, 0, 0, 1, 3),
});

const seek = fc.record({
  other: fc.boolean(),
  needle: fc.constantFrom('\n', 'needle', 'id=', 'no such', '', 'e', '😀', 'x'),
  times: fc.integer({ min: 1, max: 60 }),
  from: fc.option(fc.oneof(fc.nat({ max: 400 }), fc.integer({ min: -3, max: 85_000 }), fc.constantFrom(2.5, NaN)), {
    freq: 2,
  }),
  step: fc.constantFrom(1, 1, 1, 0, 2, 0.5, 200),
});

describe('loops over a large string', { timeout: 120_000 }, () => {
  it('of exec and test go where V8 goes, whatever is done in between', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
        const { ours, theirs } = await bothWays(
          TEXT,
          `const expressions = [/id=(\\d)/g, /needle/g, /x*/g, /(?:)/gu, /[^]$/gu, /(?<=a)t=(?<n>\\d+)/g, /t=/y];
          const second = text.slice(11) + 'id=9 needle';
          const out = [];
          for (const { expression, other, test, times, lastIndex, skip } of ${JSON.stringify(steps)}) {
            const re = expressions[expression];
            const subject = other ? second : text;
            if (lastIndex !== null) re.lastIndex = lastIndex;
            for (let i = 0; i < times; i++) {
              out.push(test ? re.test(subject) : full(re.exec(subject)), re.lastIndex);
              if (skip > 0) re.lastIndex += skip;
            }
          }
          return show(out);`,
        );
        expect(ours).toBe(theirs);
      }),
      { numRuns: 25 },
    );
  });

  it('of indexOf go where V8 goes, whatever is done in between', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(seek, { minLength: 1, maxLength: 25 }), async (seeks) => {
        const { ours, theirs } = await bothWays(
          TEXT,
          `const out = [];
          const second = 'id=\\n' + text;
          let at = 0;
          for (const { other, needle, times, from, step } of ${JSON.stringify(seeks)}) {
            if (from !== null) at = from;
            for (let i = 0; i < times; i++) {
              const subject = other ? second : text;
              const found = subject.indexOf(needle, at);
              out.push(found);
              at = found === -1 ? 0 : found + step;
            }
          }
          return show(out);`,
        );
        expect(ours).toBe(theirs);
      }),
      { numRuns: 25 },
    );
  });

  it.each([
    ['all of many matches', 'const re = /(\\w)=(\\d+)/g; let n = 0, m; while ((m = re.exec(big)) !== null) n += m.index % 7 + m[2].length; return show([n, re.lastIndex])'],
    ['all of many tests', 'const re = /=/g; let n = 0; while (re.test(big)) n += re.lastIndex % 7; return show([n, re.lastIndex])'],
    ['all of many matches by matchAll', 'let n = 0; for (const m of big.matchAll(/(\\w)=(\\d+)/g)) n += m.index % 7 + m[2].length; return show(n)'],
    ['all of many places', 'let n = 0, at = -1; while ((at = big.indexOf("=", at + 1)) !== -1) n += at % 7; return show(n)'],
    ['a text that is put together', 'let rope = ""; for (let i = 0; i < 9000; i++) rope += text.slice(i, i + 9); const re = /e\\w/g; let n = 0, m, at = -1; while ((m = re.exec(rope))) n += m.index; while ((at = rope.indexOf("e", at + 1)) !== -1) n += at; return show([n, re.test(rope)])'],
    ['an expression used for another text inside', 'const re = /id=/g; const out = []; while (re.test(text) && out.length < 50) { const at = re.lastIndex; re.lastIndex = 0; out.push(at, re.test(text + "!"), re.lastIndex); re.lastIndex = at; } return show(out)'],
    ['an expression that becomes another', 'const re = /id=/g; const out = []; for (let i = 0; i < 40; i++) { if (i === 20) { re.compile("needle", "g"); } out.push(full(re.exec(text)), re.lastIndex); } return show(out)'],
    ['an expression that becomes another at its very place', 'const re = /needle/g; re.exec(text); re.exec(text); const at = re.lastIndex; re.compile("id=", "g"); re.lastIndex = at; return show([full(re.exec(text)), re.test(text), re.lastIndex])'],
    ['a lastIndex that is no number', 'const re = /id=/g; const out = []; for (let i = 0; i < 40; i++) { if (i === 20) re.lastIndex = "700"; if (i === 30) re.lastIndex = { valueOf() { out.push("asked"); return 90 } }; out.push(re.exec(text).index, re.lastIndex); } return show(out)'],
    ['an exec of its own from some time on', 'const re = /id=/g; const out = []; for (let i = 0; i < 40; i++) { if (i === 20) re.exec = () => null; out.push(re.test(text), re.lastIndex); } return show(out)'],
    ['an expression that is frozen in between', 'const re = /id=/g; const out = []; for (let i = 0; i < 40; i++) { if (i === 20) Object.freeze(re); try { out.push(re.test(text)); } catch (error) { out.push(error.name, re.lastIndex); } } return show(out)'],
    ['another indexOf from some time on', 'const was = String.prototype.indexOf; const out = []; let at = 0; for (let i = 0; i < 40; i++) { if (i === 20) String.prototype.indexOf = () => 5; at = text.indexOf("id=", at + 1); out.push(at); } String.prototype.indexOf = was; return show(out)'],
    ['a position that is no number', 'const out = []; let at = 0; for (let i = 0; i < 40; i++) { const from = i % 3 ? at + 1 : { valueOf() { out.push("asked"); return at + 1 } }; at = text.indexOf("id=", from); out.push(at); } return show(out)'],
    ['empty matches, first stepped over and then not', 'const re = /x*/g; const out = []; for (let i = 0; i < 300; i++) { out.push(full(re.exec(text)), re.lastIndex); if (i < 200) re.lastIndex += 1; } for (let i = 0; i < 300; i++) { out.push(re.test(text), re.lastIndex); if (i < 200) re.lastIndex += 1; } return show(out)'],
    ['one needle in two texts by turns', 'const other = "some more" + text; const out = []; let at = 0; for (let i = 0; i < 400; i++) { out.push(at = (i > 100 && i % 2 ? other : text).indexOf("id=", at + 1)); } return show(out)'],
    ['long matches', 'const out = []; const re = /(id)[^]{400}/g; let m; while ((m = re.exec(text)) && out.length < 300) out.push(m.index, m[1], m[0].length, re.lastIndex); for (const m of text.matchAll(/x+|id[^]{400}/g)) out.push(m.index); return show(out)'],
    ['far looks around', 'const out = []; const re = /id(?=[^]*xxx)/g; let m; while ((m = re.exec(text)) && out.length < 60) out.push(m.index, re.lastIndex); return show(out)'],
    ['letters that only newer engines know', 'const more = text + "a\\u{10d4a}\\u{10d70}b \\u{1c89}c"; const out = []; for (const m of more.matchAll(/\\p{L}+/gu)) if (m.index >= text.length) out.push(full(m)); const re = /\\p{L}+/gu; re.lastIndex = text.length; let m; while ((m = re.exec(more))) out.push(full(m)); return show(out)'],
    ['a missing text, and lists', 'const list = Array.from({ length: 40000 }, (_, n) => n); let none; try { none.indexOf("a", 1) } catch (error) { return show([error.name, list.indexOf(3, 2), list.indexOf(3, 4), list.indexOf(39999, -1)]) }'],
    ['arguments in parentheses', 'return show([text.indexOf(("id="), (7)), text.indexOf("id=", /* why */ 7), text.indexOf("id=", 7,)])'],
  ])('%s', async (_name, code) => {
    const { ours, theirs } = await bothWays(TEXT, `const big = text.repeat(25);\n${code}`);
    expect(ours).toBe(theirs);
  });
});
