import { describe, expect, it } from 'vitest';
import { transformCell } from './transform.ts';

const code = (source: string) => transformCell(source).code;

describe('transformCell', () => {
  it.each([
    ['const a = 1;', 'var a = 1;'],
    ['let x;', 'var x = undefined;'],
    ['let x, y = 2;', 'var x = undefined, y = 2;'],
    ['const {a, ...rest} = f();', 'var {a, ...rest} = f();'],
    ['const\n  a = 1;', 'var\n  a = 1;'],
    ['class P { #x = 1 }', 'var P = class P { #x = 1 };'],
    ['for (let i = 0; i < 3; i++) { const y = i }', 'for (let i = 0; i < 3; i++) { const y = i }'],
    ['function f() { const a = 1; return a }', 'function f() { const a = 1; return a }'],
    ['`const x = 1`', '`const x = 1`'],
    ['export const a = 1', 'var a = 1'],
    ['export default 5', '5'],
    ['export { a };', ''],
    ["import { llm_query } from 'rlm';", ';'],
    ['main();\n1', '__repl.float(main());\n1'],
    ['return 5', 'throw __repl.returned(( 5))'],
    ['if (x) return;\n1', 'if (x) throw __repl.returned();\n1'],
  ])('%s', (source, expected) => {
    expect(code(source)).toBe(expected);
  });

  it('keeps every line where it was', () => {
    const source = 'import {\n  a,\n} from "b";\nconst\n\n x = 1;\nclass A {\n}\nreturn {\n  x }';
    expect(code(source).split('\n')).toHaveLength(source.split('\n').length);
  });

  it.each([
    ['1 + 1', true],
    ['await f()', true],
    ['x = 5', false],
    ['i++', false],
    ['const a = 1', false],
    ['if (a) 5', false],
  ])('%s is echoed: %s', (source, echoes) => {
    expect(transformCell(source).echoes).toBe(echoes);
  });

  it('leaves a return in a nested function alone', () => {
    const source = 'if (a) { list.map(() => { return 1 }); class B { m() { return 2 } } }';
    expect(code(source)).toBe(source);
  });

  it.each([
    ['xs.forEach(x => { await f(x) })', 'async'],
    ['const x: string = "a"', 'TypeScript'],
    ['1 +', null],
  ])('leaves %s unchanged, for the engine to complain', (source, hint) => {
    const script = transformCell(source);
    expect(script.code).toBe(source);
    expect(script.hint).toEqual(hint && expect.stringContaining(hint));
  });
});

const on = (text: string) => `(${text}?.length >= 32768 ? __repl.on(${text}) : ${text})`;

describe('calls that search a text', () => {
  it.each([
    ['x = a.match(/b/)', `x = ${on('a')}.match(/b/)`],
    ['x = a?.match(/b/)', `x = ${on('a')}?.match(/b/)`],
    ['x = a.match?.(/b/)', `x = ${on('a')}.match?.(/b/)`],
    ['x = a.indexOf(...b, c)', `x = ${on('a')}.indexOf(...b, c)`],
    ['x = a[0].includes(b)', `x = ${on('a[0]')}.includes(b)`],
    ['x = a.b.includes(c)', 'x = __repl.on((a.b)).includes(c)'],
    ['x = f().includes(c)', 'x = __repl.on((f())).includes(c)'],
    ['x = (a, b).includes(c)', 'x = (__repl.on((a, b))).includes(c)'],
    ['x = a.split(/b/)', `x = ${on('a')}.split(/b/)`],
    ['x = r.test(a)', 'x = (a?.length >= 32768 ? __repl.test(r, a) : r.test(a))'],
    ['x = /b/.exec(a)', 'x = (a?.length >= 32768 ? __repl.exec(/b/, a) : /b/.exec(a))'],
    ['x = r.test(a.b)', 'x = __repl.test(r, (a.b))'],
    ['x = f(r).test(a[1])', 'x = __repl.test(f(r), (a[1]))'],
    ['x = (r || s).test(a[1])', 'x = __repl.test((r || s), (a[1]))'],
    [
      'function f(a) { return a.b.match(c) }',
      'function f(a) {var __s; return ((__s = (a.b))?.length >= 32768 ? __repl.on(__s) : __s).match(c) }',
    ],
    [
      'x = (a) => a.b.match(c)',
      'x = (a, __s = 0) => ((__s = (a.b))?.length >= 32768 ? __repl.on(__s) : __s).match(c)',
    ],
    [
      'x = async a => r.test(a.b)',
      'x = async (a, __s = 0) => ((__s = (a.b))?.length >= 32768 ? __repl.test(r, __s) : r.test(__s))',
    ],
    ['x = typeof a', "x = (typeof a === 'object' && __repl.isText(a) ? 'string' : typeof a)"],
    ['x = typeof a.b === "string"', 'x = __repl.typeOf( a.b) === "string"'],
  ])('%s', (source, expected) => {
    expect(code(source)).toBe(expected);
  });

  it.each([
    'x = "a".match(b)',
    'x = [1, 2].includes(b)',
    'x = a["match"](b)',
    'x = a.split("b")',
    'x = a.b?.c.match(d)',
    'x = a.replace(b, c)',
    'x = a.match`b`',
    'x = new a.match(b)',
    'x = a.match',
    'x = r.exec()',
    'x = r.exec(a, b)',
    'x = r.exec(...a)',
    'x = r?.exec(a)',
    'x = typeof a === "number"',
    'for (const a of b.split(c.d)) x = a.match(e)',
    'x = lines.filter((line) => line.includes(b) && /c/.test(line.trim()))',
    'x = a.split("b").map(function (c) { return c.indexOf(d) })',
    'for (const [i, line] of lines.entries()) x = line.match(b)',
    'class A { match() { return super.match(b) + this.#match(c) } #match() {} }; 1',
  ])('leaves %s alone', (source) => {
    const script = code(source).replace(/^var A = (.*\});/, '$1');
    expect(script.replace(on('b'), 'b')).toBe(source);
  });

  it('never joins a line to the one above, and keeps every line where it was', () => {
    const source = [
      'const a = f',
      'text.match(b).length',
      'text.match(b)',
      'function g() {',
      '  "use strict"',
      '  const c = a',
      '  typeof c',
      '  if (c) r.exec(c)',
      '  r.exec(',
      '    c.d,',
      '  )',
      '  switch (c) { case 1: c.indexOf(d) }',
      '}',
      'const h = f',
      'text.match(b) || 1',
    ].join('\n');
    const lines = code(source).split('\n');
    expect(lines).toHaveLength(source.split('\n').length);
    expect(lines[1]).toBe(`;${on('text')}.match(b).length`);
    expect(lines[2]).toBe(`__repl.float(${on('text')}.match(b))`);
    expect(lines[6]).toMatch(/^ {2};\(typeof c/);
    expect(lines[7]).toMatch(/^ {2}if \(c\) \(c\?/);
    expect(lines[11]).toMatch(/case 1: ;\(c\?/);
    expect(lines[14]).toBe(`;${on('text')}.match(b) || 1`);
    // eslint-disable-next-line no-new-func, typescript/no-implied-eval
    expect(() => new Function(lines.join('\n'))).not.toThrow();
  });
});

describe('code that is nested deep', () => {
  it.each([
    ['a sum of 20,000 lines', `const s = ${Array.from({ length: 20_000 }, (_, i) => `"line ${i} " + 1`).join(' +\n')}`],
    ['a chain of 20,000 calls', `y${'.a()'.repeat(20_000)}`],
    ['a chain of 30,000 optional members', `y${'?.a'.repeat(30_000)}`],
  ])('is never refused: %s', (_, code) => {
    expect(() => transformCell(code)).not.toThrow();
  });

  it('still shares its names where only its calls are too deep', () => {
    const { code } = transformCell(`const s = 1 + ${'x + '.repeat(1500)} y.match(/a/)`);
    expect(code).toMatch(/^var s = /);
  });
});
