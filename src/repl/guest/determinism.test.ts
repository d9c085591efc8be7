import { describe, expect, it } from 'vitest';
import { createQuickJs } from '../quickjs.ts';
import { makeDeterminism } from './determinism.ts';
import { capturePrimordials } from './primordials.ts';

/** What guest code makes of its clock and its random numbers, as JSON would carry it. */
async function guest(): Promise<(code: string) => unknown> {
  const { context } = await createQuickJs(null);
  const run = (code: string): unknown => context.dump(context.unwrapResult(context.evalCode(code))) as unknown;
  run(`globalThis.own = (${String(makeDeterminism)})((${String(capturePrimordials)})()); 0`);
  return run;
}

describe('the clock of a cell', () => {
  it('starts where it is told, and goes on by a millisecond with every look', async () => {
    const run = await guest();
    expect(run('own.begin(1e12, 0); [Date.now(), +new Date(), Date.parse(Date()), Date.now()]')).toEqual([
      1e12,
      1e12 + 1,
      1e12,
      1e12 + 3,
    ]);
  });

  it('follows the replies, and never goes back', async () => {
    const run = await guest();
    expect(run('own.begin(1000, 0); own.at(5000.7); const a = Date.now(); own.at(100); [a, Date.now()]')).toEqual([5000, 5001]);
    expect(run('own.begin(200, 0); Date.now()')).toBe(5002);
  });

  it('ends a loop that waits for time to pass', async () => {
    const run = await guest();
    expect(run('own.begin(0, 0); const from = Date.now(); while (Date.now() - from < 30_000); 1')).toBe(1);
  });

  it('is a Date in every other way', async () => {
    const run = await guest();
    expect(
      run(`own.begin(0, 0);
        class Day extends Date { isDay() { return true } }
        const real = Object.getPrototypeOf(new Date()).constructor;
        [new Date() instanceof Date, typeof Date(), new Date(2020, 1, 2, 3).getMonth(), new Date(Date.UTC(2020, 0)).toISOString(),
         Date.parse('2020-01-01T00:00:00Z'), new Day() instanceof Day, new Day(5).isDay(), new Day(5).getTime(), real === Date,
         Date.name, Date.length, Object.keys(Date).length, Object.prototype.toString.call(new Date()), new Date(new Date(7)).getTime(),
         new Date('nonsense').getTime() !== new Date('nonsense').getTime(), Date.prototype.constructor === Date,
         Reflect.construct(Date, [9], Day) instanceof Day]`),
    ).toEqual([
      true, 'string', 1, '2020-01-01T00:00:00.000Z', Date.UTC(2020, 0), true, true, 5, true,
      'Date', 7, 0, '[object Date]', 7, true, true, true,
    ]);
  });

  it('is the only one there is', async () => {
    const run = await guest();
    expect(run('[typeof performance, typeof Temporal, typeof setTimeout, typeof os, typeof std]')).toEqual(
      Array.from({ length: 5 }, () => 'undefined'),
    );
  });
});

describe('random numbers of a cell', () => {
  const ten = 'Array.from({ length: 10 }, Math.random)';

  it('are the same for the same seed, and others for another', async () => {
    const run = await guest();
    const first = run(`own.begin(0, 7); ${ten}`);
    expect(run(`own.begin(0, 7); ${ten}`)).toEqual(first);
    expect(run(`own.begin(0, 8); ${ten}`)).not.toEqual(first);
    expect(await guest().then((other) => other(`own.begin(5, 7); ${ten}`))).toEqual(first);
  });

  it('are spread over [0, 1)', async () => {
    const run = await guest();
    const counts = run(`own.begin(0, -1); const counts = Array(10).fill(0); let out = 0;
      for (let i = 0; i < 20_000; i++) { const x = Math.random(); if (x < 0 || x >= 1) out++; counts[Math.floor(x * 10)]++ }
      [out, ...counts]`) as number[];
    expect(counts[0]).toBe(0);
    for (const count of counts.slice(1)) expect(Math.abs(count - 2000)).toBeLessThan(250);
  });
});
