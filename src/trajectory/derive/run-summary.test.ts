import { expect, test } from 'vitest';
import { EMPTY, fold } from '../fold.ts';
import { refundsLog } from '../testing/refunds-log.ts';
import { RunSummary, endingLimit, summarise } from './run-summary.ts';

const { events } = refundsLog();
const done = fold(EMPTY, events);

test('tells of a run what a list needs, and can be kept', () => {
  const summary = summarise(done);
  expect(summary).toMatchObject({ outcome: 'answered', turns: 6, calls: 151, limit: null });
  expect(summary.at).toBe(done.finished?.at);
  expect(RunSummary.parse(JSON.parse(JSON.stringify(summary)))).toEqual(summary);
  expect(summarise(EMPTY)).toMatchObject({ question: '', outcome: null, turns: 0, calls: 0 });
});

test('the limit of the run says why it ended, not one that a child met', () => {
  const met = (limit: 'usd' | 'turns', call: string | null) => ({ at: 1, limit, value: 1, call });
  expect(endingLimit({ ...done, limits: [met('usd', null), met('turns', '0.77')] })).toBe('usd');
  expect(endingLimit({ ...done, limits: [met('turns', '0.77')] })).toBe('turns');
});
