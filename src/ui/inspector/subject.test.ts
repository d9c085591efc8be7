import { expect, test } from 'vitest';
import { EMPTY, fold } from '../../trajectory/fold.ts';
import { refundsLog } from '../../trajectory/testing/refunds-log.ts';
import { emptyWords, firstTab, neighboursOf, subjectOf, TABS } from './subject.ts';

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

test('a turn that ended in words is read, one with a cell shows it', () => {
  const last = subject('0', 6);
  expect(firstTab(last)).toBe('Code');
  expect(firstTab({ ...last, cell: null })).toBe('Reply');
  expect(firstTab({ ...last, cell: null, call: { ...last.call, status: 'running' } })).toBe('Code');
  expect(firstTab(subject('0.53', null))).toBe('Prompt');
});

test('who writes a turn is said, and that nobody did', () => {
  const { call, turn } = subject('0', 6);
  if (!turn) throw new Error('The root has six turns.');
  const unwritten = { ...turn, text: '', repliedAt: null, cell: null };
  const words = (changes: Partial<typeof call>) =>
    emptyWords('Code', { call: { ...call, ...changes }, turn: unwritten, cell: null }, 0);
  expect(words({ endedAt: null })).toContain('The model is writing this turn');
  expect(words({ endedAt: null, model: 'you' })).toContain('yours to write');
  expect(words({ status: 'failed' })).toContain('No reply came');
});
