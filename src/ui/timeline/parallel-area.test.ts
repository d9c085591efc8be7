import { expect, test } from 'vitest';
import { areaPath, columnsOf, placeMarks, placeTicks, widestGap } from './parallel-area.ts';

const step = (at: number, inFlight: number) => ({ at, inFlight });

test('a column shows the most that was in flight in it', () => {
  const steps = [step(10, 3), step(12, 8), step(13, 2), step(40, 0)];
  expect(columnsOf(steps, 100, 100, 10)).toEqual([0, 8, 2, 2, 0, 0, 0, 0, 0, 0]);
});

test('what is still in flight reaches now and no further', () => {
  expect(columnsOf([step(20, 4)], 100, 60, 5)).toEqual([0, 4, 4, 0, 0]);
  expect(columnsOf([step(20, 4)], 0, 0, 3)).toEqual([0, 0, 0]);
});

test('the path is a closed area that stops at the limit', () => {
  expect(areaPath([0, 6, 12, 20, 0], 12, 24)).toBe('M0 24H1V12H2V0H4V24H5V24Z');
  expect(areaPath([], 12, 24)).toBe('');
});

test('a label goes where the least happens', () => {
  expect(widestGap([0, 5, 0, 0, 0, 5, 0], 1)).toEqual({ from: 2, to: 5 });
  expect(widestGap([5, 5], 1)).toBeNull();
  expect(widestGap([0, 0], 1)).toEqual({ from: 0, to: 2 });
});

test('marks that would touch are one, and a failure shows', () => {
  const mark = (at: number, kind: 'retry' | 'failure') => ({ at, kind, call: '0.1', reason: '' });
  expect(placeMarks([mark(10, 'retry'), mark(12, 'failure'), mark(13, 'retry'), mark(60, 'retry')], 100, 200)).toEqual([
    { x: 20, kind: 'failure', count: 3 },
    { x: 120, kind: 'retry', count: 1 },
  ]);
});

test('ticks say «turn» where there is room, else the number, else nothing', () => {
  const ticks = [0, 10, 12, 13, 60].map((at, index) => ({ turn: index + 1, at }));
  const labels = placeTicks(ticks, [{ x: 130, kind: 'retry', count: 1 }], 100, 500).map(({ label }) => label);
  expect(labels).toEqual(['turn 1', '', '', 'turn 4', 'turn 5']);
  expect(placeTicks(ticks, [], 100, 500).map(({ label }) => label)).toEqual(['turn 1', '', '', 'turn 4', 'turn 5']);
  expect(placeTicks([{ turn: 2, at: 50 }], [{ x: 280, kind: 'retry', count: 1 }], 100, 500)[0]?.label).toBe('2');
});
