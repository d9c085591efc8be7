import { describe, expect, test } from 'vitest';
import type { Fact, LogEvent, Usage } from '../events.ts';
import { EMPTY, fold } from '../fold.ts';
import { append } from '../log.ts';
import { spending, spendingByCall, spendingOf } from './spending.ts';
import { limitUses, runTotals } from './totals.ts';

const usage = (input: number, more: Partial<Usage> = {}): Usage => ({ input, cachedInput: 0, output: 1, reasoning: 0, ...more });
const start = (call: string, kind: 'llm' | 'rlm', shares?: string): Fact => {
  const parent = call === '0' ? null : call.slice(0, call.lastIndexOf('.'));
  return { type: 'call.started', call, parent, cell: null, kind, depth: call.split('.').length - 1, model: 'm', prompt: 'p', ...(shares && { shares }) };
};
const end = (call: string, costUsd: number | null, of: Usage = usage(10)): Fact => ({ type: 'call.finished', call, usage: of, costUsd, finishReason: 'stop' });

function stateOf(...facts: readonly Fact[]) {
  const events: LogEvent[] = [];
  for (const fact of facts) events.push(append(events, fact, 0));
  return fold(EMPTY, events);
}

/** A root with a child of two plain calls, and a plain call of its own. */
const tree = (costs: { root?: number | null; child?: number | null; first?: number | null; second?: number | null; own?: number | null }) =>
  stateOf(
    start('0', 'rlm'), start('0.1', 'rlm'), start('0.1.1', 'llm'), start('0.1.2', 'llm'), start('0.2', 'llm'),
    end('0.1.1', costs.first ?? (costs.first === null ? null : 0.125), usage(10, { cachedInput: 4, output: 5, reasoning: 2 })),
    end('0.1.2', costs.second ?? (costs.second === null ? null : 0.25), usage(20, { cachedInput: 8 })),
    end('0.1', costs.child ?? (costs.child === null ? null : 0.5), usage(30, { reasoning: 1 })),
    end('0.2', costs.own ?? (costs.own === null ? null : 1), usage(40)),
    end('0', costs.root ?? (costs.root === null ? null : 2), usage(50, { cachedInput: 16 })),
  );

describe('own and subtree', () => {
  test('are told apart for every call, cached and reasoning tokens too', () => {
    const state = tree({});
    const all = spendingByCall(state);
    expect([...all].map(([id, { own, total }]) => [id, own.usage.input, total.usage.input]).toSorted()).toEqual([
      ['0', 50, 150], ['0.1', 30, 60], ['0.1.1', 10, 10], ['0.1.2', 20, 20], ['0.2', 40, 40],
    ]);
    expect(all.get('0')?.total.usage).toEqual({ input: 150, cachedInput: 28, output: 9, reasoning: 3 });
    expect(all.get('0')?.total.costUsd).toBe(3.875);
    expect(all.get('0.1')?.own.costUsd).toBe(0.5);
    for (const call of state.calls.values()) expect(spending(state, call)).toEqual(all.get(call.id));
    expect(runTotals(state).usage).toEqual(all.get('0')?.total.usage);
    expect(spendingOf(state, ['0.1', '0.2']).costUsd).toBe(1.875);
  });

  test.each([
    ['first', ['0', '0.1', '0.1.1']],
    ['child', ['0', '0.1']],
    ['own', ['0', '0.2']],
    ['root', ['0']],
  ] as const)('a cost that nobody knows (%s) makes every total above it unknown, and no other', (which, unknown) => {
    const state = tree({ [which]: null });
    const all = spendingByCall(state);
    expect([...all].flatMap(([id, { total }]) => (total.unknownCost ? [id] : [])).toSorted()).toEqual(unknown);
    expect([...all].flatMap(([id, { own }]) => (own.unknownCost ? [id] : []))).toEqual([unknown.at(-1)]);
    expect(runTotals(state).unknownCost).toBe(true);
  });

  test('a free reply is a known nothing', () => {
    const state = tree({ first: 0, second: 0, child: 0, own: 0, root: 0 });
    expect(spendingByCall(state).get('0')?.total).toMatchObject({ costUsd: 0, unknownCost: false });
    const one = tree({ first: 0, second: null, child: 0, own: 0, root: 0 });
    expect(spendingByCall(one).get('0')?.total).toMatchObject({ costUsd: 0, unknownCost: true });
  });

  test('a turn of unknown cost makes its call unknown while it runs', () => {
    const state = stateOf(
      start('0', 'rlm'),
      { type: 'turn.started', call: '0', turn: 1, messages: [] },
      { type: 'turn.finished', call: '0', turn: 1, finishReason: 'stop', soFar: { usage: usage(7), costUsd: null } },
    );
    expect(runTotals(state)).toMatchObject({ costUsd: 0, unknownCost: true, usage: { input: 7 } });
  });

  test('a call that failed after it had spent keeps what it spent; one whose cost is not told is unknown', () => {
    const failed = (costUsd?: number | null): Fact => ({ type: 'call.failed', call: '0.1', message: 'No.', usage: usage(7), ...(costUsd !== undefined && { costUsd }) });
    expect(runTotals(stateOf(start('0', 'rlm'), start('0.1', 'rlm'), failed(0.3)))).toMatchObject({ costUsd: 0.3, unknownCost: false });
    expect(runTotals(stateOf(start('0', 'rlm'), start('0.1', 'rlm'), failed(null)))).toMatchObject({ unknownCost: true });
    expect(runTotals(stateOf(start('0', 'rlm'), start('0.1', 'rlm'), failed()))).toMatchObject({ unknownCost: true });
  });
});

test('a call that takes the reply of another costs nothing and is no sub-call of the limit', () => {
  const state = stateOf(
    { type: 'run.started', question: 'Q', method: 'rlm', documents: [], settings: { provider: 'p', baseUrl: '', rootModel: 'm', subModel: 'm', maxTurns: 1, maxDepth: 1, parallelSubCalls: 1, maxSubCalls: 10, budgetUsd: 1, maxSeconds: 1, cellCpuSeconds: 1, replMemoryMb: 1 } },
    start('0', 'rlm'),
    start('0.1', 'llm'),
    { type: 'call.sent', call: '0.1', attempt: 1 },
    start('0.2', 'llm', '0.1'),
    start('0.3', 'llm', '0.1'),
    { type: 'call.sent', call: '0.3', attempt: 1 },
    end('0.1', 0.1),
    end('0.2', 0, { input: 0, cachedInput: 0, output: 0, reasoning: 0 }),
    end('0.3', 0.1),
  );
  expect(runTotals(state)).toMatchObject({ calls: 4, subCalls: 2, shared: 1, finished: 3, usage: { input: 20 } });
  expect(runTotals(state).costUsd).toBeCloseTo(0.2, 9);
  expect(limitUses(state)[0]).toMatchObject({ limit: 'subCalls', used: 2, allowed: 10 });
});
