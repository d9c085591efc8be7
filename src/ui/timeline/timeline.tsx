import { useMemo, useRef, useState, type MouseEvent } from 'react';
import { useStore } from 'zustand';
import { formatClock } from '../../base/format.ts';
import { shownSelection, type RunStore } from '../../state/run-store.ts';
import { spendingByCall } from '../../trajectory/derive/spending.ts';
import { useElapsed } from '../kit/use-elapsed.ts';
import { useIsNarrow } from '../kit/use-media.ts';
import { useSize } from '../kit/use-size.ts';
import { InFlightLane } from './in-flight-lane.tsx';
import { LaneLabel } from './lane-label.tsx';
import { laneCost, laneNote } from './lane-words.ts';
import { TimelineCanvas } from './timeline-canvas.tsx';
import { TimelineLegend } from './timeline-legend.tsx';
import { axisLabel, axisTimes, barAt, layOutTimeline } from './timeline-layout.ts';
import styles from './timeline.module.css';

const AXIS_ROOM = 76;
/** px either side of a bar that still hit it. */
const SLACK = 4;

/** The calls of a run over time: who wrote, ran and waited when, and how much at once. */
export function Timeline({ run }: { readonly run: RunStore }) {
  const state = useStore(run, ({ view }) => view);
  const end = useStore(run, ({ live }) => live.at);
  const selected = useStore(run, (view) => (view.following ? null : (shownSelection(view)?.call ?? null)));
  const isLive = useStore(
    run,
    ({ origin, playhead, live }) => origin === 'live' && playhead === null && live.finished === null,
  );
  const now = state.at + useElapsed(state.length, isLive);
  const layout = useMemo(() => layOutTimeline(state, now), [state, now]);
  const spending = useMemo(() => spendingByCall(state), [state]);

  const isNarrow = useIsNarrow();
  const body = useRef<HTMLDivElement>(null);
  const { width, height } = useSize(body);
  const [scroll, setScroll] = useState(0);
  const left = isNarrow ? 118 : 188;
  const right = Math.max(left + 40, width - (isNarrow ? 16 : 74));
  // Room on the right for what comes next, while something still does.
  const span = Math.max(end, now, 1) * (isLive ? 1.04 : 1);
  const x = useMemo(() => (at: number) => left + (at / span) * (right - left), [left, right, span]);
  const grid = useMemo(() => axisTimes(span, right - left, AXIS_ROOM), [span, right, left]);

  const select = (event: MouseEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const perPx = span / Math.max(1, right - left);
    const at = (event.clientX - box.left - left) * perPx;
    const y = event.clientY - box.top + scroll;
    const lane = layout.lanes.find(({ top, height: high }) => y >= top && y < top + high);
    const bar = lane && at >= -SLACK * perPx ? barAt(lane, y - lane.top, at, SLACK * perPx) : null;
    if (bar) run.select({ call: bar.call, turn: bar.turn });
  };

  return (
    <section className={styles['timeline']} aria-label="Lanes of the calls">
      <div className={styles['axis']} aria-hidden="true">
        {grid.map((at) => (
          <span key={at} style={{ left: x(at) }}>
            {axisLabel(at, grid)}
          </span>
        ))}
      </div>
      <InFlightLane state={state} now={now} span={span} left={left} right={right} grid={grid.map(x)} isNarrow={isNarrow} />
      <div className={styles['body']} ref={body}>
        <TimelineCanvas
          lanes={layout.lanes}
          scroll={scroll}
          width={width}
          height={height}
          x={x}
          right={right}
          now={x(now)}
          grid={grid}
          selected={selected}
          noteOf={(lane) => laneNote(state, lane)}
        />
        {/* Bars are a second way to what the lane labels, the tree and the graph offer to every hand. */}
        {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions */}
        <div className={styles['scroller']} onScroll={(event) => setScroll(event.currentTarget.scrollTop)} onClick={select}>
          <ul className={styles['lanes']} aria-label="Lanes" style={{ height: layout.height }}>
            {layout.lanes
              .filter((lane) => lane.top + lane.height > scroll - 200 && lane.top < scroll + height + 200)
              .map((lane) => (
                <LaneLabel
                  key={lane.id}
                  run={run}
                  state={state}
                  lane={lane}
                  width={left}
                  cost={laneCost(spending, lane)}
                  selected={selected}
                  isNarrow={isNarrow}
                />
              ))}
          </ul>
        </div>
      </div>
      {width > 0 && state.length > 0 ? (
        <div className={styles['playhead']} style={{ left: x(now) }} aria-hidden="true">
          <b data-side={x(now) > width - 60 ? 'left' : 'right'}>{formatClock(now)}</b>
        </div>
      ) : null}
      <TimelineLegend />
    </section>
  );
}
