import { memo, useState, type ReactNode } from 'react';
import { formatCount, plural } from '../../base/format.ts';
import type { RunStore } from '../../state/run-store.ts';
import { callsByLine } from '../../trajectory/derive/cell-calls.ts';
import { spendingOf } from '../../trajectory/derive/spending.ts';
import type { CellState, RunState } from '../../trajectory/run-state.ts';
import { moneyOf } from '../graph/doll-rows.tsx';
import { classes } from '../kit/classes.ts';
import { useCodeLines } from '../kit/code-lines.tsx';
import { StateMark } from '../kit/state-mark.tsx';
import styles from './code-listing.module.css';

interface ListingProps {
  readonly run: RunStore;
  readonly state: RunState;
  readonly code: string;
  /** Null while the code is still being written. */
  readonly cell: CellState | null;
  /** 1-based line it waits at. */
  readonly waits: number | null;
}

const SHOWN = 300;
const ERROR_CHARS = 1_000;

/** Code with its line numbers; what a line called stands at its end, with count and cost. */
export function CodeListing({ run, state, code, cell, waits }: ListingProps) {
  const lines = useCodeLines(code);
  const [all, setAll] = useState(false);
  const calls = new Map(cell ? callsByLine(state, cell).map((each) => [each.line, each.calls]) : []);
  const shown = all ? lines : lines.slice(0, SHOWN);
  return (
    <div className={styles['listing']}>
      {shown.map((content, index) => {
        const line = index + 1;
        const asked = calls.get(line);
        return (
          <Line
            // Lines have no identity but their place.
            key={line}
            line={line}
            content={content}
            isNow={line === waits || (cell === null && line === lines.length)}
            error={cell?.error?.line === line ? `${cell.error.name}: ${cell.error.message.slice(0, ERROR_CHARS)}` : null}
            count={asked?.length ?? 0}
            cost={asked ? moneyOf(spendingOf(state, asked)) : ''}
            {...(asked?.[0] === undefined ? {} : { onShow: selector(run, asked[0]) })}
          />
        );
      })}
      {shown.length < lines.length ? (
        <button type="button" className={styles['more']} onClick={() => setAll(true)}>
          Show all {formatCount(lines.length)} lines
        </button>
      ) : null}
    </div>
  );
}

const selector = (run: RunStore, call: string) => () => run.select({ call, turn: null });

interface LineProps {
  readonly line: number;
  readonly content: ReactNode;
  readonly isNow: boolean;
  /** What was thrown at it. */
  readonly error: string | null;
  /** Calls that the line asked for. */
  readonly count: number;
  readonly cost: string;
  readonly onShow?: () => void;
}

const Line = memo(
  function Line({ line, content, isNow, error, count, cost, onShow }: LineProps) {
    return (
      <div className={classes(styles['line'], count > 0 && styles['called'], isNow && styles['now'])}>
        <span className={styles['number']}>
          {error !== null ? <StateMark state="failed" depth={0} size={9} /> : null}
          {line}
        </span>
        <span className={styles['code']}>{content}</span>
        {count > 0 ? (
          <button
            type="button"
            className={styles['calls']}
            aria-label={`${plural(count, 'call')} from line ${line}, ${cost}`}
            onClick={onShow}
          >
            <b>×{formatCount(count)}</b> {cost}
          </button>
        ) : null}
        {error === null ? null : <span className={styles['error']}>{error}</span>}
      </div>
    );
  },
  // `onShow` leads to the first call of the line, which stays the same while the rest is equal.
  (a, b) =>
    a.content === b.content && a.isNow === b.isNow && a.error === b.error && a.count === b.count && a.cost === b.cost,
);
