import { describe, expect, it } from 'vitest';
import { testSession } from './testing/test-session.ts';

const run = async (code: string) => (await testSession()).run(code);

describe('a promise that was not awaited', () => {
  it.each([
    ['print(llm_query("a"))', 're: a\n'],
    ['print("x", llm_query("a"), 1)', 'x re: a 1\n'],
    ['print([llm_query("a"), llm_query("b")])', '["re: a", "re: b"]\n'],
    ['print({ r: llm_query("a") })', '{ r: "re: a" }\n'],
    ['print(llm_query_batched(["a", "b"]))', '["re: a", "re: b"]\n'],
    ['async function ask() { return llm_query("a") }\nprint(ask())', 're: a\n'],
    ['llm_query("a")', 're: a\n'],
    ['["a", "b"].map(x => llm_query(x))', '["re: a", "re: b"]\n'],
    ['(async () => { print(await llm_query("a")) })()', 're: a\n'],
  ])('is printed as its value: %s', async (code, printed) => {
    expect(await run(code)).toMatchObject({ ok: true, printed });
  });

  it('keeps its place in the output', async () => {
    expect((await run('print(1, llm_query("a")); print(2); print(llm_query("b")); print(3); 4')).printed).toBe(
      '1 re: a\n2\nre: b\n3\n4\n',
    );
  });

  it('is printed in a later cell as well', async () => {
    const session = await testSession();
    await session.run('const r = llm_query("a")');
    expect((await session.run('r')).printed).toBe('re: a\n');
  });

  it.each([
    'const s = `${llm_query("a")}`',
    'const s = "x" + llm_query("a")',
    'const s = [llm_query("a")].join()',
    'const s = JSON.stringify([llm_query("a")])',
    'const s = String(llm_query("a"))',
  ])('used as text says what to write: %s', async (code) => {
    const { error } = await run(`\n${code}`);
    expect(error).toEqual({
      name: 'TypeError',
      message: 'this is a promise, not its value: write `await llm_query(...)`',
      line: 2,
    });
  });

  it('of a function of the cell used as text says to await the call', async () => {
    const { error } = await run('async function ask() { return 1 }\nconst s = "" + ask()');
    expect(error?.message).toContain('write `await` before the async call');
  });

  it.each([
    ['FINAL(llm_query("a"))', 're: a'],
    ['FINAL([llm_query("a"), llm_query("b")])', '[\n  "re: a",\n  "re: b"\n]'],
    ['const r = llm_query("a"); FINAL_VAR("r")', 're: a'],
    ['answer.content = llm_query("a"); answer.ready = true', 're: a'],
  ])('is the final value it becomes: %s', async (code, text) => {
    expect((await run(code)).final?.text).toBe(text);
  });

  it('whose call fails is the error of the cell', async () => {
    expect(await run('print(1);\nllm_query("fail");\nprint(2)')).toMatchObject({
      ok: false,
      printed: '1\n2\n',
      error: { name: 'QueryError', line: 2 },
    });
    expect(await run('async function main() {\n  nope() }\nmain();\nprint(2)')).toMatchObject({
      ok: false,
      printed: '2\n',
      error: { name: 'ReferenceError', line: 2 },
    });
    expect(await run('FINAL(llm_query("fail"))')).toMatchObject({ ok: false, final: null });
  });

  it('that fails where it is printed shows the failure there', async () => {
    expect((await run('print("got", llm_query("fail x"))')).printed).toBe('got QueryError: no model for fail x\n');
  });

  it('is waited for when a whole main function floats', async () => {
    const ran = await run('async function main() { for (const x of ["a", "b"]) print(await llm_query(x)) }\nmain();\nprint("end")');
    expect(ran.printed).toBe('end\nre: a\nre: b\n');
  });

  it('that nothing will settle is printed as a promise', async () => {
    expect(await run('print("a", new Promise(() => {})); print("b")')).toMatchObject({
      ok: true,
      printed: 'a Promise\nb\n',
    });
  });
});
