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
