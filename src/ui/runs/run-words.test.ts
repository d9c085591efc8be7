import { expect, test } from 'vitest';
import { summarise } from '../../trajectory/derive/run-summary.ts';
import { EMPTY, fold } from '../../trajectory/fold.ts';
import { refundsLog } from '../../trajectory/testing/refunds-log.ts';
import { originOf, runCost, runLine, runWord } from './run-words.ts';

const { events } = refundsLog();
const finished = summarise(fold(EMPTY, events));
const half = summarise(fold(EMPTY, events.slice(0, events.length / 2)));

test('a run in flight, and the same log opened from a file', () => {
  expect(runWord(half.outcome, false)).toBe('Running');
  expect(runWord(half.outcome, true)).toBe('Stopped');
  expect(runLine(half, false)).toMatch(/^Running · \d+ calls$/);
});

test('every outcome has its word', () => {
  expect(runLine(finished, false)).toMatch(/^Answered · 151 calls · 2:\d\d$/);
  expect(runWord('stopped', false)).toBe('Stopped');
  expect(runWord('failed', false)).toBe('Failed');
  expect(runLine({ ...finished, outcome: 'limit', limit: 'usd' }, false)).toMatch(/^Limit reached · budget · 2:\d\d$/);
});

test('a price that is not known is never nothing', () => {
  expect(runCost(summarise(EMPTY))).toBe('$0.00');
  expect(runCost(finished)).toMatch(/^\$0\.\d\d$/);
  const known = fold(EMPTY, events);
  const calls = new Map([...known.calls].map(([id, call]) => [id, { ...call, own: call.own && { ...call.own, costUsd: null } }]));
  expect(runCost(summarise({ ...known, calls }))).toBe('unknown');
  expect(runCost({ ...finished, unknownCost: true })).toMatch(/^≥ \$0\.\d\d$/);
});

test('a run says how it was answered where that is not by the RLM, and which run it goes on from', () => {
  expect(runLine({ ...finished, method: 'base' }, false)).toMatch(/^Plain model · Answered/);
  expect(runLine({ ...finished, method: 'of-later' }, false)).toMatch(/^of-later · Answered/);
  expect(originOf(finished)).toBeNull();
  expect(originOf({ ...finished, follows: 'r1' })).toEqual({ run: 'r1', words: 'Follows' });
  expect(originOf({ ...finished, branch: { run: 'r2', turn: 3 } })).toEqual({ run: 'r2', words: 'From turn 3 of' });
});
