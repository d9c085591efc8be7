import { describe, expect, it } from 'vitest';
import { createLocalRepl } from './local-repl.ts';
import type { Cell, CellOutcome, GuestQuery, QueryReply, ReplHost } from './port.ts';

const budget = { calls: 9, tokens: null, usd: null, turns: 3, seconds: 60 };
const signal = new AbortController().signal;
const open = () =>
  createLocalRepl({ documents: [] }).open(
    { context: { kind: 'texts', single: true, texts: [{ name: 'c', text: 'some text' }] }, memoryBytes: 2 ** 27 },
    signal,
  );

type Ran = CellOutcome & { readonly printed: string };

/** Runs cells in a session of their own, as a run and its replay do. */
async function runAll(
  cells: readonly (Partial<Cell> & { readonly code: string })[],
  query: ReplHost['query'] = async () => ({ ok: true, text: 'reply', budget, now: 0 }),
): Promise<Ran[]> {
  const session = await open();
  const all: Ran[] = [];
  for (const cell of cells) {
    let printed = '';
    const host: ReplHost = { print: (text) => void (printed += text), query };
    const outcome = await session.run({ cpuMs: 10_000, budget, now: 1_700_000_000_000, seed: 5, ...cell }, host, signal);
    all.push({ ...outcome, printed });
  }
  return all;
}

describe('a cell that is run again', () => {
  it('sees the same clock and the same random numbers', async () => {
    const code = 'const a = [Date.now(), Math.random()]; const r = await llm_query("q"); print(a, +new Date(), Math.random(), r)';
    const query = async (): Promise<QueryReply> => ({ ok: true, text: 'r', budget, now: 1_700_000_009_000.5 });
    const [first] = await runAll([{ code }], query);
    const [again] = await runAll([{ code }], query);
    expect(first?.printed).toMatch(/^\[1700000000000, 0\.\d+\] 1700000009000 0\.\d+ r\n$/);
    expect(again?.printed).toBe(first?.printed);
    expect((await runAll([{ code, seed: 6 }], query))[0]?.printed).not.toBe(first?.printed);
  });

  it.each([
    ['a loop', 'n = 0; for (;;) n++'],
    ['a loop that catches everything', 'n = 0; for (;;) try { for (;;) n++ } catch {}'],
    ['a loop after an await', 'n = 0; await llm_query("q"); for (;;) n++'],
    ['jobs without end', 'n = 0; for (;;) { n++; await 0 }'],
    ['jobs that breed', 'n = 0; const bomb = () => Promise.resolve().then(() => { n++; bomb() }); bomb()'],
    ['calls', 'n = 0; const f = () => n++; for (;;) f()'],
    ['a regular expression', 'n = 0; for (;;) { n++; /(a+)+$/.test("a".repeat(18) + "b") }'],
    ['garbage', 'n = 0; for (;;) { n++; const a = { n, toString() { return "x" } }; a.self = a }'],
  ])('and was stopped in %s stops at the same step', async (_name, code) => {
    const look = { code: 'print(n)' };
    const before = { code: 'for (let i = 0; i < 12_345; i++); const s = JSON.stringify(Array(1000).fill(1))' };
    const [, first, at] = await runAll([before, { code, cpuMs: 150 }, look]);
    expect(first).toMatchObject({ limit: 'cellCpu', error: { name: 'TimeoutError' } });
    expect(first?.stoppedAt).toBeGreaterThan(0);
    const stopAt = first?.stoppedAt ?? 0;
    const [, again, atAgain] = await runAll([before, { code, cpuMs: 150, stopAt }, look]);
    expect(again).toMatchObject({ limit: 'cellCpu', stoppedAt: stopAt, error: first?.error });
    expect(atAgain?.printed).toBe(at?.printed);
    expect(Number(at?.printed)).toBeGreaterThan(0);
  });

  it('stops where it did however little time it is given, and however much', async () => {
    const code = 'n = 0; for (;;) n++';
    const [first, at] = await runAll([{ code, cpuMs: 60 }, { code: 'print(n)' }]);
    const stopAt = first?.stoppedAt ?? 0;
    for (const cpuMs of [1, 60_000]) {
      const [, again] = await runAll([{ code, cpuMs, stopAt }, { code: 'print(n)' }]);
      expect(again?.printed, String(cpuMs)).toBe(at?.printed);
    }
  });

  it('stops where it did wherever the engine stood in its own count of steps before', async () => {
    const code = 'n = 0; for (;;) n++';
    const before = (steps: number) => ({ code: `n = 0; for (let i = 0; i < ${steps}; i++);` });
    const [, first, at] = await runAll([before(10), { code, cpuMs: 60 }, { code: 'print(n)' }]);
    const stopAt = first?.stoppedAt ?? 0;
    for (const steps of [1000, 4000, 7000]) {
      const [, , again] = await runAll([before(steps), { code, stopAt }, { code: 'print(n)' }]);
      expect(again?.printed, String(steps)).toBe(at?.printed);
    }
  });

  it('says nothing of a stop where there was none', async () => {
    expect((await runAll([{ code: '1' }]))[0]).not.toHaveProperty('stoppedAt');
  });

  it('goes on from each reply before it is given the next', async () => {
    // Both replies arrive while the guest is busy; what the first sets going comes to its end first.
    const waiting: ((reply: QueryReply) => void)[] = [];
    const query = (_query: GuestQuery) =>
      new Promise<QueryReply>((resolve) => {
        waiting.push(resolve);
        if (waiting.length === 2) for (const one of waiting) one({ ok: true, text: 'r', budget, now: 0 });
      });
    const code = `order = [];
      const ask = async (name) => { await llm_query(name); for (let i = 0; i < 3; i++) { order.push(name + i); await 0 } };
      await Promise.all([ask('a'), ask('b')]); print(order.join(' '))`;
    expect((await runAll([{ code }], query))[0]?.printed).toBe('a0 a1 a2 b0 b1 b2\n');
  });
});
