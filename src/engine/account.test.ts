import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Account } from './account.ts';

const run = (calls: number, usd: number) => new Account(null, null, { calls, usd });

/** Takes what a request of `usd` takes, and gives it back. */
function hold(account: Account, usd: number) {
  account.begin();
  account.hold(usd);
  return (costUsd: number) => account.end(usd, costUsd);
}

describe('a share', () => {
  it('is half of what is left above, and a whole call where there is one', () => {
    const root = run(7, 1);
    root.countCall(1);
    hold(root, 0.2);
    root.keptUsd = () => 0.1;
    const child = root.open('0.1', null);
    expect([child.maxCalls, child.maxUsd]).toEqual([3, expect.closeTo(0.35)]);
    expect(child.open('0.1.1', null).maxCalls).toBe(2);
    expect(run(1, 1).open('0.1', null).maxCalls).toBe(1);
    expect(run(0, 1).open('0.1', null).maxCalls).toBe(0);
  });

  it('is what its log tells, where there is one', () => {
    const child = run(100, 1).open('0.1', { calls: 7, usd: 0.25 });
    expect([child.maxCalls, child.maxUsd]).toEqual([7, 0.25]);
  });

  it('covers one request where those above it can', () => {
    const root = run(10, 1);
    const child = root.open('0.1', null);
    child.raise(0.8);
    expect(child.maxUsd).toBe(0.8);
    const other = root.open('0.2', null);
    other.raise(1.2);
    expect(other.maxUsd).toBe(0.5);
    hold(other, 0.1)(0.1);
    other.raise(0.7);
    expect(other.maxUsd).toBe(0.5);
  });

  it('overlaps with those of its siblings, and none of them spends what the parent does not have', () => {
    const root = run(10, 1);
    const a = root.open('0.1', null);
    const b = root.open('0.2', null);
    const c = root.open('0.3', null);
    hold(a, 0.5);
    hold(b, 0.4);
    expect(c.shortOf(0.2, false)).toBe(root);
    expect(a.shortOf(0.01, false)).toBe(a);
    expect(c.left().usd).toBeCloseTo(0.1);
  });

  it('gives back what its child did not use, to the last cent', () => {
    const root = run(10, 0.3);
    const child = root.open('0.1', null);
    for (const settle of [0.1, 0.02, 0.03].map((usd) => hold(child, usd))) settle(0.01);
    expect([root.reservedUsd, child.reservedUsd]).toEqual([0, 0]);
    expect(root.left().usd).toBeCloseTo(0.27);
  });

  it('keeps what its own last turn costs from all below it, not from its own turns', () => {
    const root = run(10, 1);
    const child = root.open('0.1', null);
    child.keptUsd = () => 0.3;
    expect(child.shortOf(0.3, false)).toBe(child);
    expect(child.shortOf(0.3, true)).toBeNull();
    expect(child.open('0.1.1', null).shortOf(0.3, true)).not.toBeNull();
    expect(child.left().usd).toBeCloseTo(0.2);
    root.keptUsd = () => 0.8;
    expect(child.shortOf(0.3, true)).toBe(root);
  });
});

describe('calls', () => {
  it('are counted in all accounts above', () => {
    const root = run(3, 1);
    const child = root.open('0.1', null);
    const other = root.open('0.2', null);
    child.countCall(1);
    child.countCall(1);
    expect(child.full()).toBe(child);
    expect(other.full()).toBeNull();
    other.countCall(1);
    expect([root.full(), other.full()]).toEqual([root, root]);
    child.countCall(-1);
    expect([root.calls, other.left().calls]).toEqual([2, 1]);
  });
});

type Step =
  | { readonly do: 'open' | 'call'; readonly at: number }
  | { readonly do: 'hold'; readonly at: number; readonly usd: number; readonly own: boolean }
  | { readonly do: 'end'; readonly at: number; readonly part: number };

const at = fc.nat();
const steps = fc.array(
  fc.oneof<fc.Arbitrary<Step>[]>(
    fc.record({ do: fc.constantFrom('open' as const, 'call' as const), at }),
    fc.record({ do: fc.constant('hold' as const), at, usd: fc.double({ min: 0, max: 0.4, noNaN: true }), own: fc.boolean() }),
    fc.record({ do: fc.constant('end' as const), at, part: fc.double({ min: 0, max: 1, noNaN: true }) }),
  ),
  { maxLength: 120 },
);

it('holds for any tree: no account is ever used beyond what it has, and nothing stays reserved', () => {
  fc.assert(
    fc.property(steps, fc.nat(30), (all, calls) => {
      const root = run(calls, 1);
      const accounts = [root];
      const ends: ((part: number) => void)[] = [];
      for (const step of all) {
        const account = accounts[step.at % accounts.length] ?? root;
        switch (step.do) {
          case 'open': {
            const child = account.open(`0.${accounts.length}`, null);
            child.keptUsd = () => 0.01;
            accounts.push(child);
            break;
          }
          case 'call':
            if (account.full() === null) account.countCall(1);
            break;
          case 'hold': {
            if (account.shortOf(step.usd, step.own) !== null) break;
            const end = hold(account, step.usd);
            ends.push((part) => end(step.usd * part));
            break;
          }
          case 'end':
            ends.splice(step.at % Math.max(1, ends.length), 1)[0]?.(step.part);
            break;
        }
        for (const each of accounts) {
          expect(each.spentUsd + each.reservedUsd).toBeLessThanOrEqual(each.maxUsd + 1e-8);
          expect(each.calls).toBeLessThanOrEqual(each.maxCalls);
        }
      }
      for (const end of ends) end(0.5);
      expect(accounts.map(({ reservedUsd }) => reservedUsd)).toEqual(accounts.map(() => 0));
    }),
  );
});
