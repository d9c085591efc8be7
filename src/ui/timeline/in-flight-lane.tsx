import { useMemo } from 'react';
import { formatCount } from '../../base/format.ts';
import { parallelism } from '../../trajectory/derive/timing.ts';
import { runTotals } from '../../trajectory/derive/totals.ts';
import type { RunState } from '../../trajectory/run-state.ts';
import { moneyOf } from '../graph/doll-rows.tsx';
import { areaPath, columnsOf } from './parallel-area.ts';
import styles from './timeline.module.css';

interface InFlightProps {
  readonly state: RunState;
  readonly now: number;
  /** ms from the left to the right edge. */
  readonly span: number;
  /** px of those edges. */
  readonly left: number;
  readonly right: number;
  readonly grid: readonly number[];
  readonly isNarrow: boolean;
}

const HIGH = 46;

/** How many sub-calls were out at once, against the most that may be. */
export function InFlightLane({ state, now, span, left, right, grid, isNarrow }: InFlightProps) {
  const width = Math.max(0, Math.round(right - left));
  const limit = state.started?.settings.parallelSubCalls ?? 0;
  const columns = useMemo(() => columnsOf(parallelism(state), span, now, width), [state, span, now, width]);
  const most = columns.reduce((top, count) => Math.max(top, count), limit);
  const totals = useMemo(() => runTotals(state), [state]);
  const limitY = HIGH * (1 - limit / Math.max(1, most));
  return (
    <div className={styles['inFlight']}>
      <p className={styles['inFlightLabel']} style={{ width: left }}>
        <b>{isNarrow ? 'In flight' : 'In flight at once'}</b>
        <span>
          now {formatCount(totals.inFlight)}, limit {limitWords(limit, state.parallel.at(-1)?.slots ?? limit, isNarrow)}
        </span>
      </p>
      <svg className={styles['area']} style={{ left }} width={width} height={66} aria-hidden="true">
        {grid.map((x) => (
          <path key={x} d={`M${Math.round(x - left) + 0.5} 0V66`} stroke="var(--rule)" />
        ))}
        <g transform="translate(0 16)">
          <path d={areaPath(columns, most, HIGH)} fill="var(--c1)" />
          <path d={`M0 ${limitY}H${width}`} stroke="var(--ink3)" strokeDasharray="1.5 2.5" />
        </g>
        <text x={24} y={12} className={styles['limitWord']}>
          limit
        </text>
      </svg>
      {isNarrow ? null : <b className={styles['total']}>{moneyOf(totals)}</b>}
    </div>
  );
}

/** What the endpoint takes at once now, where that is less than the settings allow. */
function limitWords(limit: number, slots: number, isNarrow: boolean): string {
  if (slots >= limit) return formatCount(limit);
  return isNarrow ? formatCount(slots) : `${formatCount(slots)} of ${formatCount(limit)}`;
}
