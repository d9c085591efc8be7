import { memo } from 'react';
import type { RunStore } from '../../state/run-store.ts';
import { groupStatus } from '../../trajectory/derive/cell-calls.ts';
import { rangeName } from '../../trajectory/derive/grouping.ts';
import type { Total } from '../../trajectory/derive/spending.ts';
import { isFinal } from '../../trajectory/fold-call.ts';
import type { RunState } from '../../trajectory/run-state.ts';
import { callName } from '../graph/call-name.ts';
import { moneyOf } from '../graph/doll-rows.tsx';
import { classes } from '../kit/classes.ts';
import { Doll } from '../kit/doll.tsx';
import { StateMark } from '../kit/state-mark.tsx';
import { laneLine } from './lane-words.ts';
import type { Lane } from './timeline-layout.ts';
import styles from './timeline.module.css';

interface LaneLabelProps {
  readonly run: RunStore;
  readonly state: RunState;
  readonly lane: Lane;
  /** px of the column of labels. */
  readonly width: number;
  readonly cost: Total;
  readonly selected: string | null;
  readonly isNarrow: boolean;
}

/** Name, state and cost of a lane; pressing it shows its call, or the first of its calls. */
export const LaneLabel = memo(function LaneLabel({ run, state, lane, width, cost, selected, isNarrow }: LaneLabelProps) {
  const first = lane.kind === 'call' ? lane.id : (lane.calls[0] ?? '');
  const isSelected = selected !== null && (lane.kind === 'call' ? selected === lane.id : lane.calls.includes(selected));
  const line = laneLine(state, lane);
  const money = moneyOf(cost);
  const name =
    lane.kind === 'call'
      ? callName(state, lane.call)
      : `Call ${first}, first of ${lane.calls.length} calls ${rangeName(lane.calls)}: ${line}, ${money}`;
  return (
    <li className={styles['lane']} style={{ top: lane.top, height: lane.height }}>
      <button
        type="button"
        className={classes(styles['label'], isSelected && styles['selected'])}
        style={{ width, paddingLeft: (isNarrow ? 10 : 18) + Math.min(lane.depth, 4) * (isNarrow ? 5 : 14) }}
        aria-label={name}
        aria-pressed={isSelected}
        onClick={(event) => {
          event.stopPropagation();
          run.select({ call: first, turn: null });
        }}
      >
        {lane.kind === 'call' ? (
          <Doll depth={lane.depth} open={!isFinal(lane.call.status)} size={isNarrow ? 20 : 24} />
        ) : (
          <StateMark state={groupStatus(state, lane.calls)} depth={lane.depth} size={13} />
        )}
        <span className={styles['words']}>
          <b>{lane.kind === 'call' ? `Call ${lane.id}` : rangeName(lane.calls)}</b>
          <span>{isNarrow ? money : line}</span>
        </span>
      </button>
      {isNarrow ? null : <b className={styles['laneCost']}>{money}</b>}
    </li>
  );
});
