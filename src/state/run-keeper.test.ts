import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { LogEvent } from '../trajectory/events.ts';
import { refundsLog } from '../trajectory/testing/refunds-log.ts';
import { createAlertsStore } from './alerts-store.ts';
import type { Kept, KeptRun } from './kept.ts';
import { createRunKeeper } from './run-keeper.ts';
import { createRunStore } from './run-store.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const { header, events } = refundsLog();
const beginning = events.slice(0, 20);
const print = (seq: number, chars: number): LogEvent => ({ type: 'cell.printed', cell: '0:1', text: 'x'.repeat(chars), seq, at: 1e6 });
const reply = (seq: number): LogEvent => ({
  type: 'call.finished',
  call: '0.1',
  usage: { input: 1, cachedInput: 0, output: 1, reasoning: 0 },
  costUsd: 0,
  finishReason: 'stop',
  seq,
  at: 1e6,
});
const end = (seq: number): LogEvent => ({ type: 'run.finished', outcome: 'answered', answer: 'a', citations: [], seq, at: 1e6 });

function keeping() {
  const writes: { readonly run: KeptRun; readonly seqs: readonly number[] }[] = [];
  const leaves: (() => void)[] = [];
  const ended = vi.fn();
  const keeper = createRunKeeper({ alerts: createAlertsStore(), onLeave: (leave) => void leaves.push(leave) }, ended);
  const writeRun: Kept['writeRun'] = async (run, some) => void writes.push({ run, seqs: some.map(({ seq }) => seq) });
  const run = createRunStore('r', 'live', header, beginning);
  keeper.keep({ writeRun }, run, { origins: [], keyed: false });
  return { run, writes, ended, leave: () => leaves.forEach((leave) => leave()) };
}

it('writes the beginning at once, a reply soon, and the rest when it has waited', async () => {
  const { run, writes } = keeping();
  await vi.advanceTimersByTimeAsync(0);
  expect(writes.map(({ seqs }) => seqs.length)).toEqual([20]);
  run.append([print(20, 5)]);
  await vi.advanceTimersByTimeAsync(249);
  expect(writes).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(writes.at(-1)?.seqs).toEqual([20]);
  run.append([print(21, 5)]);
  run.append([reply(22)]);
  await vi.advanceTimersByTimeAsync(25);
  expect(writes.at(-1)?.seqs).toEqual([21, 22]);
});

it('writes megabytes in parts, in order, and says that the run has ended only with the last', async () => {
  const { run, writes, ended } = keeping();
  await vi.advanceTimersByTimeAsync(0);
  run.append([...Array.from({ length: 10 }, (_, n) => print(20 + n, 250_000)), end(30)]);
  await vi.runAllTimersAsync();
  expect(writes.length).toBeGreaterThan(5);
  expect(writes.flatMap(({ seqs }) => seqs)).toEqual(Array.from({ length: 31 }, (_, seq) => seq));
  expect(writes.map(({ run: { summary } }) => summary.outcome).filter((outcome) => outcome !== null)).toEqual(['answered']);
  expect(writes.at(-1)?.run.summary.outcome).toBe('answered');
  expect(ended).toHaveBeenCalledOnce();
});

it('writes all that is left when the page is left', async () => {
  const { run, writes, leave } = keeping();
  await vi.advanceTimersByTimeAsync(0);
  run.append(Array.from({ length: 10 }, (_, n) => print(20 + n, 250_000)));
  leave();
  expect(writes.flatMap(({ seqs }) => seqs)).toHaveLength(30);
  await vi.runAllTimersAsync();
  expect(writes.flatMap(({ seqs }) => seqs)).toHaveLength(30);
});
