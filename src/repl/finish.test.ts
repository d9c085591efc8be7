import { describe, expect, it } from 'vitest';
import { testSession } from './testing/test-session.ts';

const run = async (code: string) => (await testSession()).run(code);

describe('FINAL', () => {
  it.each([
    ['FINAL("text")', 'text'],
    ['FINAL(42)', '42'],
    ['FINAL(["a", { b: 1 }])', '[\n  "a",\n  {\n    "b": 1\n  }\n]'],
    ['FINAL(new Map([["a", 1]]))', '{\n  "a": 1\n}'],
    ['FINAL(new Set([1n]))', '[\n  "1"\n]'],
    ['FINAL(null)', 'null'],
    ['const o = {}; o.self = o; FINAL(o)', '{ self: [Circular] }'],
  ])('%s is %j', async (code, text) => {
    expect(await run(code)).toMatchObject({ ok: true, final: { via: 'FINAL', text } });
  });

  it('takes 10 MB whole', async () => {
    const { final } = await run('FINAL("é中a0".repeat(2_500_000) + "end")');
    expect(final?.text.length).toBe(10_000_003);
    expect(final?.text.endsWith('é中a0end')).toBe(true);
  });

  it('of undefined is an error', async () => {
    expect(await run('FINAL()')).toMatchObject({ ok: false, final: null, error: { name: 'TypeError' } });
  });

  it('keeps the first value given', async () => {
    expect((await run('if (true) FINAL("found"); FINAL("not found")')).final?.text).toBe('found');
  });

  it('is forgotten by the next cell', async () => {
    const session = await testSession();
    await session.run('FINAL(1)');
    expect((await session.run('1')).final).toBeNull();
  });

  it('stands although the cell fails after it', async () => {
    expect(await run('FINAL(1); nope()')).toMatchObject({ ok: false, final: { text: '1' } });
  });
});

describe('FINAL_VAR', () => {
  it('is the value of a variable of this or an earlier cell', async () => {
    const session = await testSession();
    await session.run('const result = ["a"]');
    expect((await session.run('FINAL_VAR("result")')).final).toEqual({ via: 'FINAL_VAR', text: '[\n  "a"\n]', format: 'json' });
    expect((await session.run('const now = 1; FINAL_VAR("now")')).final?.text).toBe('1');
  });

  it('takes the variable itself too', async () => {
    expect((await run('const a = [1]; FINAL_VAR(a)')).final?.text).toBe('[\n  1\n]');
  });

  it('of a name that is not there lists those that are', async () => {
    const session = await testSession();
    expect((await session.run('FINAL_VAR("x")')).error?.message).toContain('No variables have been made yet');
    expect(await session.run('let one = 1, two = 2; FINAL_VAR("three")')).toMatchObject({
      final: null,
      error: { message: 'FINAL_VAR: there is no variable "three". Variables: one, two.' },
    });
  });
});

describe('answer', () => {
  it.each([
    'answer.content = "done"; answer.ready = true',
    'answer = { content: "done", ready: true }',
    'const answer = { content: "done", ready: true }',
    'Object.assign(answer, { content: "done", ready: true })',
  ])('finishes: %s', async (code) => {
    expect(await run(code)).toMatchObject({ final: { via: 'answer', text: 'done' }, draft: 'done' });
  });

  it('is a draft until it is ready, over cells', async () => {
    const session = await testSession();
    expect(await session.run('answer.content = "so far"')).toMatchObject({ final: null, draft: 'so far' });
    expect(await session.run('1')).toMatchObject({ final: null, draft: 'so far' });
    expect(await session.run('answer.ready = true')).toMatchObject({ final: { text: 'so far' } });
  });

  it('may be any variable of that name', async () => {
    expect(await run('const answer = "Paris"')).toMatchObject({ final: null, draft: 'Paris' });
    expect(await run('let answer = { city: "Paris" }')).toMatchObject({ draft: '{\n  "city": "Paris"\n}' });
    expect(await run('1')).toMatchObject({ draft: null });
  });

  it('that is ready and empty says so', async () => {
    expect(await run('answer.ready = true')).toMatchObject({
      final: null,
      printed: expect.stringContaining('answer.content is empty'),
    });
  });
});
