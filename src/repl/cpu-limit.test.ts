import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CpuLimit } from './cpu-limit.ts';
import { pulse, SearchTimeError } from './host-work.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => void vi.useRealTimers());
const pass = (ms: number) => vi.advanceTimersByTime(ms);

/** A limit for a cell of 100 ms, and what was said of its searches. */
function limitOf(stopAt?: number) {
  const limit = new CpuLimit();
  const said: number[] = [];
  limit.startCell({ cpuMs: 100, ...(stopAt === undefined ? {} : { stopAt }) }, (cpuMs) => said.push(cpuMs));
  return { limit, said };
}

describe('the CPU limit of a cell', () => {
  it('is told by time, and by the count of checks when the cell is run again', () => {
    const { limit } = limitOf();
    limit.during(100, true, () => {
      expect(limit.check()).toBe(false);
      pass(101);
      expect(limit.check()).toBe(true);
    });
    expect(limit).toMatchObject({ stoppedAt: 2, interrupted: true, cpuMs: 101 });

    const again = limitOf(2).limit;
    again.during(100, true, () => {
      pass(60_000);
      expect([again.check(), again.check(), again.check()]).toEqual([false, true, true]);
    });
    expect(again.stoppedAt).toBe(2);
  });

  it('of a look at what the cell has made is time alone, and counts for no replay', () => {
    const { limit } = limitOf(1);
    limit.during(50, false, () => {
      expect(limit.check()).toBe(false);
      pass(51);
      expect(limit.check()).toBe(true);
    });
    expect(limit).toMatchObject({ stoppedAt: null, interrupted: true });
  });
});

describe('a search over a file', () => {
  const search = (limit: CpuLimit, ms: number, windows = 10) =>
    limit.work.during(() => {
      for (let i = 0; i < windows; i++) {
        pass(ms / windows);
        pulse();
      }
    });

  it('does not count as the cell’s CPU, and is told of every half second', () => {
    const { limit, said } = limitOf();
    limit.during(100, true, () => {
      pass(10);
      search(limit, 1500, 15);
      expect(limit.check()).toBe(false);
      pass(80);
    });
    expect(limit).toMatchObject({ interrupted: false, cpuMs: 90 });
    expect(said).toHaveLength(3);
    expect(Math.max(...said)).toBeLessThanOrEqual(10);
  });

  it('that never pulses is the cell’s own', () => {
    const { limit } = limitOf();
    limit.during(100, true, () => {
      limit.work.during(() => pass(150));
      expect(limit.check()).toBe(true);
    });
    expect(limit.cpuMs).toBe(150);
  });

  it('ends at twenty times the limit, and so does the cell, whatever it catches', () => {
    const { limit } = limitOf();
    const caught: unknown[] = [];
    limit.during(100, true, () => {
      for (let i = 0; i < 5; i++) {
        try {
          search(limit, 1000);
        } catch (error) {
          caught.push(error);
        }
      }
    });
    expect(caught).toHaveLength(3);
    expect(caught[0]).toBeInstanceOf(SearchTimeError);
    expect(limit).toMatchObject({ interrupted: true, stoppedAt: 1 });
    limit.during(100, true, () => expect(limit.check()).toBe(true));
  });

  it('that will be stopped at the next check, as it is known, ends at once', () => {
    const { limit } = limitOf(1);
    expect(() => limit.during(100, true, () => search(limit, 100))).toThrow(SearchTimeError);
  });

  it('of nobody’s is no matter', () => {
    expect(() => pulse()).not.toThrow();
  });
});
