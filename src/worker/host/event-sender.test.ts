import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { TrajectoryEvent } from '../../trajectory/events.ts';
import { createEventSender } from './event-sender.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const note = (seq: number): TrajectoryEvent => ({ type: 'note.added', by: 'engine', text: '', seq, at: 0 });
const end: TrajectoryEvent = { type: 'run.finished', outcome: 'stopped', answer: null, citations: [], seq: 9, at: 0 };

function sender() {
  const batches: number[][] = [];
  const { push } = createEventSender((batch) => batches.push(batch.map(({ seq }) => seq)));
  return { batches, push };
}

it('sends the first at once, and what follows within 100 ms together', () => {
  const { batches, push } = sender();
  [0, 1, 2].forEach((seq) => push(note(seq)));
  expect(batches).toEqual([[0]]);
  vi.advanceTimersByTime(99);
  push(note(3));
  expect(batches).toEqual([[0]]);
  vi.advanceTimersByTime(1);
  expect(batches).toEqual([[0], [1, 2, 3]]);
  vi.advanceTimersByTime(500);
  push(note(4));
  expect(batches.at(-1)).toEqual([4]);
});

it('sends 64 without waiting', () => {
  const { batches, push } = sender();
  for (let seq = 0; seq < 130; seq++) push(note(seq));
  expect(batches.map((batch) => batch.length)).toEqual([1, 64, 64]);
});

it('sends the end of the run at once, and leaves no timer', () => {
  const { batches, push } = sender();
  [0, 1].forEach((seq) => push(note(seq)));
  push(end);
  expect(batches).toEqual([[0], [1, 9]]);
  expect(vi.getTimerCount()).toBe(0);
});
