import { expect, test } from 'vitest';
import { EMPTY, fold } from '../../trajectory/fold.ts';
import { refundsLog } from '../../trajectory/testing/refunds-log.ts';
import { callName, sharedFrom } from './call-name.ts';

const done = fold(EMPTY, refundsLog().events);

test('a call that took the reply of another says so; one that was sent after all does not', () => {
  const call = done.calls.get('0.53');
  if (!call) throw new Error('The log has this call.');
  expect(callName(done, call)).not.toContain('shares');
  const shared = { ...call, shares: '0.40', requests: [] };
  expect(sharedFrom(shared)).toBe('0.40');
  expect(callName(done, shared)).toContain('Call 0.53, back, shares the reply of 0.40,');
  expect(sharedFrom({ ...call, shares: '0.40' })).toBeNull();
});
