import { expect, test } from 'vitest';
import { EMPTY, fold } from '../../trajectory/fold.ts';
import { refundsLog } from '../../trajectory/testing/refunds-log.ts';
import { callName } from './call-name.ts';
import { limitMet } from './limit-met.ts';

const done = fold(EMPTY, refundsLog().events);
const child = [...done.calls.values()].find(({ kind, parent }) => kind === 'rlm' && parent !== null);

test('a child that met a limit of its own says which', () => {
  if (!child) throw new Error('The log has a child.');
  const met = (call: string | null, limit: 'turns' | 'depth') => ({ ...done, limits: [{ at: 1, limit, value: 4, call }] });
  expect(limitMet(met(child.id, 'turns'), child)).toBe('turns');
  expect(callName(met(child.id, 'turns'), child)).toContain('limit reached: turns');
  expect(limitMet(met(null, 'turns'), child)).toBeNull();
  expect(limitMet(met(child.id, 'depth'), child)).toBeNull();
});
