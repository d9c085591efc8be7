import { describe, expect, test } from 'vitest';
import { EMPTY, fold } from '../../trajectory/fold.ts';
import { refundsLog } from '../../trajectory/testing/refunds-log.ts';
import { axisLabel, axisTimes, barAt, layOutTimeline, packRows, rowsTop, type Lane } from './timeline-layout.ts';

const { events } = refundsLog();
const done = fold(EMPTY, events);
const live = fold(EMPTY, events.filter((event) => event.at <= 98_000));
const lanesOf = (state: typeof done) => layOutTimeline(state, state.at).lanes;

function lane(lanes: readonly Lane[], id: string): Lane {
  const found = lanes.find((each) => each.id === id);
  if (found === undefined) throw new Error(`no lane ${id}`);
  return found;
}

describe('lanes', () => {
  test('stand as calls were made: a fan-out before the children of the same cell', () => {
    expect(lanesOf(done).map(({ id }) => id)).toEqual(['0', 'fan-0.1', 'fan-0.37', '0.77', 'fan-0.77.1', '0.78', 'fan-0.79']);
  });

  test('are stacked without gaps or overlap', () => {
    const { lanes, height } = layOutTimeline(done, done.at);
    let top = 0;
    for (const each of lanes) {
      expect(each.top).toBe(top);
      top += each.height;
    }
    expect(height).toBe(top);
  });

  test('have no bars over one another in a row, and none that ends before it starts', () => {
    for (const each of [...lanesOf(done), ...lanesOf(live)]) {
      for (const row of new Set(each.bars.map((bar) => bar.row))) {
        const sorted = each.bars.filter((bar) => bar.row === row).sort((a, b) => a.from - b.from);
        for (const [index, bar] of sorted.entries()) {
          expect(bar.to).toBeGreaterThanOrEqual(bar.from);
          expect(bar.from).toBeGreaterThanOrEqual(sorted[index - 1]?.to ?? 0);
        }
      }
    }
  });

  test('hold as many rows as calls were open at once, one of them waiting for its retry', () => {
    const fan = lane(lanesOf(done), 'fan-0.1');
    expect(fan.kind === 'fanOut' && fan.rows).toBe(13);
    expect(fan.bars.filter(({ kind }) => kind === 'voided')).toHaveLength(1);
  });

  test('tell waiting from running, and what is still out', () => {
    const root = lane(lanesOf(live), '0').bars;
    expect(root.filter(({ turn }) => turn === 3).map(({ kind }) => kind)).toEqual(['writes', 'runs', 'waits']);
    expect(root.at(-1)).toMatchObject({ kind: 'waits', turn: 4, to: live.at });
    expect(lane(lanesOf(live), 'fan-0.77.1').bars.some(({ kind }) => kind === 'writing')).toBe(true);
    expect(lane(lanesOf(done), 'fan-0.77.1').bars.filter(({ kind }) => kind === 'lost')).toHaveLength(1);
  });

  test('are empty before the run began', () => {
    expect(layOutTimeline(EMPTY, 0)).toEqual({ lanes: [], height: 0 });
  });
});

test('rows are taken again once they are free', () => {
  expect(packRows([{ from: 0, to: 10 }, { from: 0, to: 5 }, { from: 5, to: 9 }, { from: 6, to: 8 }, { from: 10, to: 11 }])).toEqual([0, 1, 1, 2, 0]);
});

test('a bar is found where it is drawn', () => {
  const fan = lane(lanesOf(done), 'fan-0.1');
  for (const bar of fan.bars) {
    const y = fan.kind === 'fanOut' ? rowsTop(fan) + (bar.row + 0.5) * fan.rowHeight : 0;
    expect(barAt(fan, y, (bar.from + bar.to) / 2, 0)?.call).toBe(bar.call);
  }
  expect(barAt(fan, rowsTop(fan) + 1, 0, 10)).toBeNull();
});

test('the axis has round times with room between them', () => {
  expect(axisTimes(105_000, 780, 60).map((at) => at / 1000)).toEqual([0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100]);
  expect(axisTimes(105_000, 780, 90).map((at) => at / 1000)).toEqual([0, 15, 30, 45, 60, 75, 90, 105]);
  expect(axisTimes(0, 780, 60)).toEqual([]);
});

test('a request that was out when the run was broken off is voided when it is resumed', () => {
  const resumed = fold(live, [{ seq: live.length, at: 99_000, type: 'run.resumed' }]);
  const kinds = (state: typeof done) => new Set(lanesOf(state).flatMap(({ bars }) => bars.map(({ kind }) => kind)));
  expect(kinds(live).has('writing')).toBe(true);
  expect(kinds(resumed).has('writing')).toBe(false);
  const bars = lanesOf(resumed).flatMap((each) => each.bars);
  expect(bars.filter(({ kind, to }) => kind === 'voided' && to === 99_000)).not.toHaveLength(0);
  expect(bars.filter(({ kind, to }) => kind === 'writes' && to === 99_000)).toEqual([]);
});

test('no two times of an axis are written the same', () => {
  for (const end of [900, 2_400, 30_000, 4_000_000]) {
    const times = axisTimes(end, 500, 70);
    const labels = times.map((at) => axisLabel(at, times));
    expect(new Set(labels).size).toBe(times.length);
  }
  expect(axisLabel(1_500, [0, 500, 1_000, 1_500])).toBe('0:01.5');
  expect(axisLabel(60_000, [0, 30_000, 60_000])).toBe('1:00');
});
