import type { KeyboardEvent } from 'react';
import { plural } from '../../base/format.ts';
import { rangeName } from '../../trajectory/derive/grouping.ts';
import { progress, type Progress } from '../../trajectory/derive/reading.ts';
import { spendingOf } from '../../trajectory/derive/spending.ts';
import type { RunState } from '../../trajectory/run-state.ts';
import { StateMark } from '../kit/state-mark.tsx';
import { callName } from './call-name.ts';
import { moneyOf } from './doll-rows.tsx';
import type { Strip as StripPiece } from './graph-model.ts';
import { useRun, useRunStore } from './run-context.tsx';
import styles from './strip.module.css';

const SHOWN_AT_MOST = 600;

interface StripProps {
  readonly state: RunState;
  readonly strip: StripPiece;
  readonly depth: number;
}

/** A fan-out: range, count and cost above, one mark a call, how it stands below. */
export function Strip({ state, strip, depth }: StripProps) {
  const run = useRunStore();
  const tally = progress(state, strip.calls);
  const cost = moneyOf(spendingOf(state, strip.calls));
  const isDeep = depth >= 2;
  const hidden = strip.calls.length - SHOWN_AT_MOST;
  return (
    <div className={styles['strip']}>
      <p className={styles['label']}>
        <b>{rangeName(strip.calls)}</b>
        {isDeep ? null : <span>{plural(strip.calls.length, 'call')}</span>}
        {isDeep ? null : <b className={styles['cost']}>{cost}</b>}
      </p>
      {strip.mark === 0 ? (
        <button
          type="button"
          className={styles['shares']}
          aria-label={`Show all ${strip.calls.length} calls`}
          onClick={() => run.toggle(strip.id)}
        >
          <Shares tally={tally} depth={depth} />
        </button>
      ) : (
        <Marks state={state} strip={strip} depth={depth} />
      )}
      {isDeep ? <p className={styles['line']}>{cost}</p> : null}
      <p className={styles['line']}>
        {standing(tally)}
        {strip.mark > 0 && hidden > 0 ? ` · ${plural(hidden, 'more call')} in the list` : ''}
      </p>
    </div>
  );
}

function standing({ asked, back, failed, inFlight, queued, retrying }: Progress): string {
  const words = [
    back === asked ? 'all back' : `${back} back`,
    ...(inFlight > 0 ? [`${inFlight} in flight`] : []),
    ...(retrying > 0 ? [`${retrying} retrying`] : []),
    ...(queued > 0 ? [`${queued} queued`] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
  ];
  return words.join(', ');
}

/** One tab stop; arrows walk the marks, Enter shows the call. */
function Marks({ state, strip, depth }: StripProps) {
  const run = useRunStore();
  const selected = useRun(({ selection, following }) => (following ? null : (selection?.call ?? null)));
  const shown = strip.calls.slice(0, SHOWN_AT_MOST);
  const stop = selected !== null && shown.includes(selected) ? selected : shown[0];

  const walk = (event: KeyboardEvent<HTMLDivElement>) => {
    const move = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: strip.columns, ArrowUp: -strip.columns }[event.key];
    if (move === undefined) return;
    const marks = [...event.currentTarget.querySelectorAll('button')];
    const at = marks.findIndex((mark) => mark === document.activeElement);
    const next = marks[at + move];
    if (!next) return;
    event.preventDefault();
    event.stopPropagation();
    next.focus();
  };

  return (
    <div
      className={styles['marks']}
      role="toolbar"
      tabIndex={-1}
      aria-label={`Calls ${rangeName(strip.calls)}`}
      style={{
        gridTemplateColumns: `repeat(${strip.columns}, ${strip.mark}px)`,
        gap: strip.gap,
      }}
      onKeyDown={walk}
    >
      {shown.map((id) => {
        const call = state.calls.get(id);
        if (!call) return null;
        return (
          <button
            key={id}
            type="button"
            className={id === selected ? `${styles['mark']} ${styles['selected']}` : styles['mark']}
            tabIndex={id === stop ? 0 : -1}
            aria-label={callName(state, call)}
            onClick={(event) => {
              event.stopPropagation();
              run.select({ call: id, turn: null });
            }}
          >
            <StateMark state={call.status} depth={depth} size={strip.mark} />
          </button>
        );
      })}
    </div>
  );
}

/** Past 64 calls: 40 columns, each standing for its share, in the order back, failed, waiting. */
function Shares({ tally, depth }: { readonly tally: Progress; readonly depth: number }) {
  const share = (count: number) => Math.round((count / tally.asked) * 40);
  const back = share(tally.back);
  const failed = tally.failed > 0 ? Math.max(1, share(tally.failed)) : 0;
  const flight = tally.inFlight + tally.retrying > 0 ? Math.max(1, share(tally.inFlight + tally.retrying)) : 0;
  const kind = (index: number) => {
    if (index < back) return 'back';
    if (index < back + failed) return 'failed';
    return index < back + failed + flight ? 'flight' : 'queued';
  };
  return Array.from({ length: 40 }, (_, index) => {
    const state = kind(index);
    return (
      <i
        // Columns have no identity but their place.
        key={index}
        data-kind={state}
        style={state === 'back' ? { background: `var(--d${Math.min(depth, 4)})` } : {}}
      />
    );
  });
}
