import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createSilenceWatches } from './silence.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

it('calls once when the deadline has passed, however often that was moved', () => {
  const watch = createSilenceWatches();
  let deadline = performance.now() + 100;
  const onSilence = vi.fn();
  watch(() => deadline, onSilence);
  vi.advanceTimersByTime(90);
  deadline += 100;
  vi.advanceTimersByTime(100);
  expect(onSilence).not.toHaveBeenCalled();
  vi.advanceTimersByTime(10);
  expect(onSilence).toHaveBeenCalledOnce();
  vi.advanceTimersByTime(1_000);
  expect(onSilence).toHaveBeenCalledOnce();
  expect(vi.getTimerCount()).toBe(0);
});

it('looks again where a deadline has come nearer', () => {
  const watch = createSilenceWatches();
  let deadline = performance.now() + 1_000;
  const onSilence = vi.fn();
  const { recheck } = watch(() => deadline, onSilence);
  deadline = performance.now() + 10;
  recheck();
  vi.advanceTimersByTime(10);
  expect(onSilence).toHaveBeenCalledOnce();
});

it('has one timer for many requests, each with its own deadline, and none when all are over', () => {
  const watch = createSilenceWatches();
  const from = performance.now();
  const silent: number[] = [];
  const watches = [300, 100, 200].map((ms) => watch(() => from + ms, () => silent.push(ms)));
  expect(vi.getTimerCount()).toBe(1);
  vi.advanceTimersByTime(150);
  expect(silent).toEqual([100]);
  watches[2]?.stop();
  vi.advanceTimersByTime(100);
  expect(silent).toEqual([100]);
  vi.advanceTimersByTime(50);
  expect(silent).toEqual([100, 300]);
  expect(vi.getTimerCount()).toBe(0);
  watch(() => performance.now() + 50, () => {}).stop();
  expect(vi.getTimerCount()).toBe(0);
});

it('calls at once where the deadline is over, and watches on what a listener begins', () => {
  const watch = createSilenceWatches();
  const second = vi.fn();
  watch(
    () => performance.now(),
    () => watch(() => performance.now(), second),
  );
  expect(second).toHaveBeenCalledOnce();
});
