import { describe, expect, it } from 'vitest';
import { ReplError } from './port.ts';
import { testSession } from './testing/test-session.ts';

describe('the CPU limit', () => {
  it.each([
    'for (;;) {}',
    'try { for (;;) {} } catch {} finally { for (;;) {} }',
    '/(a+)+$/.test("a".repeat(50) + "b")',
    'await 0; for (;;) {}',
    'for (;;) await 0',
    'const bomb = () => Promise.resolve().then(() => { bomb(); bomb() }); bomb()',
    '({ toString() { for (;;) {} } }) + ""',
    'throw { get message() { for (;;) {} } }; for (;;) {}',
  ])('ends %s, and the session goes on', async (code) => {
    const session = await testSession();
    await session.run('const kept = 1');
    const ran = await session.run(`print("before");\n${code}`, { cpuMs: 200 });
    if (!code.startsWith('throw')) {
      expect(ran).toMatchObject({ ok: false, limit: 'cellCpu', error: { name: 'TimeoutError' } });
    }
    expect(ran.printed).toBe('before\n');
    expect(ran.cpuMs).toBeLessThan(2000);
    expect(await session.run('kept + 1')).toMatchObject({ ok: true, printed: '2\n' });
  });

  it('does not count the time that models take', async () => {
    const session = await testSession('', async () => {
      await new Promise((resolve) => setTimeout(resolve, 300));
      return { ok: true, text: 'late', budget: { calls: 1, tokens: null, usd: null, turns: 1, seconds: 1 }, now: 0 };
    });
    const ran = await session.run('await llm_query("a")', { cpuMs: 200 });
    expect(ran).toMatchObject({ ok: true, printed: 'late\n' });
    expect(ran.waitMs).toBeGreaterThan(250);
    expect(ran.cpuMs).toBeLessThan(200);
  });

  it('counts what guest code does after a reply', async () => {
    const ran = await (await testSession()).run('await llm_query("a"); for (;;) {}', { cpuMs: 100 });
    expect(ran.limit).toBe('cellCpu');
  });
});

describe('the memory limit', { timeout: 60_000 }, () => {
  const small = 32 * 2 ** 20;
  /** Enough for a busy machine to fill it. */
  const patient = { cpuMs: 60_000 };

  it('is an error that a cell can catch', async () => {
    const session = await testSession('', undefined, small);
    const ran = await session.run('try { const a = []; for (;;) a.push([1, 2, 3]) } catch (e) { print(e.message) }', patient);
    expect(ran).toMatchObject({ ok: true, printed: 'out of memory\n' });
  });

  it('is told, and the session goes on', async () => {
    const session = await testSession('', undefined, small);
    const ran = await session.run('var keep = []; for (;;) keep.push([1, 2, 3])', patient);
    expect(ran).toMatchObject({
      ok: false,
      limit: 'replMemory',
      error: { name: 'InternalError', message: expect.stringContaining('the REPL has 32 MB') },
    });
    expect((await session.run('keep = null; "freed"')).printed).toBe('freed\n');
    expect((await session.run('"y".repeat(1e7).length')).printed).toBe('10000000\n');
  });

  it('reached with small objects leaves the next cell room to free them', async () => {
    const session = await testSession('', undefined, small);
    expect((await session.run('var keep = []; for (;;) keep.push({ a: keep })', patient)).limit).toBe('replMemory');
    expect(await session.run('keep = null; 1')).toMatchObject({ ok: true, printed: '1\n' });
  });

  it('refuses a context that does not fit', async () => {
    await expect(testSession('x'.repeat(small + 1), undefined, small)).rejects.toThrow(ReplError);
    await expect(testSession('中'.repeat(small / 2), undefined, small)).rejects.toThrow(/does not fit/);
  });
});

it('a cell that holds millions of objects is read all the same, however long their collection takes', { timeout: 60_000 }, async () => {
  const session = await testSession();
  const make = 'Array.from({ length: 500_000 }, (_, i) => ({ i, name: "n" + i, inner: { i } }))';
  expect(await session.run(`a = ${make}; a.length`, { cpuMs: 30_000 })).toMatchObject({ ok: true });
  expect(await session.run(`b = ${make}; b.length`, { cpuMs: 30_000 })).toMatchObject({ ok: true });
  for (const code of ['c = a.map((one) => ({ ...one })); c.length', 'FINAL(b.length)']) {
    expect(await session.run(code, { cpuMs: 30_000 })).toMatchObject({ ok: true, error: null });
  }
});

describe('the stack limit', () => {
  it.each([
    'function f() { return f() + 1 }; f()',
    'const o = { get x() { return this.x } }; o.x',
    'const o = { toString() { return "" + this } }; "" + o',
  ])('is an error: %s', async (code) => {
    const session = await testSession();
    const ran = await session.run(code);
    expect(ran.error).toMatchObject({ name: 'InternalError', message: expect.stringContaining('stack overflow') });
    expect((await session.run('1 + 1')).printed).toBe('2\n');
  });

  it('that the host meets first loses the session, which says so', async () => {
    const session = await testSession();
    const deep = session.run('let s = "["; s = s.repeat(200_000); JSON.parse(s)');
    // Where the host's stack is deep enough this is an ordinary error; both are contained.
    const ran = await deep.catch((error: unknown) => error);
    if (ran instanceof Error) {
      expect(ran).toBeInstanceOf(ReplError);
      await expect(session.run('1')).rejects.toThrow(ReplError);
    } else {
      expect(ran).toMatchObject({ ok: false });
    }
  });
});

describe('our names', () => {
  it('come back after a cell has overwritten them', async () => {
    const session = await testSession('text');
    const first = await session.run('const context = 5; function print() {}; llm_query = null; console = {}; 1');
    expect(first.printed).toMatch(/^1\n\[print, console, llm_query, context: a name of the REPL/);
    expect((await session.run('console.log(context, typeof llm_query); print("x")')).printed).toBe(
      'text function\nx\n',
    );
  });

  it('work where built-ins were tampered with', async () => {
    const session = await testSession('needle');
    await session.run(
      `Array.prototype.push = () => { throw 1 }; Array.prototype[Symbol.iterator] = null; Map.prototype.set = null;
       JSON.stringify = () => "x"; JSON.parse = null; String = null; Promise.prototype.then = null; Promise = null;
       Object.prototype.toJSON = () => "poisoned"; Object.prototype.get = 5; Object.prototype.value = 6;
       Reflect.ownKeys = null; Error = null; RegExp.prototype.exec = null`,
    );
    const ran = await session.run(
      'var x = { a: [1] }; print(x); print(await llm_query("q"), grep(/e+/)[0].text, budget().calls); answer.content = "c"; answer.ready = true',
    );
    expect(ran.printed).toBe('{ a: [1] }\nre: q ee 8\n');
    expect(ran).toMatchObject({ ok: true, final: { text: 'c' }, variables: [{ name: 'answer' }, { name: 'x' }] });
    expect(await session.run('nope()')).toMatchObject({ error: { message: "'nope' is not defined", line: 1 } });
  });
});
