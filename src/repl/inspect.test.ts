import { describe, expect, it } from 'vitest';
import { testSession } from './testing/test-session.ts';

const show = async (expression: string) => {
  const ran = await (await testSession()).run(`print(${expression})`);
  expect(ran.error).toBeNull();
  return ran.printed.slice(0, -1);
};

describe('values as they are printed', () => {
  it.each([
    ['"text\\n"', 'text\n'],
    ['"a", 1, true, null, undefined', 'a 1 true null undefined'],
    ['-0, 10n, Symbol("s"), NaN', '-0 10n Symbol(s) NaN'],
    ['["a", \'b"\']', '["a", "b\\""]'],
    ['{ a: 1, "b c": { d: [] }, [Symbol("k")]: 2 }', '{ a: 1, "b c": { d: [] }, [Symbol(k)]: 2 }'],
    ['[1, , 3], new Array(3)', '[1, <1 empty>, 3] [<3 empty>]'],
    ['new Map([["a", { b: 1 }]]), new Set([1, "x"])', 'Map(1) { "a" => { b: 1 } } Set(2) { 1, "x" }'],
    ['new Date(0), new Date(NaN)', '1970-01-01T00:00:00.000Z Invalid Date'],
    ['/a+/gi, [/b/]', '/a+/gi [/b/]'],
    ['new TypeError("bad"), [new Error("in")]', 'TypeError: bad [[Error: in]]'],
    ['function f() {}, () => 1, class C {}', '[Function: f] [Function: (anonymous)] [class C]'],
    ['new (class P { x = 1 })', 'P { x: 1 }'],
    ['Object.create(null)', '[null prototype] {}'],
    ['new Uint8Array([1, 2])', 'Uint8Array(2) [1, 2]'],
    ['new WeakMap(), new ArrayBuffer(8)', 'WeakMap { <entries unknown> } ArrayBuffer(8) {}'],
    ['{ get a() { throw 1 }, set b(v) {} }', '{ a: [Getter], b: [Setter] }'],
    ['(() => { const o = { n: 1 }; o.o = o; return o })()', '{ n: 1, o: [Circular] }'],
    ['{ a: { b: { c: { d: { e: { f: { g: 1 } } } } } } }', '{\n  a: { b: { c: { d: { e: { f: [Object] } } } } }\n}'],
    ['new Proxy({ a: 1 }, {})', '{ a: 1 }'],
  ])('print(%s)', async (expression, shown) => {
    expect((await show(expression)).replace(/\s+/g, ' ')).toBe(shown.replace(/\s+/g, ' '));
  });

  it('break into lines where they are long', async () => {
    expect(await show('{ first: "x".repeat(60), second: "y".repeat(60) }')).toBe(
      `{\n  first: "${'x'.repeat(60)}",\n  second: "${'y'.repeat(60)}"\n}`,
    );
    const numbers = await show('Array.from({ length: 60 }, (_, i) => i)');
    expect(numbers.split('\n').length).toBeLessThan(8);
    expect(Math.max(...numbers.split('\n').map((line) => line.length))).toBeLessThanOrEqual(88);
  });

  it('are cut where they are many, and say so', async () => {
    expect(await show('Array.from({ length: 250 }, () => 0)')).toContain('… 150 more');
    expect(await show('["x".repeat(9000)]')).toContain('… 5000 more characters');
    const wide = await show('Array.from({ length: 99 }, () => Array.from({ length: 99 }, () => "z".repeat(3000)))');
    expect(wide.length).toBeLessThan(500_000);
  });

  it('are whole where they are plain strings, by head and tail where those are long', async () => {
    expect((await show('"x".repeat(10_000_000)')).length).toBe(10_000_000);
    const shown = await show('"x".repeat(12_000_000)');
    expect(shown.slice(4_999_990, 5_000_060)).toBe(`${'x'.repeat(10)}\n[… 2000000 of 12000000 characters left out …]\nxxxxxxxxxxxxx`);
    expect(shown.length).toBe(10_000_000 + 47);
  });
});
