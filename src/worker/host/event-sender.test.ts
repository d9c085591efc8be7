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

it('sends 512 without waiting', () => {
  const { batches, push } = sender();
  for (let seq = 0; seq < 1030; seq++) push(note(seq));
  expect(batches.map((batch) => batch.length)).toEqual([1, 512, 512]);
});

it('sends the end of the run at once, and leaves no timer', () => {
  const { batches, push } = sender();
  [0, 1].forEach((seq) => push(note(seq)));
  push(end);
  expect(batches).toEqual([[0], [1, 9]]);
  expect(vi.getTimerCount()).toBe(0);
});

const reply = (seq: number): TrajectoryEvent => ({
  type: 'call.finished',
  call: '0.1',
  usage: { input: 1, cachedInput: 0, output: 1, reasoning: 0 },
  costUsd: 0,
  finishReason: 'stop',
  seq,
  at: 0,
});

it('sends a reply within 25 ms, with what waits before it', () => {
  const { batches, push } = sender();
  [0, 1].forEach((seq) => push(note(seq)));
  push(reply(2));
  push(reply(3));
  expect(batches).toEqual([[0]]);
  vi.advanceTimersByTime(25);
  expect(batches).toEqual([[0], [1, 2, 3]]);
  vi.advanceTimersByTime(25);
  push(reply(4));
  expect(batches.at(-1)).toEqual([4]);
  expect(vi.getTimerCount()).toBe(0);
});

it('sends a flood of replies as one batch each 25 ms', () => {
  const { batches, push } = sender();
  for (let seq = 0; seq < 50; seq++) {
    push(reply(seq));
    vi.advanceTimersByTime(5);
  }
  expect(batches.length).toBeLessThanOrEqual(11);
  expect(batches.flat()).toHaveLength(new Set(batches.flat()).size);
});

it('sends a million characters without waiting', () => {
  const { batches, push } = sender();
  push(note(0));
  for (let seq = 1; seq < 10; seq++) push({ type: 'cell.printed', cell: '0:1', text: 'x'.repeat(300_000), seq, at: 0 });
  expect(batches).toEqual([[0], [1, 2, 3, 4], [5, 6, 7, 8]]);
});
