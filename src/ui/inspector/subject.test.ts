import { expect, test } from 'vitest';
import { EMPTY, fold } from '../../trajectory/fold.ts';
import { refundsLog } from '../../trajectory/testing/refunds-log.ts';
import { emptyWords, neighboursOf, subjectOf, TABS } from './subject.ts';

const done = fold(EMPTY, refundsLog().events);
const subject = (id: string, turn: number | null) => subjectOf(done, done.calls.get(id)!, turn);

test('the subject is the turn that was chosen, else the last', () => {
  expect(subject('0', 2)).toMatchObject({ turn: { turn: 2 }, cell: { id: '0:2' } });
  expect(subject('0', null)).toMatchObject({ turn: { turn: 6 }, cell: { id: '0:6' } });
  expect(subject('0', 99)).toMatchObject({ turn: { turn: 6 } });
  expect(subject('0.53', null)).toMatchObject({ turn: null, cell: null });
});

test('previous and next walk turns, or calls that were asked for together', () => {
  expect(neighboursOf(done, subject('0', 1))).toEqual({ kind: 'turn', previous: null, next: { call: '0', turn: 2 } });
  expect(neighboursOf(done, subject('0.37', null))).toEqual({ kind: 'call', previous: null, next: { call: '0.38', turn: null } });
  expect(neighboursOf(done, subject('0.76', null)).next).toBeNull();
});

test('an empty tab says why, and a full one does not', () => {
  const why = (id: string, turn: number | null) => TABS.filter((tab) => emptyWords(tab, subject(id, turn), turn === 1 ? 0 : 3) !== null);
  expect(why('0', 4)).toEqual([]);
  expect(why('0', 1)).toEqual(['Variables']);
  expect(why('0', 6)).toEqual(['Output']);
  expect(why('0.53', null)).toEqual(['Code', 'Output', 'Variables']);
});
