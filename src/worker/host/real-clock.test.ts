import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createClock } from './real-clock.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('counts from its beginning and sleeps', async () => {
  const clock = createClock();
  const slept = clock.sleep(1_000, new AbortController().signal);
  await vi.advanceTimersByTimeAsync(1_000);
  await slept;
  expect(clock.now()).toBeCloseTo(1_000);
});

it('goes on from where a run had got to, and tells the time of day', async () => {
  vi.setSystemTime(1_700_000_000_000);
  const clock = createClock(5_000);
  await vi.advanceTimersByTimeAsync(250);
  expect(clock.now()).toBeCloseTo(5_250);
  vi.setSystemTime(1_600_000_000_000);
  expect(clock.wall()).toBeCloseTo(1_700_000_000_250);
});

it('leaves no timer when aborted', async () => {
  const controller = new AbortController();
  const clock = createClock();
  const slept = clock.sleep(1_000, controller.signal);
  controller.abort(new Error('no more'));
  await expect(slept).rejects.toThrow('no more');
  await expect(clock.sleep(1, controller.signal)).rejects.toThrow('no more');
  expect(vi.getTimerCount()).toBe(0);
});

it('sleeps longer than a timer can', async () => {
  const done = vi.fn();
  const month = 30 * 24 * 3_600_000;
  void createClock().sleep(month, new AbortController().signal).then(done);
  await vi.advanceTimersByTimeAsync(month - 1);
  expect(done).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(done).toHaveBeenCalledOnce();
});
