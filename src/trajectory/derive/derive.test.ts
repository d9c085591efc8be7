import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Fact, LogEvent } from '../events.ts';
import { EMPTY, fold } from '../fold.ts';
import { append } from '../log.ts';
import type { CallState, RunState } from '../run-state.ts';
import { arbitraryLog, arbitraryNonsense } from '../testing/arbitrary-log.ts';
import { refundsLog } from '../testing/refunds-log.ts';
import { childGroups, childrenByCell, rangeName } from './grouping.ts';
import { messagesAt, openCell, progress, returned, returnedLine, variablesAt, waitingCell } from './reading.ts';
import { spending, spendingByCall, spendingOf } from './spending.ts';
import { marks, parallelism, turnTicks } from './timing.ts';
import { firstLimit, limitUses, runTotals } from './totals.ts';
import { treeRows } from './tree-rows.ts';

const { events } = refundsLog();
const done = fold(EMPTY, events);
/** The refunds run in the middle of turn 4, with both children at work. */
const live = fold(EMPTY, events.filter((event) => event.at <= 98_000));

function call(state: RunState, id: string): CallState {
  const found = state.calls.get(id);
  if (found === undefined) throw new Error(`no call ${id}`);
  return found;
}

describe('spending', () => {
  test('a total is own plus the totals of the sub-calls, whatever the log', () => {
    fc.assert(
      fc.property(fc.oneof(arbitraryLog().map((log) => log.events), arbitraryNonsense()), (any) => {
        const state = fold(EMPTY, any);
        const all = spendingByCall(state);
        for (const each of state.calls.values()) {
          const { own, total } = spending(state, each);
          const below = spendingOf(state, each.children);
          expect(total.usage.input).toBe(own.usage.input + below.usage.input);
          expect(total.usage.output).toBe(own.usage.output + below.usage.output);
          expect(total.usage.reasoning).toBe(own.usage.reasoning + below.usage.reasoning);
          expect(total.usage.cachedInput).toBe(own.usage.cachedInput + below.usage.cachedInput);
          expect(total.costUsd).toBeCloseTo(own.costUsd + below.costUsd, 9);
          expect(total.unknownCost).toBe(own.unknownCost || below.unknownCost);
          expect(all.get(each.id)?.total.usage).toEqual(total.usage);
          expect(all.get(each.id)?.total.unknownCost).toBe(total.unknownCost);
        }
        const root = state.calls.get('0');
        if (root !== undefined) {
          const run = runTotals(state);
          expect(run.usage).toEqual(spending(state, root).total.usage);
          expect(run.costUsd).toBeCloseTo(spending(state, root).total.costUsd, 9);
        }
      }),
    );
  });

  test('an unknown price makes a sum «at least», and only above it', () => {
    const unpriced = events.map((event) =>
      event.type === 'call.finished' && event['call'] === '0.77.5' ? { ...event, costUsd: null } : event,
    );
    const state = fold(EMPTY, unpriced);
    const unknown = ['0', '0.77', '0.77.5', '0.77.6', '0.78'].filter(
      (id) => spending(state, call(state, id)).total.unknownCost,
    );
    expect(unknown).toEqual(['0', '0.77', '0.77.5']);
    expect(spending(state, call(state, '0.77')).own.unknownCost).toBe(false);
  });
});

test('time that waits for the person is not used up', () => {
  const [started] = events;
  const log: LogEvent[] = started === undefined ? [] : [started];
  const add = (fact: Fact, at: number) => log.push(append(log, fact, at));
  const seconds = () => limitUses(fold(EMPTY, log)).find(({ limit }) => limit === 'seconds')?.used;
  add({ type: 'run.paused', why: 'person', message: 'Paused.' }, 4_000);
  add({ type: 'note.added', by: 'person', text: 'Hm.' }, 9_000);
  expect(seconds()).toBe(4);
  add({ type: 'run.continued', ok: true }, 64_000);
  add({ type: 'note.added', by: 'person', text: 'On.' }, 66_000);
  expect(seconds()).toBe(6);
});

test('totals and limits of the run', () => {
  expect(runTotals(done)).toMatchObject({
    calls: 151, subCalls: 150, inFlight: 0, queued: 0, retrying: 0, finished: 149, failed: 1, unknownCost: false,
  });
  expect(runTotals(done).costUsd).toBeCloseTo(0.34, 2);
  const now = runTotals(live);
  expect(now).toMatchObject({ subCalls: 142, inFlight: 12 });
  expect(now.queued).toBeGreaterThan(0);
  expect(firstLimit(live)).toEqual({ limit: 'subCalls', used: 142, allowed: 200, fraction: 0.71 });
  expect(limitUses(live).map(({ limit }) => limit)).toEqual(['subCalls', 'usd', 'seconds', 'turns']);
  expect(firstLimit(EMPTY)).toBeNull();
});

describe('timing', () => {
  test('never more in flight than the settings allow, and none at the end', () => {
    const steps = parallelism(done);
    expect(Math.max(...steps.map(({ inFlight }) => inFlight))).toBe(12);
    expect(steps.at(-1)?.inFlight).toBe(0);
    expect(parallelism(live).at(-1)?.inFlight).toBe(runTotals(live).inFlight);
  });

  test('steps are in order, change something, and agree with a count at every instant', () => {
    fc.assert(
      fc.property(arbitraryLog(80), (log) => {
        const steps = parallelism(fold(EMPTY, log.events));
        let before = { at: -1, inFlight: 0 };
        for (const step of steps) {
          expect(step.at).toBeGreaterThan(before.at);
          expect(step.inFlight).not.toBe(before.inFlight);
          const then = fold(EMPTY, log.events.filter(({ at }) => at <= step.at));
          expect(step.inFlight).toBe(runTotals(then).inFlight);
          before = step;
        }
      }),
      { numRuns: 50 },
    );
  });

  test('ticks of turns, marks of retries and failures', () => {
    expect(turnTicks(done).map(({ turn }) => turn)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(turnTicks(done, '0.77')).toHaveLength(3);
    expect(marks(done).map(({ kind, call: id }) => `${kind} ${id}`)).toEqual([
      'retry 0.17', 'retry 0.58', 'retry 0.67', 'failure 0.77.24', 'retry 0.77.41',
    ]);
  });
});

describe('rows of the tree', () => {
  test('large fan-outs are clusters, children stand on their own', () => {
    const rows = treeRows(done, new Set());
    expect(rows.map(({ id, level, position, setSize, open }) => [id, level, position, setSize, open])).toEqual([
      ['0', 1, 1, 1, true],
      ['cluster:0:3', 2, 1, 12, false],
      ['cluster:0:4', 2, 2, 12, false],
      ['0.77', 2, 3, 12, true],
      ['cluster:0.77:3', 3, 1, 1, false],
      ['0.78', 2, 4, 12, null],
      ...Array.from({ length: 8 }, (_, i) => [`0.${79 + i}`, 2, 5 + i, 12, null]),
    ]);
  });

  test('toggling opens a cluster and closes a call', () => {
    const open = treeRows(done, new Set(['cluster:0:4', '0.77']));
    expect(open.filter(({ level }) => level === 3)).toHaveLength(40);
    expect(open.some(({ id }) => id === 'cluster:0.77:3')).toBe(false);
    expect(treeRows(done, new Set(['0']))).toHaveLength(1);
  });

  test('with every cluster open each call has one row, after its parent', () => {
    fc.assert(
      fc.property(arbitraryLog(200), (log) => {
        const state = fold(EMPTY, log.events);
        const clusters = new Set([...state.cells.keys()].map((cell) => `cluster:${cell}`));
        const shown = treeRows(state, clusters).flatMap((row) => (row.kind === 'call' ? [row.id] : []));
        expect(shown.toSorted()).toEqual(state.order.toSorted());
        for (const [index, id] of shown.entries()) {
          const parent = state.calls.get(id)?.parent ?? null;
          if (parent !== null) expect(shown.indexOf(parent)).toBeLessThan(index);
        }
      }),
    );
  });

  test('a log nested 5,000 deep does not overflow', () => {
    const deep: LogEvent[] = [];
    const add = (fact: Fact) => deep.push(append(deep, fact, 0));
    let parent: string | null = null;
    for (let depth = 0; depth < 5_000; depth += 1) {
      const id: string = parent === null ? '0' : `${parent}.1`;
      add({ type: 'call.started', call: id, parent, cell: null, kind: 'rlm', depth, model: 'm', prompt: '' });
      parent = id;
    }
    const state = fold(EMPTY, deep);
    expect(treeRows(state, new Set())).toHaveLength(5_000);
    expect(spending(state, call(state, '0')).total.costUsd).toBe(0);
  });

  test('children by cell and names of ranges', () => {
    const root = call(done, '0');
    expect([...childrenByCell(done, root)].map(([cell, ids]) => [cell, ids.length])).toEqual([
      ['0:3', 36], ['0:4', 42], ['0:5', 8],
    ]);
    const names = childGroups(done, root).map((group) => (group.kind === 'cluster' ? rangeName(group.calls) : group.id));
    expect(names.slice(0, 4)).toEqual(['0.1–0.36', '0.37–0.76', '0.77', '0.78']);
    expect(rangeName(call(done, '0.77').children)).toBe('0.77.1–64');
    expect(rangeName(['0.4'])).toBe('0.4');
  });
});

describe('reading a call', () => {
  test('the messages of a turn are all that the model saw', () => {
    const root = call(done, '0');
    expect(messagesAt(root, 1).map(({ role }) => role)).toEqual(['system', 'user']);
    expect(messagesAt(root, 3).map(({ role }) => role)).toEqual([
      'system', 'user', 'assistant', 'user', 'assistant', 'user',
    ]);
    expect(messagesAt(root, 3).slice(0, 2)).toEqual(messagesAt(root, 1));
    const sub = call(done, '0.1');
    expect(messagesAt(sub, 1)).toEqual([{ role: 'user', content: sub.prompt }]);
  });

  test('what came back', () => {
    expect(returnedLine(call(done, '0.78'))).toBe('{n: 26, reopened: [70412, 71003, 72250, 73318, 75590]}');
    expect(returnedLine(call(done, '0.1'))).toBe('within five business days');
    expect(returned(call(done, '0.77.24'))).toBeNull();
    expect(returnedLine(call(live, '0'))).toBeNull();
    const long = { ...call(done, '0.1'), text: `\n\n  ${'x'.repeat(300)}\nmore` };
    expect(returnedLine(long)).toBe(`${'x'.repeat(200)}…`);
    expect(returnedLine({ ...long, text: ' \n ' })).toBe('');
  });

  test('the cell that waits, and how far its calls have come', () => {
    const cell = waitingCell(live, call(live, '0'));
    expect(cell?.id).toBe('0:4');
    const now = progress(live, cell?.calls ?? []);
    expect(now.asked).toBe(42);
    expect(now.back + now.failed + now.open).toBe(42);
    expect(now.open).toBeGreaterThan(0);
    expect(waitingCell(live, call(live, '0.77'))?.id).toBe('0.77:3');
    expect(openCell(done, call(done, '0'))).toBeNull();
    expect(waitingCell(done, call(done, '0'))).toBeNull();
  });

  test('variables at a turn are the last values by then', () => {
    const root = call(done, '0');
    const sizeOf = (turn?: number) =>
      variablesAt(done, root, turn).find(({ name }) => name === 'tickets')?.size;
    expect([sizeOf(1), sizeOf(2), sizeOf(3), sizeOf()]).toEqual([undefined, 6_911, 1_200, 1_200]);
  });
});
