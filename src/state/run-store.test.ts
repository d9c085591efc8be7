import { afterEach, describe, expect, it, vi } from 'vitest';
import { EMPTY, fold } from '../trajectory/fold.ts';
import { refundsLog } from '../trajectory/testing/refunds-log.ts';
import { createRunStore, shownSelection } from './run-store.ts';

const { header, events } = refundsLog();
const half = Math.floor(events.length / 2);

describe('a run store', () => {
  it('folds what is appended, and shows it while the playhead is at the end', () => {
    const run = createRunStore('r', 'live', header);
    run.append(events.slice(0, half));
    run.append(events.slice(half));
    expect(run.getState().live).toEqual(fold(EMPTY, events));
    expect(run.getState().view).toBe(run.getState().live);
  });

  it('keeps the view where the playhead was put, while the log grows', () => {
    const run = createRunStore('r', 'live', header, events.slice(0, half));
    run.seek(100);
    run.append(events.slice(half));
    expect(run.getState().view).toEqual(fold(EMPTY, events.slice(0, 100)));
    expect(run.getState().live.length).toBe(events.length);
  });

  it('shows the same at a playhead however it was reached', () => {
    const run = createRunStore('r', 'opened', header, events);
    for (const count of [200, 900, 300, 0, 301]) {
      run.seek(count);
      expect(run.getState().view).toEqual(fold(EMPTY, events.slice(0, count)));
    }
    run.seek(events.length);
    expect(run.getState().playhead).toBeNull();
    run.seek(-5);
    expect(run.getState().view.length).toBe(0);
  });

  it('follows what happens now until the person selects something, and again when asked', () => {
    const run = createRunStore('r', 'live', header, events.slice(0, half));
    const followed = shownSelection(run.getState());
    expect(followed?.call).toMatch(/^0/);
    run.select({ call: '0', turn: 2 });
    run.append(events.slice(half));
    expect(shownSelection(run.getState())).toEqual({ call: '0', turn: 2 });
    run.follow();
    expect(shownSelection(run.getState())).toEqual({ call: '0', turn: 6 });
  });

  it('turns a fold around and back', () => {
    const run = createRunStore('r', 'opened', header);
    run.toggle('x');
    expect(run.getState().toggled.has('x')).toBe(true);
    run.toggle('x');
    expect(run.getState().toggled.has('x')).toBe(false);
  });
});

describe('a long log', () => {
  afterEach(() => void vi.useRealTimers());
  const note = (seq: number) => ({ type: 'note.added', by: 'engine', text: 'x', seq, at: seq }) as const;
  const long = [...events.slice(0, half), ...Array.from({ length: 1_000 }, (_, n) => note(half + n))];

  it('is folded a few times a second, and added to at once', () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    const run = createRunStore('r', 'live', header, long);
    let told = 0;
    run.onAppend(() => told++);
    run.append([note(long.length)]);
    run.append([note(long.length + 1)]);
    run.append([note(long.length + 2)]);
    expect(run.getState().log).toHaveLength(long.length + 3);
    expect(run.getState().live.length).toBe(long.length + 1);
    expect(told).toBe(3);
    vi.advanceTimersByTime(250);
    expect(run.getState().live.length).toBe(long.length + 3);
    expect(run.getState().view).toBe(run.getState().live);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is folded at once where the run ends', () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    const run = createRunStore('r', 'live', header, long);
    run.append([note(long.length)]);
    run.append([note(long.length + 1)]);
    run.append([{ type: 'run.finished', outcome: 'stopped', answer: null, citations: [], seq: long.length + 2, at: 1 }]);
    expect(run.getState().live.finished?.outcome).toBe('stopped');
    expect(vi.getTimerCount()).toBe(0);
  });
});
