import { expect, test } from 'vitest';
import { EMPTY, fold } from '../fold.ts';
import type { CellState, RunState } from '../run-state.ts';
import { refundsLog } from '../testing/refunds-log.ts';
import { callsByLine, groupsOfCell, groupStatus, lastReplies, siblings, waitingLine } from './cell-calls.ts';

const { events } = refundsLog();
const done = fold(EMPTY, events);
const live = fold(EMPTY, events.filter((event) => event.at <= 98_000));

function cell(state: RunState, id: string): CellState {
  const found = state.cells.get(id);
  if (found === undefined) throw new Error(`no cell ${id}`);
  return found;
}

test('calls stand at the lines that asked for them', () => {
  expect(callsByLine(done, cell(done, '0:4')).map(({ line, calls }) => [line, calls.length])).toEqual([
    [4, 40],
    [11, 1],
    [14, 1],
  ]);
  expect(callsByLine(done, cell(done, '0:1'))).toEqual([]);
});

test('groups are those of the cell alone', () => {
  const groups = groupsOfCell(done, cell(done, '0:4'));
  expect(groups.map(({ kind, id }) => [kind, id])).toEqual([
    ['cluster', 'cluster:0:4'],
    ['call', '0.77'],
    ['call', '0.78'],
  ]);
});

test('a cell waits where it awaits what it asked for', () => {
  // Asked for on lines 4, 11 and 14, awaited on 18.
  expect(waitingLine(live, cell(live, '0:4'))).toBe(18);
  expect(waitingLine(live, cell(live, '0.77:3'))).toBe(2);
  expect(waitingLine(done, cell(done, '0:4'))).toBeNull();
});

test('last replies come from every depth, newest first', () => {
  const replies = lastReplies(live, cell(live, '0:4').calls, 5);
  expect(replies).toHaveLength(5);
  const ends = replies.map(({ endedAt }) => endedAt ?? 0);
  expect(ends).toEqual([...ends].sort((a, b) => b - a));
  expect(replies.every(({ kind, status }) => kind === 'llm' && status === 'finished')).toBe(true);
});

test('siblings are calls of one kind and one cell', () => {
  const call = done.calls.get('0.53')!;
  const ids = siblings(done, call);
  expect(ids).toHaveLength(40);
  expect(ids[ids.indexOf('0.53') - 1]).toBe('0.52');
});

test('a group says what most needs saying', () => {
  const calls = cell(live, '0.77:3').calls;
  expect(groupStatus(live, calls)).toBe('running');
  // All but the one that waits for its retry are back.
  expect(groupStatus(live, cell(live, '0:4').calls.slice(0, 40))).toBe('retrying');
  expect(groupStatus(done, calls)).toBe('finished');
  expect(groupStatus(done, ['0.77.24'])).toBe('failed');
  const cut = fold(live, [{ seq: live.length, at: live.at, type: 'run.finished', outcome: 'stopped', answer: null, citations: [] }]);
  expect(groupStatus(cut, calls)).toBe('cut');
});
