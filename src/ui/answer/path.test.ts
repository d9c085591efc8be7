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
