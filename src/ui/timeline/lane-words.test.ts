import { expect, test } from 'vitest';
import { spendingByCall } from '../../trajectory/derive/spending.ts';
import { runTotals } from '../../trajectory/derive/totals.ts';
import { EMPTY, fold } from '../../trajectory/fold.ts';
import { refundsLog } from '../../trajectory/testing/refunds-log.ts';
import { laneCost, laneLine, laneNote } from './lane-words.ts';
import { layOutTimeline, type Lane } from './timeline-layout.ts';

const { events } = refundsLog();
const done = fold(EMPTY, events);
const live = fold(EMPTY, events.filter((event) => event.at <= 98_000));
const lane = (state: typeof done, id: string): Lane => layOutTimeline(state, state.at).lanes.find((each) => each.id === id)!;

test('lanes add up to the run', () => {
  const spending = spendingByCall(done);
  const sum = layOutTimeline(done, done.at).lanes.reduce((all, each) => all + laneCost(spending, each).costUsd, 0);
  expect(sum).toBeCloseTo(runTotals(done).costUsd, 9);
});

test('a lane says how it stands', () => {
  expect(laneLine(live, lane(live, 'fan-0.37'))).toMatch(/^\d+ of 40 back$/);
  expect(laneLine(done, lane(done, 'fan-0.77.1'))).toMatch(/^63 back, 1 failed$/);
});

test('a fan-out that is over says what doing it at once has saved', () => {
  expect(laneNote(live, lane(live, 'fan-0.37'))).toBeNull();
  expect(laneNote(done, lane(done, 'fan-0.1'))?.small).toMatch(/^one after another: 3:\d\d$/);
  expect(laneNote(done, lane(done, '0.78'))?.line).toContain('n: 26');
  expect(laneNote(done, lane(done, '0'))).toBeNull();
});
