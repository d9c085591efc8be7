import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { testSession } from './testing/test-session.ts';
import { stringText } from './texts/string-text.ts';
import type { HostText } from './texts/host-text.ts';

/** More than a string needs for the host to search it. */
const UNITS = 33_000;

/** Runs in V8 and in a cell: each line is one value, as text. */
const SHOW = `
  const show = (value) => JSON.stringify(value, (key, inner) =>
    inner === undefined ? '«undefined»' : Object.is(inner, -0) ? '«-0»' : inner);
  const full = (match) => match && [
    Array.from(match), match.index, typeof match.input, match.input?.length,
    match.groups && Object.entries(match.groups), Object.keys(match), Array.isArray(match),
    match.groups && Object.getPrototypeOf(match.groups),
  ];
  const attempt = (call) => { try { return call(); } catch (error) { return error.name; } };
`;

const body = (expression: string) => `${SHOW}
  const re = ${expression};
  const g = new RegExp(re.source, re.flags.includes('g') ? re.flags : re.flags + 'g');
  const out = [];
  out.push(full(text.match(re)), re.lastIndex, text.search(re), re.lastIndex);
  out.push(text.match(g), g.lastIndex);
  g.lastIndex = 5;
  const found = [];
  for (const match of text.matchAll(g)) { found.push(full(match)); if (found.length > 400) break; }
  out.push(found, g.lastIndex);
  g.lastIndex = 0;
  const looped = [];
  let one;
  while ((one = g.exec(text)) !== null && looped.length < 400) {
    looped.push(full(one), g.lastIndex);
    if (one[0] === '') g.lastIndex += 1;
  }
  out.push(looped, g.lastIndex, full(re.exec(text)), re.lastIndex, re.test(text), re.lastIndex);
  g.lastIndex = text.length + 1;
  out.push(g.test(text), g.lastIndex);
  g.lastIndex = 7;
  out.push(g.test(text), g.lastIndex, g.test(text), g.lastIndex);
  out.push(attempt(() => text.split(re)), attempt(() => text.split(g, 3)), attempt(() => text.split(re, 0)));
  return show(out);`;

const needles = (list: readonly string[]) => `${SHOW}
  const out = [];
  for (const needle of ${JSON.stringify(list)}) {
    const at = [];
    for (let i = text.indexOf(needle); i !== -1 && at.length < 300; i = text.indexOf(needle, i + 1)) at.push(i);
    out.push(at, text.lastIndexOf(needle), text.lastIndexOf(needle, 50), text.includes(needle));
    for (const from of [0, 3, 40, -4, 1e9, NaN, Infinity, -Infinity, 2.9, undefined, text.length]) {
      out.push(text.indexOf(needle, from), text.lastIndexOf(needle, from), text.includes(needle, from));
    }
    out.push(text.indexOf(needle, 900), text.indexOf(needle, 20), text.indexOf(needle, 901));
  }
  out.push(text.indexOf(), text.indexOf(null), text.split(null).length, text.match()?.index, text.search());
  return show(out);`;

const cases = `${SHOW}
  const upper = text.toUpperCase();
  const lower = text.toLowerCase();
  return show([upper, lower, upper.indexOf('É'), lower.match(/[a-é]+/g), lower.search(/\\w/)]);`;

/** What V8 makes of the same code. */
const native = (code: string, text: string): string => {
  // eslint-disable-next-line no-new-func, typescript/no-implied-eval
  const run = new Function('text', code) as (text: string) => string;
  return run(text);
};

async function guest(code: string, text: HostText, lazy: boolean): Promise<string> {
  const session = await testSession({ single: true, texts: [{ text, lazy }] });
  const ran = await session.run(`const run = function (text) {${code}};\nFINAL(run(context))`, { cpuMs: 60_000 });
  expect(ran.error).toBeNull();
  return ran.final?.text ?? '';
}

const EXPRESSIONS = [
  '/needle/',
  '/needle/i',
  '/\\d+/',
  '/(\\d)(x)?/',
  '/needle|é|\\n/',
  '/(?<word>[a-z]+)=(?<value>\\d+)?/',
  '/(?<=n)e|e(?!e)/',
  '/^.*e$/m',
  '/$/',
  '/(?:)/',
  '/(?:)/u',
  '/x*/',
  '/\\b/',
  '/./su',
  '/[^a]/y',
  '/[\\s\\S]/gy',
  '/\\ud800/',
  '/\\u{1f600}|\\0/u',
  '/nowhere to be found/',
  '/(a)|(b)|(c)|(d)/',
] as const;

const PIECES = ['needle', 'NEEDLE', 'ab=12 ', 'x', ' ', '\n', '7', 'é', '\u0080\u0099', 'ÿ', '\0', 'e', 'word= '];
const WIDE = ['\u4e00', '\ud800', '\udc00x', '\u{1f600}', '\ufeff', '\u0001\u0002\u001f\u007f\ue000\uffff'];

/** A text of more than `UNITS` units, in which every piece is somewhere. */
const texts = fc
  .tuple(
    fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 60 }),
    fc.array(fc.constantFrom(...WIDE), { maxLength: 6 }),
    fc.constantFrom('a', 'needle ', 'ab=1\n', 'é'),
  )
  .map(([pieces, wide, filler]) => {
    const start = [...pieces, ...wide, ...pieces].join('');
    return start + filler.repeat(Math.ceil(UNITS / filler.length)) + start;
  });

describe.each([
  ['a string of the guest', false],
  ['a text of the host', true],
])('searches of %s', (_name, lazy) => {
  it.each(EXPRESSIONS)('for %s find what V8 finds', { timeout: 120_000 }, async (expression) => {
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        const code = body(expression);
        expect(await guest(code, stringText(text), lazy)).toBe(native(code, text));
      }),
      { numRuns: 3 },
    );
  });

  it('for texts find what V8 finds', { timeout: 120_000 }, async () => {
    const needle = fc.oneof(fc.constantFrom(...PIECES, ...WIDE, '', 'xy', '7é', 'no such'), fc.string());
    await fc.assert(
      fc.asyncProperty(texts, fc.array(needle, { maxLength: 5 }), async (text, list) => {
        const code = needles(list);
        expect(await guest(code, stringText(text), lazy)).toBe(native(code, text));
      }),
      { numRuns: 5 },
    );
  });
});

describe('a large string of the guest', () => {
  it('changes its case as V8 does', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        expect(await guest(cases, stringText(text), false)).toBe(native(cases, text));
      }),
      { numRuns: 5 },
    );
  });

  it('may be made in the cell, put together and cut', { timeout: 120_000 }, async () => {
    const code = `${SHOW}
      let rope = '';
      for (let i = 0; i < 20000; i++) rope += i + ',';
      const cut = text.slice(7);
      const out = [rope.match(/99\\d/g), rope.indexOf('15000,'), rope.search(/8{3},/)];
      rope += 'end é\\ud800';
      out.push(rope.indexOf('end'), rope.match(/e(n)d/).index, cut.indexOf('needle'), cut.match(/\\d/g));
      const re = /(\\d)9,/g;
      let one;
      while ((one = re.exec(rope)) !== null) out.push(one[1]);
      return show(out);`;
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        expect(await guest(code, stringText(text), false)).toBe(native(code, text));
      }),
      { numRuns: 3 },
    );
  });

  it.each([
    ['a subclass', 'class R extends RegExp { exec() { return null } }; text.match(new R("a"))'],
    ['an own exec', 'const r = /a/; r.exec = () => null; [r.test(text), text.search(r)]'],
    ['an own flag', 'const r = /a/g; Object.defineProperty(r, "global", { value: false }); text.match(r).length'],
    ['a frozen one', 'Object.freeze(/a/g).exec(text)'],
    ['one without g', 'text.matchAll(/a/)'],
    ['an odd lastIndex', 'const r = /a/g; r.lastIndex = { valueOf: () => 33000 }; [r.exec(text)?.index, r.lastIndex]'],
    ['a broken one', 'text.match("(")'],
    ['a matcher', 'text.match({ [Symbol.match]: (s) => s.length })'],
    ['indices', 'text.match(/a(b)?/d).indices[0]'],
    ['another search', 'String.prototype.indexOf = () => 77; text.indexOf("a")'],
    ['another match', 'RegExp.prototype[Symbol.match] = () => "mine"; text.match(/a/)'],
    ['another exec', 'RegExp.prototype.exec = () => null; [/a/.test(text), text.match(/a/), text.search(/a/)]'],
    ['includes of an expression', 'text.includes(/a/)'],
    ['a symbol', 'text.indexOf(Symbol())'],
    ['what is left of a loop', 'const it = text.matchAll(/a/g); for (const m of it) break; [it.next().value.index, it.next().done, typeof it.return, String(it)]'],
    ['too long a count', 'text.split(/a/, -1).length'],
  ])('treats %s as the engine does', async (_name, code) => {
    const whole = `${SHOW}
      const run = () => { ${code.replace(/([^;]*)$/, ' return $1')} };
      try { return show(run()) } catch (error) { return error.name }`;
    const text = 'a'.repeat(UNITS);
    expect(await guest(whole, stringText(text), false)).toBe(elsewhere(whole, text));
  });
});

describe('rewritten calls', () => {
  /** What is evaluated as text is not rewritten. */
  it.each([
    'const o = { match(...a) { return [this === o, a] } }; o.match(1, ...[2, 3])',
    'let n = 0; const o = { get text() { n += 1; return "abc" } }; [(() => o.text.match(/b/).index)(), n]',
    'let n = 0; const o = { get text() { n += 1; return "abc" } }; [o.text.match(/b/).index, n]',
    'const log = []; const f = (x) => (log.push(x), "abc"); f("recv").indexOf((log.push("arg"), "c")); log',
    'const log = []; const r = { exec(x) { log.push(x); return log } }; r.exec((log.push("arg"), "s"))',
    'undefined.match(/a/)',
    'const o = {}; o.text.match(/a/)',
    'const o = {}; (() => o.text.match(/a/))()',
    'const o = { text: 5 }; o.text.match(/a/)',
    'nowhere.match(/a/)',
    'const o = null; [o?.match(/a/), o?.text.match(/a/), o?.text?.indexOf("a").b.c]',
    'const o = { text: null }; o?.text?.match(/a/) ?? "none"',
    'let r; r.exec("a")',
    'const r = {}; r.test("a")',
    'const r = { test: (x) => x + 1 }; const s = "a"; [r.test(s), r.test(s.b ?? 2)]',
    'class A { #match(x) { return x } go() { return this.#match(1) } match() { return 2 } }; class B extends A { match() { return super.match() + this.go() } }; new B().match()',
    'const f = ({ a }) => a.b.indexOf("c"); [f.length, f({ a: { b: "abc" } })]',
    'const f = a => a.b.indexOf("c"); const g = () => this?.a?.b.indexOf("c"); [f.length, f({ a: { b: "abc" } }), g.length]',
    'function* g(a) { yield a.b.indexOf("c") } [...g({ b: "abc" })]',
    'const f = (a, b = a.t.indexOf("c")) => b; f({ t: "abc" })',
    'class A { x = "abc".concat("d").indexOf("d"); static y = String(7).indexOf("7") }; [new A().x, A.y]',
    'function f() { "use strict"; return [this, "a".concat("b").indexOf("b")] }; f()',
    'const out = []\nconst f = (x) => out\nlet text = "abc"\ntext.match(/b/).index\n;[text.indexOf("c")].length',
    '[typeof nowhere, typeof "a", typeof null, typeof (() => 1), typeof Symbol().description]',
    'const a = Array.from({ length: 40000 }, (_, i) => i); [a.includes(39999), a.indexOf(39999), a.lastIndexOf(-1)]',
    'const big = "ab".repeat(40000); const o = { big }; [o.big.indexOf("ba", 7), (() => /b/.exec(o.big).index)(), big.concat("c").search(/c/)]',
  ])('%s', async (code) => {
    const session = await testSession('a text');
    const show = (run: string) =>
      `(() => { try { return JSON.stringify([${run}]) } catch (e) { return e.name + ': ' + e.message } })()`;
    const parts = /^([^]*?[;}\n]\s*)?([^;\n]+)$/.exec(code);
    const inside = `(() => { ${code.slice(0, -(parts?.[2]?.length ?? 0))} return ${parts?.[2] ?? ''} })()`;
    const rewritten = await session.run(`FINAL(${show(inside)})`);
    const plain = await session.run(`FINAL((0, eval)(${JSON.stringify(show(inside))}))`);
    expect(rewritten.error).toBeNull();
    expect(rewritten.final?.text).toBe(plain.final?.text);
  });
});

/** V8 in a realm of its own, where prototypes may be changed. */
function elsewhere(code: string, text: string): string {
  return String(runInNewContext(`(function () {${code}})()`, { text }));
}
