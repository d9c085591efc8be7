import * as fc from 'fast-check';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { spendingByCall } from '../trajectory/derive/spending.ts';
import { runTotals } from '../trajectory/derive/totals.ts';
import type { TrajectoryEvent } from '../trajectory/events.ts';
import { EMPTY, fold } from '../trajectory/fold.ts';
import type { Account } from './account.ts';
import { arbitraryTree } from './testing/arbitrary-tree.ts';
import { cell, runScript } from './testing/run-script.ts';

/** Every account of the runs of a test. */
const accounts = vi.hoisted((): Account[] => []);
vi.mock('./account.ts', async (original) => {
  const real = await original<typeof import('./account.ts')>();
  class Watched extends real.Account {
    constructor(...args: ConstructorParameters<typeof Account>) {
      super(...args);
      accounts.push(this);
    }
    override open(...[call, share]: Parameters<Account['open']>): Account {
      const { maxCalls: calls, maxUsd: usd } = super.open(call, share);
      return new Watched(call, this, { calls, usd });
    }
  }
  return { ...real, Account: Watched };
});
beforeEach(() => void accounts.splice(0));

const many = <T>(value: T, count: number): T[] => Array.from({ length: count }, () => value);
const finish = cell('FINAL("plum")');

/** Root asks 5 children and plain calls in parallel, each of these 9 and plain calls, each of those plain calls. */
const tree = {
  rlm: {
    Q: [{ text: cell('r = await Promise.all([...[1,2,3,4,5].map((i) => rlm_query("A", "x")), ...["p", "q"].map((p) => llm_query(p))]); FINAL(r.join("|"))'), costUsd: 0.01 }],
    A: many({ text: cell('r = await Promise.all([...[1,2,3,4,5,6,7,8,9].map(() => rlm_query("B", "y")), llm_query("of A")]); FINAL(r.join(","))'), costUsd: 0.001 }, 5),
    B: many({ text: cell('r = await llm_query_batched(["1","2","3","4","5","6","7","8","9","10"]); FINAL(r.join(""))'), costUsd: 0.0005 }, 45),
  },
  sub: (prompt: string) => ({ text: prompt === '7' ? '.' : `<${prompt}>`, costUsd: 0.0001, latencyMs: 3 + (prompt.length % 3) }),
  latencyMs: 5,
};

describe('a tree of depth 3 with 500 calls', () => {
  it.each([1, 3, 8, 64])('ends with %i requests at once at most, numbered by path, and its figures agree', async (parallelSubCalls) => {
    const settings = { maxDepth: 3, parallelSubCalls, maxSubCalls: 1000 };
    const { end, model, of, events } = await runScript({ ...tree, settings });
    const leaves = `${['1', '2', '3', '4', '5', '6'].map((n) => `<${n}>`).join('')}.<8><9><10>`;
    const branch = [...many(leaves, 9), '<of A>'].join(',');
    expect(end).toMatchObject({ outcome: 'answered', answer: [...many(branch, 5), '<p>', '<q>'].join('|') });
    expect(model.mostInFlight).toBeLessThanOrEqual(parallelSubCalls);
    if (parallelSubCalls < 64) expect(model.mostInFlight).toBe(parallelSubCalls);

    const path = (parent: string, count: number) => Array.from({ length: count }, (_, index) => `${parent}.${index + 1}`);
    const level1 = path('0', 7);
    const level2 = level1.slice(0, 5).flatMap((id) => path(id, 10));
    const level3 = level2.filter((id) => !id.endsWith('.10')).flatMap((id) => path(id, 10));
    const started = of('call.started').map(({ call }) => call);
    expect(started.toSorted()).toEqual(['0', ...level1, ...level2, ...level3].toSorted());
    expect(started).toHaveLength(1 + 7 + 50 + 450);

    const state = fold(EMPTY, events);
    const totals = runTotals(state);
    expect(totals).toMatchObject({ calls: 508, subCalls: 507, finished: 507, failed: 0, inFlight: 0 });
    const requests = 1 + 5 + 45 + 450 + 5 + 2;
    expect(model.requests).toHaveLength(requests);
    expect(totals.usage).toMatchObject({ input: 100 * requests, output: 10 * requests });
    expect(totals.costUsd).toBeCloseTo(model.paidUsd, 9);
    const spent = spendingByCall(state);
    expect(spent.get('0')?.total.costUsd).toBeCloseTo(model.paidUsd, 9);
    expect(spent.get('0')?.own.costUsd).toBeCloseTo(0.01, 9);
    expect(spent.get('0.3')?.total.costUsd).toBeCloseTo(0.001 + 0.0001 + 9 * (0.0005 + 10 * 0.0001), 9);
    expect(spent.get('0.3.4')?.total.usage.input).toBe(1100);
  });

  it('meets the limit of sub-calls at the share of a child first, and each says whose it was', async () => {
    const sub = () => 'ok';
    const { of, end } = await runScript({
      rlm: {
        Q: [cell('print(await rlm_query("A", "x")); r = await llm_query_batched(["1","2","3","4","5","6","7"]); print(r.map(String).join("; "))'), finish],
        A: [cell('r = await llm_query_batched(["a","b","c","d","e","f"]); print(r.map(String).join("; "), budget().calls); FINAL("a")')],
      },
      sub,
      settings: { maxDepth: 2, maxSubCalls: 9 },
    });
    const share = 'Error: Of the run\'s sub-calls call 0.1 has a share of 4, which is used up: work with what you have, in code.';
    const whole = 'Error: The limit of 9 sub-calls is reached: work with what you have, in code.';
    expect(of('cell.finished').map(({ observation }) => observation)).toEqual([
      `ok; ok; ok; ok; ${share}; ${share} 0\n`,
      `a\n${[...many('ok', 4), ...many(whole, 3)].join('; ')}\n`,
      '',
    ]);
    expect(of('limit.reached')).toMatchObject([
      { limit: 'subCalls', value: 4, call: '0.1' },
      { limit: 'subCalls', value: 9 },
    ]);
    expect(of('limit.reached')[1]).not.toHaveProperty('call');
    expect(of('call.started')[1]).toMatchObject({ call: '0.1', share: { calls: 4, usd: 1 / 2 } });
    expect(of('call.started')[0]).not.toHaveProperty('share');
    expect(end.outcome).toBe('answered');
  });
});

describe('money of a child', () => {
  const price = () => 0.01;

  it('ends with its share, after one last turn to submit; its parent goes on', async () => {
    const { of, end, model } = await runScript({
      rlm: {
        Q: [
          { text: cell('print(await rlm_query("A", "x").catch(String)); print(await llm_query("after"))'), costUsd: 0.01 },
          { text: finish, costUsd: 0.01 },
        ],
        A: [
          { text: cell('n = 0; for (i of [1,2,3,4,5,6,7,8,9]) { await llm_query("p" + i); n++ }'), costUsd: 0.01 },
          { text: cell('FINAL(n + " done")'), costUsd: 0.01 },
        ],
      },
      sub: () => ({ text: 'ok', costUsd: 0.01 }),
      price,
      // What is left beside the root's two turns is 0.12.
      settings: { maxDepth: 2, budgetUsd: 0.14 },
    });
    // Of six cents one was the child's first turn, and one is kept for its last.
    expect(of('call.started').filter(({ call }) => call.startsWith('0.1.'))).toHaveLength(4);
    expect(of('limit.reached')).toMatchObject([{ limit: 'usd', value: expect.closeTo(0.06), call: '0.1' }]);
    const [last] = model.requests.filter(({ messages }) => messages.at(-1)?.content.includes('last turn'));
    expect(last?.messages[1]?.content).toContain('Question:\nA\n');
    expect(of('cell.finished').map(({ observation }) => observation)).toEqual([
      expect.stringContaining("Of the run's budget call 0.1 has a share of 0.0600 USD, which does not cover another request."),
      '',
      '4 done\nok\n',
      '',
    ]);
    expect(end).toMatchObject({ outcome: 'answered', answer: 'plum' });
  });

  it('of a child that met the run’s own limit is not said to be its share', async () => {
    const { of, end } = await runScript({
      rlm: {
        Q: [{ text: cell('r = await Promise.all([1,2,3].map(() => rlm_query("A", "x").catch(String))); print(r.join("; "))'), costUsd: 0.01 }, finish],
        A: many({ text: cell('await llm_query_batched(["a","b","c","d"]); await llm_query("e"); await llm_query("f"); FINAL("a")'), costUsd: 0.01 }, 9),
      },
      sub: () => ({ text: 'ok', costUsd: 0.01 }),
      price,
      settings: { maxDepth: 2, budgetUsd: 0.2 },
    });
    expect(of('limit.reached')).toMatchObject([{ limit: 'usd', value: 0.2 }, ...many({ limit: 'usd' }, of('limit.reached').length - 1)]);
    expect(of('cell.finished').some(({ error }) => error?.message.includes('The budget of 0.20 USD'))).toBe(true);
    expect(end.outcome).toBe('limit');
  });

  it('is shown to it as the smaller of its share and of what is left above', async () => {
    const { of } = await runScript({
      rlm: {
        Q: [cell('await Promise.all([rlm_query("A", "x"), rlm_query("B", "x").catch(() => {})])'), finish],
        A: [{ text: cell('print(budget().usd, budget().calls); await llm_query("slow"); print(budget().usd, budget().calls)'), costUsd: 0 }, finish],
        B: [cell('await llm_query_batched(["b","b","b"])'), finish],
      },
      sub: (prompt) => (prompt === 'slow' ? { text: 'ok', latencyMs: 100 } : { text: 'ok', costUsd: 0.25 }),
      settings: { maxDepth: 2, maxSubCalls: 7 },
      latencyMs: 5,
    });
    const shown = of('cell.finished').find(({ cell: id }) => id === '0.1:1')?.observation.trim().split('\n');
    // They began with 3 of 6 and 3 of 5 calls, and half the money each. B used all of it and more.
    expect(shown?.[0]).toBe('0.5 3');
    expect(Number(shown?.[1]?.split(' ')[0])).toBeCloseTo(0.25, 9);
    expect(shown?.[1]?.split(' ')[1]).toBe('1');
  });

  it('covers one request where the parent has it, though half of it would not', async () => {
    const run = await runScript({
      rlm: { Q: [cell('print(await rlm_query("A", "x"))'), finish], A: [{ text: cell('FINAL("done")'), costUsd: 0.001 }] },
      price,
      settings: { maxDepth: 2, budgetUsd: 0.025 },
    });
    expect(run.of('cell.finished')[1]?.observation).toBe('done\n');
    expect(run.of('limit.reached')).toMatchObject([{ limit: 'usd', call: '0.1' }]);
    expect(run.end.outcome).toBe('answered');
  });

  it('comes back whole when it is ended from outside', async () => {
    const run = await runScript({
      rlm: {
        Q: [cell('rlm_query("A", "x").catch(() => {}); await llm_query("1")'), cell('1')],
        A: [cell('await Promise.all([llm_query("hang"), rlm_query("B", "x")])')],
        B: [cell('await llm_query_batched(["hang", "hang"])')],
      },
      sub: (prompt) => (prompt === 'hang' ? { text: '', hangs: true } : { text: 'ok', latencyMs: 100 }),
      price,
      latencyMs: 5,
      settings: { maxDepth: 3, maxTurns: 2, parallelSubCalls: 2 },
    });
    expect(run.of('call.failed').map(({ call, cancelled }) => [call, cancelled])).toEqual([
      ['0.1.2.1', true], ['0.1.2.2', true], ['0.1.1', true], ['0.1.2', true], ['0.1', true],
    ].toSorted((a, b) => order(run.events, a[0]) - order(run.events, b[0])));
    expect(accounts.map(({ call, reservedUsd }) => [call, reservedUsd])).toEqual([[null, 0], ['0.1', 0], ['0.1.2', 0]]);
  });
});

function order(events: readonly TrajectoryEvent[], call: string | boolean | undefined): number {
  return events.findIndex((event) => event.type === 'call.failed' && event.call === call);
}

it('holds for any tree, limits and faults: nobody is over its share, nothing stays reserved, the run ends', { timeout: 120_000 }, async () => {
  const met = new Set<string>();
  await fc.assert(
    fc.asyncProperty(arbitraryTree(), async (script) => {
      accounts.splice(0);
      const check = () => {
        for (const { call, spentUsd, reservedUsd, maxUsd, calls, maxCalls } of accounts) {
          expect(spentUsd + reservedUsd, `money of ${call}`).toBeLessThanOrEqual(maxUsd + 1e-8);
          expect(calls, `calls of ${call}`).toBeLessThanOrEqual(maxCalls);
        }
        return false;
      };
      const { end, model, of, events } = await runScript({ ...script, stopAt: check });
      check();
      expect(['answered', 'limit', 'failed']).toContain(end.outcome);
      expect(accounts.map(({ reservedUsd }) => reservedUsd)).toEqual(accounts.map(() => 0));
      expect(model.mostInFlight).toBeLessThanOrEqual((script.settings?.parallelSubCalls ?? 0) + 1);
      const state = fold(EMPTY, events);
      expect(accounts[0]?.calls).toBe(runTotals(state).subCalls);
      expect(accounts[0]?.spentUsd).toBeCloseTo(runTotals(state).costUsd, 9);
      for (const [id, { total }] of spendingByCall(state)) {
        const share = accounts.find(({ call }) => call === id);
        if (share) expect(share.spentUsd).toBeCloseTo(total.costUsd, 9);
      }
      for (const { limit, call } of of('limit.reached')) met.add(`${limit} of ${call === undefined ? 'the run' : 'a call'}`);
      for (const { type } of events) if (type === 'call.failed') met.add(type);
    }),
    { numRuns: 150 },
  );
  expect([...met].toSorted()).toEqual(expect.arrayContaining(['call.failed', 'subCalls of a call', 'subCalls of the run', 'usd of a call', 'usd of the run']));
});
