import { expect, test } from 'vitest';
import { refundsLog } from '../../trajectory/testing/refunds-log.ts';
import { eventsOfCall, rawLine } from './raw-events.ts';

const { events } = refundsLog();

test('a call has its own events and those of its cells, not those of its sub-calls', () => {
  const own = eventsOfCall(events, events.length, '0.77');
  expect(own[0]).toMatchObject({ type: 'call.started', call: '0.77' });
  expect(own.at(-1)).toMatchObject({ type: 'call.finished', call: '0.77' });
  expect(own.some(({ type }) => type === 'cell.printed')).toBe(true);
  expect(own.every((event) => !('call' in event) || event.call === '0.77')).toBe(true);
});

test('a reply that was handed over is of the cell that got it, not of the call it came from', () => {
  const budget = { calls: 1, tokens: null, usd: null, turns: 1, seconds: 1 };
  const handed = (call: string | null) => ({ seq: 0, at: 0, type: 'query.answered' as const, cell: '0:2', query: 0, ok: true, call, now: 0, budget });
  const log = [handed('0.1'), handed(null), { seq: 2, at: 0, type: 'run.resumed' as const }];
  expect(eventsOfCall(log, 3, '0')).toHaveLength(2);
  expect(eventsOfCall(log, 3, '0.1')).toEqual([]);
});

test('only what the playhead has passed', () => {
  expect(eventsOfCall(events, 2, '0').map(({ seq }) => seq)).toEqual([1]);
});

test('a long string is cut and says how much is missing', () => {
  const line = rawLine({ seq: 1, at: 0, type: 'cell.printed', cell: '0:1', text: 'x'.repeat(2_500) });
  expect(line).toContain('[500 more characters, copied whole]');
  expect(line.length).toBeLessThan(2_200);
  expect(JSON.parse(rawLine({ seq: 1, at: 0, type: 'cell.printed', cell: '0:1', text: 'short\n' }))).toMatchObject({ text: 'short\n' });
});
