import { describe, expect, test } from 'vitest';
import { refundsLog } from '../../trajectory/testing/refunds-log.ts';
import { countAt, countWhilePlaying, playTimes } from './playback.ts';

const at = (...times: number[]) => times.map((each) => ({ at: each }));

test('events of one instant are shown together', () => {
  const log = at(0, 10, 10, 10, 25);
  expect([-1, 0, 9, 10, 24, 25, 99].map((time) => countAt(log, time))).toEqual([0, 1, 1, 4, 4, 5, 5]);
  expect(countAt([], 5)).toBe(0);
});

describe('playing', () => {
  test('keeps short pauses and cuts long ones to a second', () => {
    expect([...playTimes(at(0, 400, 60_400, 60_900))]).toEqual([0, 400, 1400, 1900]);
  });

  test('shows a long run in fifteen seconds', () => {
    const { events } = refundsLog();
    const times = playTimes(events);
    expect(times.at(-1)).toBeCloseTo(15_000, 6);
    expect([...times].every((time, index) => index === 0 || time >= (times[index - 1] ?? 0))).toBe(true);
    expect(countWhilePlaying(times, 0, 15_001)).toBe(events.length);
  });

  test('goes on from where it stands, and never back', () => {
    const times = playTimes(at(0, 400, 800, 1200));
    expect(countWhilePlaying(times, 2, 0)).toBe(2);
    expect(countWhilePlaying(times, 2, 399)).toBe(2);
    expect(countWhilePlaying(times, 2, 400)).toBe(3);
    expect(countWhilePlaying(times, 0, 0)).toBe(1);
  });
});
