import { memo, useMemo, useRef, type PointerEvent } from 'react';
import { useStore } from 'zustand';
import { formatClock, formatCount, plural } from '../../base/format.ts';
import type { RunStore } from '../../state/run-store.ts';
import { marks as marksOf, parallelism, type TurnTick } from '../../trajectory/derive/timing.ts';
import type { RunState } from '../../trajectory/run-state.ts';
import { StateMark } from '../kit/state-mark.tsx';
import { useSize } from '../kit/use-size.ts';
import { areaPath, columnsOf, placeMarks, placeTicks, widestGap } from './parallel-area.ts';
import styles from './playhead-bar.module.css';
import { countAt } from './playback.ts';
import { useSeek } from './use-seek.ts';

interface StripProps {
  readonly run: RunStore;
  readonly ticks: readonly TurnTick[];
}

/**
 * The run over time, and the playhead on it. Its place is a time, its value a count of events: keys
 * move it event by event, a pointer to the time it points at.
 */
export function PlayheadStrip({ run, ticks }: StripProps) {
  const live = useStore(run, (state) => state.live);
  const shown = useStore(run, (state) => state.view.length);
  const at = useStore(run, (state) => state.view.at);
  const track = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const { width } = useSize(track);
  const seek = useSeek(run);
  const end = live.at;

  const seekTo = (event: PointerEvent) => {
    const box = track.current?.getBoundingClientRect();
    if (!box || box.width === 0) return;
    const share = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
    seek(share >= 1 ? live.length : countAt(run.getState().log, share * end));
  };

  return (
    <div
      className={styles['strip']}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
        input.current?.focus({ preventScroll: true });
        seekTo(event);
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) seekTo(event);
      }}
    >
      <div className={styles['track']} ref={track}>
        {width > 0 ? <Drawing live={live} ticks={ticks} width={width} /> : null}
        <input
          ref={input}
          className={styles['input']}
          type="range"
          aria-label="Playhead"
          aria-valuetext={`event ${formatCount(shown)} of ${formatCount(live.length)}, ${formatClock(at)}`}
          min={0}
          max={live.length}
          step={1}
          value={shown}
          onChange={(event) => seek(event.currentTarget.valueAsNumber)}
        />
        <i className={styles['handle']} style={{ left: `${end > 0 ? Math.min(100, (at / end) * 100) : 0}%` }} />
      </div>
    </div>
  );
}

interface DrawingProps {
  readonly live: RunState;
  readonly ticks: readonly TurnTick[];
  readonly width: number;
}

const AREA_HEIGHT = 24;
const LIMIT_LABEL = 62;

/** What the strip shows whatever the playhead: drawn again only when the log has grown. */
const Drawing = memo(function Drawing({ live, ticks, width }: DrawingProps) {
  const limit = live.started?.settings.parallelSubCalls ?? 0;
  const columns = useMemo(() => columnsOf(parallelism(live), live.at, live.at, width), [live, width]);
  const most = useMemo(() => columns.reduce((top, count) => Math.max(top, count), 0), [columns]);
  const path = useMemo(() => areaPath(columns, Math.max(limit, most), AREA_HEIGHT), [columns, limit, most]);
  const placed = useMemo(() => placeMarks(marksOf(live), live.at, width), [live, width]);
  const turns = useMemo(() => placeTicks(ticks, placed, live.at, width), [ticks, placed, live.at, width]);
  const gap = most > 0 ? widestGap(columns, limit / 4) : null;
  const centre = gap && gap.to - gap.from >= LIMIT_LABEL ? (gap.from + gap.to) / 2 : LIMIT_LABEL / 2;
  return (
    <>
      <svg className={styles['area']} width={width} height={AREA_HEIGHT} aria-hidden="true">
        <path d={path} fill="var(--c1)" />
        {most > 0 ? <path className={styles['limit']} d={`M0 ${AREA_HEIGHT * (1 - limit / Math.max(limit, most))}H${width}`} /> : null}
      </svg>
      {most > 0 && width > LIMIT_LABEL ? (
        <span className={styles['limitLabel']} style={{ left: centre }}>
          {formatCount(limit)} at once
        </span>
      ) : null}
      {live.resumed.map((at) => (
        <span key={at} className={styles['resumed']} style={{ left: (at / Math.max(1, live.at)) * width }} title={`${live.started?.branch ? 'Goes on' : 'Resumed'} at ${formatClock(at)}`} />
      ))}
      {turns.map(({ turn, x, label }) => (
        <span key={turn} className={styles['tick']} style={{ left: x }} aria-hidden="true">
          {label}
        </span>
      ))}
      {placed.map(({ x, kind, count }) => (
        <span
          key={x}
          className={styles['mark']}
          style={{ left: x }}
          title={`${plural(count, kind === 'retry' ? 'retry' : 'failure', kind === 'retry' ? 'retries' : 'failures and retries')}`}
        >
          <StateMark state={kind === 'retry' ? 'retrying' : 'failed'} depth={0} size={8} />
        </span>
      ))}
    </>
  );
});
