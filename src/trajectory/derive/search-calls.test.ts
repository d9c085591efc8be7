import { describe, expect, test } from 'vitest';
import { EMPTY, fold } from '../fold.ts';
import { refundsLog } from '../testing/refunds-log.ts';
import { callSearch, findCalls } from './search-calls.ts';

const done = fold(EMPTY, refundsLog().events);
const idsOf = (query: string) => [...findCalls(done, callSearch(query)).texts.keys()];

describe('search', () => {
  test('finds code, and keeps the calls above what it found', () => {
    const { texts, kept } = findCalls(done, callSearch('payment REFERENCE? Ids'));
    expect(texts.has('0.77.5')).toBe(true);
    expect(texts.has('0.37')).toBe(false);
    expect(kept.has('0.77') && kept.has('0')).toBe(true);
    expect(texts.get('0.77.5')).toContain('payment reference? Ids');
  });

  test('finds what was printed, and a call by its name', () => {
    expect(idsOf('18204 lines in 6911')).toEqual(['0']);
    expect(idsOf('Call 0.77.12')).toEqual(['0.77.12']);
  });

  test('takes signs of patterns for what they are', () => {
    expect(idsOf('.*')).toEqual([]);
    expect(idsOf('grep(/refund/i')).toEqual(['0']);
  });

  test('looks again only at what has changed', () => {
    const search = callSearch('zebra');
    findCalls(done, search);
    const next = fold(
      { ...done, finished: null, calls: new Map([...done.calls].map(([id, call]) => [id, id === '0.1' ? { ...call, status: 'running' } : call])) },
      [{ seq: done.length, at: done.at, type: 'call.text', call: '0.1', text: 'a zebra' }],
    );
    expect([...findCalls(next, search).texts.keys()]).toEqual(['0.1']);
  });
});
