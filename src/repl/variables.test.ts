import { describe, expect, it } from 'vitest';
import { testSession } from './testing/test-session.ts';

describe('the variables of a cell', () => {
  it('are told with kind, size and a short preview', async () => {
    const { variables } = await (await testSession()).run(
      'const text = "x".repeat(1000), list = [1, 2], map = new Map([[1, 2]]), n = 5; function f() {} class C {} ; const c = new C(), none = null, o = { a: 1 }',
    );
    expect(variables.map(({ name, kind, size }) => [name, kind, size]).sort()).toEqual([
      ['C', 'class', null],
      ['c', 'C', 0],
      ['f', 'function', null],
      ['list', 'array', 2],
      ['map', 'Map', 1],
      ['n', 'number', null],
      ['none', 'null', null],
      ['o', 'object', 1],
      ['text', 'string', 1000],
    ]);
    expect(variables.find(({ name }) => name === 'o')?.preview).toBe('{ a: 1 }');
    expect(variables.find(({ name }) => name === 'text')?.preview).toHaveLength(200);
  });

  it('are those that are new or changed', async () => {
    const session = await testSession();
    await session.run('let a = 1, b = [1], c = { x: 1 }, big = "y".repeat(5_000_000)');
    const names = async (code: string) => (await session.run(code)).variables.map(({ name }) => name);
    expect(await names('1')).toEqual([]);
    expect(await names('a = 2')).toEqual(['a']);
    expect(await names('b.push(2); c = { x: 1 }')).toEqual(['b', 'c']);
    expect(await names('big += "z"')).toEqual(['big']);
    expect(await names('globalThis.made = 1')).toEqual(['made']);
  });

  it('are read without running getters', async () => {
    const { variables, printed } = await (await testSession()).run(
      'globalThis.ran = 0; const o = { get bad() { ran++; throw 1 }, toJSON() { ran++; throw 2 } }; Object.defineProperty(globalThis, "g", { get() { ran++ } }); 0',
    );
    expect(variables.map(({ name, preview }) => [name, preview])).toEqual([
      ['o', '{ bad: [Getter], toJSON: [Function: toJSON] }'],
      ['ran', '0'],
    ]);
    expect(printed).toBe('0\n');
  });

  it('include what became of answer, and not our own names', async () => {
    const session = await testSession();
    expect((await session.run('1')).variables).toEqual([]);
    expect((await session.run('answer.content = "a"')).variables).toMatchObject([{ name: 'answer', kind: 'object' }]);
  });

  it('are cheap to tell beside a large text', async () => {
    const session = await testSession('x'.repeat(20_000_000));
    await session.run('const copies = [context, context.slice(1)], half = context.slice(10_000_000)');
    const { cpuMs } = await session.run('1');
    // Hashing or copying the 50 MB would take several times as long.
    expect(cpuMs).toBeLessThan(200);
  });

  it('are what SHOW_VARS lists', async () => {
    const session = await testSession();
    expect((await session.run('SHOW_VARS()')).printed).toBe('No variables yet.\n');
    expect((await session.run('const a = [1], b = "xy", c = { d: 1 }; print(SHOW_VARS())')).printed).toBe(
      'a: array, 1 items\nb: string, 2 characters\nc: object, 1 entries\n',
    );
  });
});
