import { describe, expect, it } from 'vitest';
import { ReplError } from './port.ts';
import { testSession } from './testing/test-session.ts';

const FIRST = { question: 'Who?', answer: 'Ada 中\0\ud800' };
const SECOND = { question: 'When?', answer: '1843' };

describe('history', () => {
  it('is there from the start, empty, and no variable of the model', async () => {
    const session = await testSession();
    const { printed, variables } = await session.run('print(history, Array.isArray(history), history.length); SHOW_VARS()');
    expect(printed).toBe('[] true 0\nNo variables yet.\n');
    expect(variables).toEqual([]);
  });

  it('has the earlier questions and answers in order, while variables live on', async () => {
    const session = await testSession();
    await session.run('kept = [1]; FINAL("Ada")');
    await session.remember(FIRST);
    await session.run('kept.push(2); FINAL("1843")');
    await session.remember(SECOND);
    const ran = await session.run('print(JSON.stringify(history), kept); SHOW_VARS()');
    expect(ran.printed).toBe(`${JSON.stringify([FIRST, SECOND])} [1, 2]\nkept: array, 2 items\n`);
    expect(ran).toMatchObject({ final: null, draft: null, variables: [] });
  });

  it.each([
    'answer = { content: "first", ready: true }',
    'answer.content = "first"; answer.ready = true',
    'const answer = { content: "first", ready: true }; FINAL("first")',
    'function answer() {}; answer.ready = true; FINAL("first")',
    'Object.freeze(Object.assign(answer, { content: "first", ready: true }))',
    'Object.defineProperty(globalThis, "answer", { get: () => ({ content: "first", ready: true }) }); FINAL("first")',
  ])('comes with an answer as new: %s', async (code) => {
    const session = await testSession();
    expect((await session.run(code)).final).not.toBeNull();
    await session.remember(FIRST);
    const next = await session.run('print(answer); SHOW_VARS()');
    expect(next).toMatchObject({
      ok: true,
      printed: '{ content: "", ready: false }\nNo variables yet.\n',
      final: null,
      draft: null,
      variables: [],
    });
    const again = await session.run('answer.content = "second"; answer.ready = true');
    expect(again).toMatchObject({ final: { via: 'answer', text: 'second' }, variables: [{ name: 'answer' }] });
  });

  it.each([
    'history.push(1)',
    'history[0].answer = "spoiled"; history[0] = 1; history.length = 0',
    '"use strict"; delete history[0]',
    'history = "mine"',
    'const history = [1, 2]',
    'function history() {}',
    'delete globalThis.history',
    'Object.freeze(history); globalThis.globalThis = 1',
    'globalThis.globalThis = {}; delete globalThis.globalThis',
    'Array.prototype.push = Array.prototype.slice = () => { throw 1 }; Object.freeze = Object.defineProperty = () => { throw 1 }',
    'Object.defineProperty(Array.prototype, 0, { get: () => "x", set() { throw 1 }, configurable: true })',
    'Object.defineProperty(Object.prototype, "question", { set() { throw 1 }, configurable: true })',
    'Object.prototype.get = () => 1; Object.prototype.writable = false',
    'Object.setPrototypeOf(Array.prototype, null)',
    'JSON.stringify = () => "x"; String = null; Reflect.ownKeys = null',
  ])('is right again after %s', async (code) => {
    const session = await testSession();
    await session.remember(FIRST);
    await session.run(code);
    await session.remember(SECOND);
    const { printed, error } = await session.run(
      'let s = ""; for (let i = 0; i < history.length; i++) s += history[i].question + history[i].answer + ";"; print(s)',
    );
    expect({ printed, error }).toEqual({ printed: `Who?${FIRST.answer};When?1843;\n`, error: null });
  });

  it('may be a name of the model within a run, and is told as its variable', async () => {
    const session = await testSession();
    expect(await session.run('const history = ["mine"]')).toMatchObject({ variables: [{ name: 'history', kind: 'array' }] });
    expect((await session.run('print(history, SHOW_VARS())')).printed).toBe('["mine"] history: array, 1 items\n');
  });

  it('that a cell has locked costs the REPL, which is rebuilt without that cell', async () => {
    const lock = (name: string) => `Object.defineProperty(globalThis, "${name}", { value: 1, writable: false, configurable: false })`;
    for (const name of ['history', 'answer', 'print']) {
      const session = await testSession();
      await expect(session.run(lock(name))).rejects.toThrow(`(${name})`);
      const finished = await testSession();
      expect((await finished.run(`${lock(name)}; FINAL("done")`)).final?.text).toBe('done');
      await expect(finished.remember(FIRST)).rejects.toThrow(ReplError);
    }
  });

  it('takes an answer of 10 MB whole', async () => {
    const session = await testSession();
    const answer = 'é中a0'.repeat(2_500_000);
    await session.remember({ question: 'All?', answer });
    const { printed } = await session.run('print(history[0].answer.length, history[0].answer.slice(-4))');
    expect(printed).toBe(`${answer.length} é中a0\n`);
  });

  it('keeps the head of an answer that the memory has no room for, and says so', async () => {
    const session = await testSession('', undefined, 2 ** 27);
    await session.remember({ question: 'All?', answer: 'x'.repeat(20_000_000) });
    await session.run('big = []; try { for (;;) big.push(new Uint8Array(1e6).fill(1)) } catch {}');
    await session.remember({ question: 'More?', answer: 'y'.repeat(15_000_000) });
    const { printed } = await session.run('big = null; for (const { answer } of history) print(answer.length, answer.slice(-120))');
    expect(printed.match(/\[… the first 20000 of (20000000|15000000) characters: the REPL's memory has no room/g)).toHaveLength(2);
  });

  it('is the same in a session that is rebuilt with the same cells', async () => {
    const told = async () => {
      const session = await testSession();
      const printed: string[] = [];
      printed.push((await session.run('a = Math.random(); FINAL(a)')).printed);
      await session.remember(FIRST);
      printed.push((await session.run('answer.content = history; b = Math.random(); print(a, b, history)')).printed);
      await session.remember(SECOND);
      const ran = await session.run('print(a, b, history, Date.now()); for (;;) {}', { cpuMs: 200 });
      return [...printed, ran.printed];
    };
    expect(await told()).toEqual(await told());
  });

  it('cannot be added to while a cell runs', async () => {
    const session = await testSession('', () => new Promise(() => {}));
    void session.run('await llm_query("x")');
    await expect(session.remember(FIRST)).rejects.toThrow('running a cell');
  });
});
