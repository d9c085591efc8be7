import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { testSession } from './testing/test-session.ts';

const finalOf = async (code: string) => (await (await testSession()).run(code)).final;

describe('the format of a final value', () => {
  it.each([
    ['FINAL({ a: 1 })', { a: 1 }],
    ['FINAL([])', []],
    ['FINAL({ big: 10n, nan: NaN, inf: -Infinity, none: undefined, f() {}, s: Symbol("x"), d: new Date(0) })',
      { big: '10', nan: null, inf: null, d: '1970-01-01T00:00:00.000Z' }],
    ['FINAL([undefined, NaN, 1n, () => 1, new Date(NaN)])', [null, null, '1', null, null]],
    ['FINAL(new Map([["a", new Map([["b", new Set([1])]])], [1, 2]]))', { a: { b: [1] }, 1: 2 }],
    ['FINAL(new Set(["x", new Error("bad")]))', ['x', 'Error: bad']],
    ['FINAL(["x", llm_query("q"), { r: llm_query("fail") }])', ['x', 're: q', { r: 'QueryError: no model for fail' }]],
    ['FINAL(Promise.resolve([1]))', [1]],
    ['FINAL({ toJSON: () => ({ shown: 1 }) })', { shown: 1 }],
    ['const rows = [{ a: 1 }]; FINAL_VAR("rows")', [{ a: 1 }]],
    ['answer.content = { a: [1] }; answer.ready = true', { a: [1] }],
    ['answer.content = { a: [1] }; FINAL_VAR("answer")', { a: [1] }],
    ['answer = { content: "x", more: 1 }; FINAL(answer)', { content: 'x', more: 1 }],
    ['FINAL({ content: "x", ready: true })', { content: 'x', ready: true }],
    ['class P { x = 1; #y = 2 }; FINAL(new P())', { x: 1 }],
    ['FINAL(Object.assign(Object.create(null), { __proto__: 1, "\\u2028": "\\ud800" }))', { __proto__: 1, '\u2028': '\ud800' }],
  ])('%s is JSON', async (code, value) => {
    const final = await finalOf(code);
    expect(final?.format).toBe('json');
    expect(JSON.stringify(JSON.parse(final?.text ?? ''))).toBe(JSON.stringify(value));
  });

  it.each([
    ['FINAL("[1]")', '[1]'],
    ['FINAL(42)', '42'],
    ['FINAL(true)', 'true'],
    ['FINAL(null)', 'null'],
    ['FINAL(10n)', '10'],
    ['answer.content = "x"; FINAL_VAR("answer")', 'x'],
    ['answer.content = "x"; FINAL(answer)', 'x'],
    ['answer = { content: "x", ready: false }; FINAL(answer)', 'x'],
    ['let answer = "x"; FINAL_VAR("answer")', 'x'],
    ['FINAL(new Error("bad"))', 'Error: bad'],
    ['FINAL(new Date(0))', '1970-01-01T00:00:00.000Z'],
    ['FINAL(/a+/g)', '/a+/g'],
    ['FINAL(llm_query("q"))', 're: q'],
    ['const o = { a: 1 }; o.self = o; FINAL(o)', '{ a: 1, self: [Circular] }'],
    ['FINAL({ toJSON() { throw 1 } })', '{ toJSON: [Function: toJSON] }'],
    ['FINAL({ toJSON() {} })', '{ toJSON: [Function: toJSON] }'],
    ['FINAL({ toJSON: () => "said \\"so\\"" })', 'said "so"'],
    ['FINAL(new String("boxed"))', 'boxed'],
    ['FINAL(new Number(7))', '7'],
    ['FINAL(() => 1)', '[Function: (anonymous)]'],
  ])('%s is text', async (code, text) => {
    expect(await finalOf(code)).toMatchObject({ format: 'text', text });
  });

  it('is refused where it is `answer` with nothing in it', async () => {
    for (const code of ['FINAL(answer)', 'FINAL_VAR("answer")', 'answer.ready = true; FINAL(answer)']) {
      const { final, error } = await (await testSession()).run(code);
      expect(final).toBeNull();
      expect(error?.message).toContain('answer.content is empty');
    }
  });

  it('is JSON that parses to what JSON.stringify would have made, whatever the value', { timeout: 60_000 }, async () => {
    const session = await testSession();
    const value = fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true, withNullPrototype: true });
    await fc.assert(
      fc.asyncProperty(value, async (given) => {
        const { final, error } = await session.run(`const value = ${fc.stringify(given)}; if (value !== undefined) FINAL(value)`);
        expect(error).toBeNull();
        if (final?.format === 'json') expect(typeof JSON.parse(final.text)).toBe('object');
        const isPlain = typeof given === 'object' && given !== null && !(given instanceof Date);
        expect(final?.format === 'json').toBe(isPlain && !isBoxed(given));
      }),
      { numRuns: 150 },
    );
  });

  it('is what JSON.parse gives back for any JSON value', { timeout: 60_000 }, async () => {
    const session = await testSession();
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.array(fc.jsonValue()), fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue())), async (given) => {
        const json = JSON.stringify(given);
        const { final } = await session.run(`FINAL(JSON.parse(${JSON.stringify(json)}))`);
        expect(final?.format).toBe('json');
        expect(JSON.parse(final?.text ?? '')).toEqual(JSON.parse(json));
      }),
      { numRuns: 150 },
    );
  });
});

const isBoxed = (value: object): boolean => /String|Number|Boolean/.test(Object.prototype.toString.call(value));
