import { describe, expect, it } from 'vitest';
import { ReplError } from './port.ts';
import { Session } from './session.ts';
import { stringText } from './texts/string-text.ts';
import { BUDGET, answer, testSession } from './testing/test-session.ts';
import type { QueryReply } from './port.ts';

/** What each of several cells of one session printed. */
async function printed(...cells: string[]) {
  const session = await testSession();
  const all: string[] = [];
  for (const cell of cells) {
    const ran = await session.run(cell);
    expect(ran.error).toBeNull();
    all.push(ran.printed);
  }
  return all;
}

describe('cells of one session', () => {
  it('share what they declare, in every way of declaring', async () => {
    expect(
      await printed(
        'const a = 1; let b = 2; var c = 3; function d() { return 4 } class E { f = 5 }; const {g, ...h} = {g: 6, i: 7}',
        'print(a, b, c, d(), new E().f, g, h.i)',
      ),
    ).toEqual(['', '1 2 3 4 5 6 7\n']);
  });

  it('may declare a name again', async () => {
    expect(
      await printed('const a = 1; class B { x = 1 }', 'let a = 2; class B { x = 2 }; print(a, new B().x)'),
    ).toEqual(['', '2 2\n']);
  });

  it('may declare a name whose first declaration failed', async () => {
    const session = await testSession();
    expect((await session.run('const x = nope()')).ok).toBe(false);
    expect((await session.run('const x = 5; x')).printed).toBe('5\n');
  });

  it('await at the top', async () => {
    expect(await printed('const x = await llm_query("a"); for await (const y of [llm_query("b")]) print(x, y)')).toEqual(
      ['re: a re: b\n'],
    );
  });

  it('show the value of a last expression, and nothing else', async () => {
    expect(
      await printed('1 + 1', '"text"', 'x = 5', 'undefined', 'print("a")', '({ a: [1, "b"] })', 'if (1) 5', 'null'),
    ).toEqual(['2\n', 'text\n', '', '', 'a\n', '{ a: [1, "b"] }\n', '', 'null\n']);
  });

  it('may return a value, anywhere at the top', async () => {
    expect(
      await printed('print("a"); return 5', 'if (true) { return "early" }\nprint("never")', 'return'),
    ).toEqual(['a\n5\n', 'early\n', '']);
  });

  it('see the code of earlier cells change with its variables', async () => {
    expect(await printed('let n = 1; const f = () => n', 'n = 2; f()')).toEqual(['', '2\n']);
  });
});

describe('errors', () => {
  it.each([
    ['const a = 1;\n\nnull.x', 'TypeError', 3],
    ['function f() {\n  throw new RangeError("far")\n}\n\nf()', 'RangeError', 2],
    ['await null;\n\nnope()', 'ReferenceError', 3],
    ['async function f() {\n  await 0;\n  throw new Error("x")\n}\nawait f()', 'Error', 3],
    ['const a = 1;\nconst b = ;', 'SyntaxError', 2],
    ['[1].map(x => {\n  x.y.z })', 'TypeError', 2],
    ['import {\n  x } from "y"\nnever()', 'Error', 1],
  ])('%j is %s on line %i', async (code, name, line) => {
    expect((await (await testSession()).run(code)).error).toMatchObject({ name, line });
  });

  it('name the line in the cell that runs, not in an earlier one', async () => {
    const session = await testSession();
    await session.run('\n\n\nfunction f() { nope() }');
    expect((await session.run('print(1);\nf()')).error).toMatchObject({ name: 'ReferenceError', line: 2 });
  });

  it('keep what was printed before them', async () => {
    const ran = await (await testSession()).run('print("kept");\nnope()\nprint("never")');
    expect(ran).toMatchObject({ ok: false, printed: 'kept\n', error: { line: 2 } });
  });

  it.each([
    ['throw "text"', 'thrown: text'],
    ['throw { code: 5 }', 'thrown: { code: 5 }'],
    ['throw null', 'thrown: null'],
    ['throw Symbol("s")', 'thrown: Symbol(s)'],
  ])('%s is told', async (code, message) => {
    expect((await (await testSession()).run(code)).error).toMatchObject({ name: 'Error', message });
  });

  it('of syntax help with what models get wrong', async () => {
    const session = await testSession();
    expect((await session.run('[1].forEach(x => { await llm_query("a") })')).error?.message).toContain('async');
    expect((await session.run('const x: string = "a"')).error?.message).toContain('TypeScript');
  });
});

describe('queries', () => {
  it('are answered with a string, and say which line asked for which model', async () => {
    const { printed, queries } = await (await testSession()).run(
      'const a = await llm_query("one");\nconst b = await llm_query("two", { model: "big" });\nprint(a, b)',
    );
    expect(printed).toBe('re: one re: two\n');
    expect(queries).toEqual([
      { kind: 'llm', prompt: 'one', model: null, line: 1, batch: null },
      { kind: 'llm', prompt: 'two', model: 'big', line: 2, batch: null },
    ]);
  });

  it('take an object as JSON, and refuse what is no prompt', async () => {
    const session = await testSession();
    expect((await session.run('await llm_query({ a: 1 })')).queries).toMatchObject([{ prompt: '{\n "a": 1\n}' }]);
    for (const prompt of ['', 'undefined', 'null', '" "', 'llm_query("a")']) {
      expect((await session.run(`await llm_query(${prompt})`)).error, prompt).toMatchObject({ name: 'TypeError' });
    }
  });

  it('that fail are exceptions with the line that asked', async () => {
    const session = await testSession();
    const ran = await session.run('print(1);\nawait llm_query("fail")');
    expect(ran.error).toEqual({ name: 'QueryError', message: 'no model for fail', line: 2 });
    expect((await session.run('try { await llm_query("fail") } catch (e) { e.message }; 1')).ok).toBe(true);
  });

  it('of Promise.all are all pending at once', async () => {
    let release = () => {};
    const gate = new Promise<void>((resolve) => (release = resolve));
    const session = await testSession('', async (query) => {
      await gate;
      return answer(query);
    });
    const running = session.run(
      'const all = await Promise.all([1, 2, 3, 4, 5].map(i => llm_query("p" + i))); all',
    );
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(session.pending).toBe(5);
    release();
    const ran = await running;
    expect(ran.printed).toBe('["re: p1", "re: p2", "re: p3", "re: p4", "re: p5"]\n');
    expect(ran.waitMs).toBeGreaterThan(0);
  });

  it('of a batch run together, in order, with an Error in the place of a failed one', async () => {
    const ran = await (await testSession()).run(
      'const r = await llm_query_batched(["a", "fail b", "c"], { model: "m" });\nprint(r.map(x => x instanceof Error ? "E:" + x.message : x))',
    );
    expect(ran.printed).toBe('["re: a", "E:no model for fail b", "re: c"]\n');
    expect(ran.queries).toMatchObject([
      { batch: 0, model: 'm', line: 1 },
      { batch: 0, model: 'm' },
      { batch: 0, model: 'm' },
    ]);
    expect((await (await testSession()).run('await llm_query_batched([])')).printed).toBe('[]\n');
    expect((await (await testSession()).run('await llm_query_batched("a")')).error).toMatchObject({
      name: 'TypeError',
    });
  });

  it('of a child carry its context, or none for our own', async () => {
    const session = await testSession(['a', 'b']);
    const ran = await session.run(
      'await rlm_query("q1"); await rlm_query("q2", "text"); await rlm_query("q3", ["x", { name: "n", text: "y" }]); await rlm_query("q4", context)',
    );
    expect(ran.queries).toEqual([
      { kind: 'rlm', question: 'q1', context: null, line: 1 },
      {
        kind: 'rlm',
        question: 'q2',
        context: { kind: 'texts', single: true, texts: [{ name: 'context', text: 'text' }] },
        line: 1,
      },
      {
        kind: 'rlm',
        question: 'q3',
        context: {
          kind: 'texts',
          single: false,
          texts: [
            { name: 'part 1', text: 'x' },
            { name: 'n', text: 'y' },
          ],
        },
        line: 1,
      },
      { kind: 'rlm', question: 'q4', context: null, line: 1 },
    ]);
  });

  it('carry texts of any kind both ways', async () => {
    const strange = 'NUL \0, half \ud800, pair 😀, 中文, \ufffd, é';
    const session = await testSession(strange, async () => ({ ok: true, text: strange, budget: BUDGET, now: 0 }));
    const ran = await session.run('const r = await llm_query(context); print(r === context); FINAL(r)');
    expect(ran.queries).toMatchObject([{ prompt: strange }]);
    expect(ran.printed).toBe('true\n');
    expect(ran.final?.text).toBe(strange);
  });

  it('bring the newest budget', async () => {
    const session = await testSession();
    expect((await session.run('const a = budget().calls; await llm_query("x"); print(a, budget())')).printed).toBe(
      '9 { calls: 8, tokens: 1000, usd: 0.5, turns: 3, seconds: 60 }\n',
    );
  });

  it('that nobody awaits are waited for before the cell ends', async () => {
    let replied = false;
    const session = await testSession('', async (query) => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      replied = true;
      return answer(query);
    });
    await session.run('llm_query("x"); 1');
    expect(replied).toBe(true);
  });
});

describe('a session', () => {
  it('is lost after an abort, which ends the cell at once', async () => {
    const never = () => new Promise<QueryReply>(() => {});
    const session = await Session.open(
      { single: true, texts: [stringText('x')], documents: [] },
      { memoryBytes: 2 ** 27, wasm: null, printing: 'notebook' },
    );
    const abort = new AbortController();
    const cell = { code: 'await llm_query("x")', cpuMs: 1000, budget: BUDGET, now: 0, seed: 0 };
    const running = session.run(cell, { print: () => {}, query: never }, abort.signal);
    abort.abort(new Error('stopped'));
    await expect(running).rejects.toThrow('stopped');
    await expect(
      session.run(cell, { print: () => {}, query: never }, new AbortController().signal),
    ).rejects.toThrow(ReplError);
  });

  it('ends a cell that awaits what nothing will settle', async () => {
    const ran = await (await testSession()).run('print("a");\nawait new Promise(() => {})');
    expect(ran).toMatchObject({ ok: false, printed: 'a\n', error: { message: expect.stringContaining('nothing will settle') } });
  });
});
