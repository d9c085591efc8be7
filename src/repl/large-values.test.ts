import { describe, expect, it } from 'vitest';
import { testSession } from './testing/test-session.ts';

const lines = (count: number) =>
  Array.from({ length: count }, (_, i) => `user ${i},a line of text with the number ${i}`).join('\n');
const patient = { cpuMs: 60_000 };

describe('a session that holds hundreds of thousands of objects', { timeout: 120_000 }, () => {
  it('goes on cell after cell, and tells its variables', async () => {
    const session = await testSession(lines(300_000), undefined, 2 ** 30);
    const made = await session.run(
      "rows = context.split('\\n').map(l => ({ a: l.split(',')[0], b: l })); 1",
      patient,
    );
    expect(made).toMatchObject({ ok: true, variables: [{ name: 'rows', kind: 'array', size: 300_000 }] });
    expect(made.variables[0]?.preview).toMatch(/^\[\{ a: "user 0", b: "user 0,a line/);
    const more = await session.run(
      'byName = new Map(rows.map(r => [r.a, r])); names = new Set(byName.keys()); copy = rows.slice(); hits = grep(/./g, { limit: 100_000 }); 1',
      patient,
    );
    expect(more).toMatchObject({ ok: true, printed: '1\n' });
    expect(more.variables.map(({ name, size }) => [name, size])).toEqual([
      ['byName', 300_000],
      ['names', 300_000],
      ['copy', 300_000],
      ['hits', 100_000],
    ]);
    expect(more.variables[0]?.preview).toMatch(/^Map\(300000\) \{ "user 0" => \{ a: "user 0"/);
    const idle = await session.run('1');
    expect(idle).toMatchObject({ ok: true, variables: [] });
    const shown = await session.run('print(rows); names');
    expect(shown.ok).toBe(true);
    expect(shown.printed).toContain('… 299900 more\n]\nSet(300000) {');
  });

  it('hands over a final value of 100,000 rows, and one of 10 MB', async () => {
    const session = await testSession(lines(300_000), undefined, 2 ** 30);
    const rows = await session.run(
      "FINAL(context.split('\\n').slice(0, 100_000).map((b, i) => ({ a: 'user ' + i, b })))",
      patient,
    );
    expect(rows).toMatchObject({ ok: true, final: { via: 'FINAL' } });
    expect(JSON.parse(rows.final?.text ?? '')).toHaveLength(100_000);
    const long = await session.run('FINAL(context.slice(0, 10_000_000))', patient);
    expect(long.final?.text).toHaveLength(10_000_000);
  });

  it('hands over a final value where the cell has used up its CPU', async () => {
    const session = await testSession(lines(60_000));
    const ran = await session.run(
      "FINAL(context.split('\\n').map((b, i) => ({ a: i, b }))); for (;;) {}",
      { cpuMs: 1500 },
    );
    expect(ran).toMatchObject({ limit: 'cellCpu', final: { via: 'FINAL' } });
    expect(JSON.parse(ran.final?.text ?? '')).toHaveLength(60_000);
  });
});

describe('a variable that cannot be read', () => {
  const endless = 'new Proxy({}, { getPrototypeOf() { for (;;) {} } })';

  it('leaves the cell and its other variables as they are', async () => {
    const session = await testSession();
    const ran = await session.run(`var n = 1, bad = ${endless}; print("seen"); FINAL("done")`);
    expect(ran).toMatchObject({
      ok: true,
      error: null,
      printed: 'seen\n',
      final: { text: 'done' },
      variables: [
        { name: 'n', preview: '1' },
        { name: 'bad', kind: 'object', size: null, preview: '' },
      ],
    });
    const next = await session.run('n = 2; 1');
    expect(next).toMatchObject({ ok: true, variables: [{ name: 'n', preview: '2' }] });
  });

  it('is unknown where there are several, and the cell is as it was', async () => {
    const session = await testSession();
    const ran = await session.run(`var a = ${endless}, b = ${endless}, c = ${endless}; 7`);
    expect(ran).toMatchObject({ ok: true, printed: '7\n', variables: [] });
    const names = async () => (await session.run('1')).variables.map(({ name }) => name);
    expect(await names()).toEqual(['a', 'b', 'c']);
  });

  it('may throw', async () => {
    const ran = await (await testSession()).run(
      'var n = 1, bad = new Proxy({}, { getPrototypeOf() { throw 1 } }); 5',
    );
    expect(ran).toMatchObject({ ok: true, printed: '5\n', variables: [{ name: 'n' }, { name: 'bad', preview: '' }] });
  });

  it('is an error where it is the final value, which says so', async () => {
    const ran = await (await testSession()).run(
      'print("before"); FINAL({ toJSON() { for (;;) {} } })',
      { cpuMs: 100 },
    );
    expect(ran).toMatchObject({ ok: false, printed: 'before\n', final: null });
    expect(ran.error?.message).toMatch(/value given to FINAL .* shorter text/);
  }, 20_000);
});

describe('an answer too large to be told as JSON after each cell', () => {
  it('is told as print shows it', { timeout: 60_000 }, async () => {
    const ran = await (await testSession('', undefined, 2 ** 29)).run(
      'answer.content = Array.from({ length: 400_000 }, (_, a) => ({ a })); 1',
      patient,
    );
    expect(ran).toMatchObject({ ok: true, variables: [{ name: 'answer' }] });
    expect(ran.draft).toContain('… 399900 more');
  });
});
