import { expect, test } from 'vitest';
import { TrajectoryEvent } from '../events.ts';
import { refundsLog } from './refunds-log.ts';

test('the refunds log is valid, dense, in order, and the same each time', () => {
  const { events } = refundsLog();
  for (const [index, event] of events.entries()) {
    expect(TrajectoryEvent.parse(event)).toEqual(event);
    expect(event.seq).toBe(index);
    expect(event.at).toBeGreaterThanOrEqual(events[index - 1]?.at ?? 0);
  }
  expect(refundsLog().events).toEqual(events);
});

test('the refunds log tells the story of the pictures', () => {
  const { events } = refundsLog();
  const ofType = (type: string) => events.filter((event) => event.type === type);
  expect(ofType('call.started')).toHaveLength(151);
  expect(ofType('call.retried')).toHaveLength(4);
  expect(ofType('call.failed')).toHaveLength(1);
  expect(ofType('turn.started')).toHaveLength(12);
  expect(events.at(-1)).toMatchObject({ type: 'run.finished', outcome: 'answered' });
});
