import { describe, expect, it } from 'vitest';
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
