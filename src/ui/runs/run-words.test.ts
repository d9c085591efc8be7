import { expect, test } from 'vitest';
import { EMPTY, fold } from '../../trajectory/fold.ts';
import { refundsLog } from '../../trajectory/testing/refunds-log.ts';
import { runCost, runSummary, runWord } from './run-words.ts';

const { events } = refundsLog();
const finished = fold(EMPTY, events);
const half = fold(EMPTY, events.slice(0, events.length / 2));
const ended = (outcome: 'stopped' | 'failed' | 'limit') =>
  finished.finished ? { ...finished, finished: { ...finished.finished, outcome } } : finished;

test('a run in flight, and the same log opened from a file', () => {
  expect(runWord(half, false)).toBe('Running');
  expect(runWord(half, true)).toBe('Stopped');
  expect(runSummary(half, false)).toMatch(/^Running · \d+ calls$/);
});

test('every outcome has its word', () => {
  expect(runSummary(finished, false)).toMatch(/^Answered · 151 calls · 2:\d\d$/);
  expect(runWord(ended('stopped'), false)).toBe('Stopped');
  expect(runWord(ended('failed'), false)).toBe('Failed');
  const limited = { ...ended('limit'), limits: [{ at: 1, limit: 'usd' as const, value: 1, call: null }] };
  expect(runSummary(limited, false)).toMatch(/^Limit reached · budget · 2:\d\d$/);
});

test('a price that is not known is never nothing', () => {
  expect(runCost(EMPTY)).toBe('$0.00');
  expect(runCost(finished)).toMatch(/^\$0\.\d\d$/);
  const calls = new Map([...finished.calls].map(([id, call]) => [id, { ...call, own: call.own && { ...call.own, costUsd: null } }]));
  expect(runCost({ ...finished, calls })).toBe('unknown');
});
