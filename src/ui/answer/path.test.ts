import { expect, test } from 'vitest';
import { EMPTY, fold } from '../../trajectory/fold.ts';
import { refundsLog } from '../../trajectory/testing/refunds-log.ts';
import { answerPath } from './path.ts';

test('the way to the answer, turn by turn', () => {
  const path = answerPath(fold(EMPTY, refundsLog().events));
  expect(path).toHaveLength(6);
  expect(path[0]).toEqual({
    turn: 1,
    said: 'I will look at the shape of both documents first.',
    facts: 'code only · at 0:00',
  });
  expect(path[3]?.facts).toMatch(/^42 calls · at 0:\d\d$/);
});

test('nothing is said of a run without a root', () => expect(answerPath(EMPTY)).toEqual([]));

test('what was said is told in plain words', () => {
  const state = fold(EMPTY, refundsLog().events);
  const root = state.calls.get('0');
  const said = (text: string) => {
    const turns = (root?.turns ?? []).map((turn) => ({ ...turn, text }));
    return root && answerPath({ ...state, calls: new Map([['0', { ...root, turns }]]) })[0]?.said;
  };
  expect(said('THINK: One of the passages says it.\n\nANSWER: 7')).toBe('One of the passages says it.');
  expect(said('# Plan\nThe code is **7413-QX**. More.')).toBe('Plan The code is 7413-QX.');
  expect(said('I call `find_all` with a * b.')).toBe('I call `find_all` with a * b.');
});
