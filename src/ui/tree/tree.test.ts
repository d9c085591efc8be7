import { describe, expect, test } from 'vitest';
import { callSearch, findCalls } from '../../trajectory/derive/search-calls.ts';
import { treeRows } from '../../trajectory/derive/tree-rows.ts';
import { EMPTY, fold } from '../../trajectory/fold.ts';
import { refundsLog } from '../../trajectory/testing/refunds-log.ts';
import { foundRows } from './found-rows.ts';
import { rowOf, treeMove } from './tree-keys.ts';

const done = fold(EMPTY, refundsLog().events);
const found = (query: string) => foundRows(done, findCalls(done, callSearch(query)).kept);

describe('rows that a search keeps', () => {
  test('are what was found under the calls above it', () => {
    const rows = found('Call 0.77.24');
    expect(rows.map(({ id, level, position, setSize, open }) => [id, level, position, setSize, open])).toEqual([
      ['0', 1, 1, 1, true],
      ['0.77', 2, 1, 1, true],
      ['cluster:0.77:3', 3, 1, 1, true],
      ['0.77.24', 4, 1, 1, null],
    ]);
  });

  test('are none where nothing was found', () => {
    expect(found('no such words anywhere')).toEqual([]);
  });
});

describe('keys', () => {
  const rows = treeRows(done, new Set());
  const at = (id: string) => rows.findIndex((row) => row.id === id);

  test('walk the rows', () => {
    expect(treeMove(rows, 0, 'ArrowDown')).toEqual({ kind: 'go', index: 1 });
    expect(treeMove(rows, 0, 'ArrowUp')).toBeNull();
    expect(treeMove(rows, 0, 'End')).toEqual({ kind: 'go', index: rows.length - 1 });
  });

  test('right opens, then goes in; left closes, then goes out', () => {
    const cluster = at('cluster:0:3');
    expect(treeMove(rows, cluster, 'ArrowRight')).toEqual({ kind: 'toggle', id: 'cluster:0:3' });
    expect(treeMove(rows, 0, 'ArrowRight')).toEqual({ kind: 'go', index: 1 });
    expect(treeMove(rows, 0, 'ArrowLeft')).toEqual({ kind: 'toggle', id: '0' });
    expect(treeMove(rows, cluster, 'ArrowLeft')).toEqual({ kind: 'go', index: 0 });
  });

  test('enter shows a call and opens a fan-out; letters are left to others', () => {
    expect(treeMove(rows, 0, 'Enter')).toEqual({ kind: 'show' });
    expect(treeMove(rows, at('cluster:0:3'), ' ')).toEqual({ kind: 'toggle', id: 'cluster:0:3' });
    expect(treeMove(rows, 0, 'j')).toBeNull();
  });
});

test('a call is shown by the row it is folded into', () => {
  const rows = treeRows(done, new Set());
  expect(rows[rowOf(rows, '0.53')]?.id).toBe('cluster:0:4');
  const closed = treeRows(done, new Set(['0.77']));
  expect(closed[rowOf(closed, '0.77.3')]?.id).toBe('0.77');
});
