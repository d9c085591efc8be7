import { useStore } from 'zustand';
import { formatClock, formatCount, formatDuration } from '../../base/format.ts';
import { waitingLine } from '../../trajectory/derive/cell-calls.ts';
import { codeBeingWritten } from '../../trajectory/derive/reply-parts.ts';
import { progress } from '../../trajectory/derive/reading.ts';
import type { CellState, RunState } from '../../trajectory/run-state.ts';
import type { RunStore } from '../../state/run-store.ts';
import { LongText } from '../kit/long-text.tsx';
import { StateMark } from '../kit/state-mark.tsx';
import { useElapsed } from '../kit/use-elapsed.ts';
import { CalledFromCell } from './called-from-cell.tsx';
import { CodeListing } from './code-listing.tsx';
import styles from './inspector.module.css';
import type { TabProps } from './tab-props.ts';

/** The cell: its lines, which of them called models, where it waits or failed, and what came of it. */
export function CodeTab({ run, state, subject: { call, turn, cell }, empty }: TabProps) {
  if (cell === null) {
    const written = turn && call.endedAt === null ? codeBeingWritten(turn.text) : null;
    const words = turn !== null && turn.repliedAt === null && written === null ? turn.text : '';
    return written === null ? (
      <>
        <p className={styles['empty']}>{empty}</p>
        {words === '' ? null : (
          <div className={styles['block']}>
            <LongText text={words} className={styles['quiet']} />
            <span className={styles['caret']} />
          </div>
        )}
      </>
    ) : (
      <>
        <CodeListing run={run} state={state} code={written} cell={null} waits={null} />
        <p className={styles['status']}>
          <StateMark state="running" depth={call.depth} size={11} />
          <span>
            {turn?.repliedAt === null && call.endedAt === null
              ? `Being written, ${formatCount(turn.text.length)} characters so far`
              : 'Written, and not run yet'}
          </span>
        </p>
      </>
    );
  }
  return (
    <>
      {cell.edited && <p className={styles['remark']}>You changed this cell before it ran. What was written first stands in Reply.</p>}
      <CodeListing run={run} state={state} code={cell.code} cell={cell} waits={cell.endedAt === null ? waitingLine(state, cell) : null} />
      <CellStatus run={run} state={state} cell={cell} depth={call.depth} />
      <CalledFromCell run={run} state={state} cell={cell} />
    </>
  );
}

interface StatusProps {
  readonly run: RunStore;
  readonly state: RunState;
  readonly cell: CellState;
  readonly depth: number;
}

function CellStatus({ run, state, cell, depth }: StatusProps) {
  const isLive = useStore(run, ({ origin, playhead, live }) => origin === 'live' && playhead === null && live.finished === null);
  const isOpen = cell.endedAt === null;
  const elapsed = useElapsed(state.length, isLive && isOpen);
  const time = (cell.endedAt ?? state.at + elapsed) - cell.startedAt;
  if (isOpen) {
    const { asked, open } = progress(state, cell.calls);
    const line = waitingLine(state, cell);
    return (
      <p className={styles['status']}>
        <StateMark state="running" depth={depth} size={11} />
        <span>
          {open === 0 ? (
            state.paused?.why === 'sub-calls' ? 'Waiting for your word on its sub-calls' : 'Code runs'
          ) : (
            <>
              Waiting{line === null ? '' : ' at '}
              {line === null ? null : <b>line {line}</b>}, {formatCount(open)} of {formatCount(asked)} still out
            </>
          )}
        </span>
        <span className={styles['small']}>{formatClock(time)} in this cell</span>
      </p>
    );
  }
  const times = `${formatDuration(cell.cpuMs)} CPU of ${formatDuration(time)}`;
  if (cell.error) {
    const { name, message, line } = cell.error;
    return (
      <p className={styles['status']}>
        <StateMark state="failed" depth={depth} size={11} />
        <span>
          <b>Failed{line === undefined ? '' : ` at line ${line}`}</b>
          {/* With a line, the message stands at it. */}
          {line === undefined ? `, ${name}: ${message.slice(0, 1_000)}` : `, ${name}`}
        </span>
        <span className={styles['small']}>{times}</span>
      </p>
    );
  }
  return (
    <p className={styles['status']}>
      <StateMark state={cell.ok === null ? 'cut' : 'finished'} depth={depth} size={10} />
      <span>{cell.ok === null ? 'Cut off: the run ended first' : cell.calls.length > 0 ? 'All it waited for is in' : 'Ran to its end'}</span>
      <span className={styles['small']}>{times}</span>
    </p>
  );
}
