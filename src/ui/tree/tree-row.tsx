import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { formatCompact, formatCount, formatDuration, plural } from '../../base/format.ts';
import { groupStatus } from '../../trajectory/derive/cell-calls.ts';
import { rangeName } from '../../trajectory/derive/grouping.ts';
import { progress, returnedLine } from '../../trajectory/derive/reading.ts';
import { spendingOf, type CallSpending, type Total } from '../../trajectory/derive/spending.ts';
import type { TreeRow } from '../../trajectory/derive/tree-rows.ts';
import { isFinal } from '../../trajectory/fold-call.ts';
import type { CallState, RunState } from '../../trajectory/run-state.ts';
import { callName, sharedFrom } from '../graph/call-name.ts';
import { limitMet } from '../graph/limit-met.ts';
import { moneyOf } from '../graph/doll-rows.tsx';
import { firstWords, tellingLine } from '../graph/row-text.ts';
import { classes } from '../kit/classes.ts';
import { Doll } from '../kit/doll.tsx';
import { StateMark } from '../kit/state-mark.tsx';
import styles from './call-tree.module.css';

interface RowProps {
  readonly row: TreeRow;
  readonly isActive: boolean;
  readonly isShown: boolean;
  readonly onShow: () => void;
  readonly onToggle: () => void;
  readonly onFocus: () => void;
}

interface FrameProps extends RowProps {
  readonly name: string;
  readonly isNow: boolean;
  readonly cost: string;
  readonly tokens: string;
  readonly time: string;
  readonly children: ReactNode;
}

const WORDS = 140;

function Frame({ row, isActive, isShown, onShow, onToggle, onFocus, name, isNow, cost, tokens, time, children }: FrameProps) {
  return (
    // The keys of a tree are the tree's, not the row's.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      role="treeitem"
      className={classes(styles['row'], isNow && styles['now'], isShown && styles['shown'])}
      data-row={row.id}
      aria-label={name}
      aria-level={row.level}
      aria-posinset={row.position}
      aria-setsize={row.setSize}
      aria-selected={isShown}
      {...(row.open === null ? {} : { 'aria-expanded': row.open })}
      tabIndex={isActive ? 0 : -1}
      onClick={onShow}
      onFocus={onFocus}
    >
      <span className={styles['name']} style={{ paddingLeft: 10 + Math.min(row.level - 1, 8) * 18 }}>
        {row.open === null ? (
          <span className={styles['fold']} />
        ) : (
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions
          <span
            className={styles['fold']}
            data-open={row.open}
            onClick={(event) => {
              event.stopPropagation();
              onToggle();
            }}
          >
            <ChevronRight size={14} strokeWidth={1.6} aria-hidden="true" />
          </span>
        )}
        {children}
      </span>
      <b className={styles['number']}>{cost}</b>
      <span className={classes(styles['number'], styles['tokens'])}>{tokens}</span>
      <span className={styles['number']}>{time}</span>
    </div>
  );
}

interface CallRowProps extends RowProps {
  readonly state: RunState;
  readonly call: CallState;
  readonly spent: CallSpending | undefined;
  /** What a search found in it. */
  readonly words: string | null;
}

export function CallRow({ state, call, spent, words, ...row }: CallRowProps) {
  const isOpen = !isFinal(call.status);
  const time = call.status === 'queued' ? '' : formatDuration((call.endedAt ?? state.at) - (call.sentAt ?? call.startedAt));
  const failed = call.status === 'failed';
  return (
    <Frame
      {...row}
      name={[callName(state, call), tokensOf(spent?.total), time].filter((part) => part !== '').join(', ')}
      isNow={call.kind === 'rlm' && isOpen}
      cost={costOf(call, spent)}
      tokens={tokensOf(spent?.total).replace(' tokens', '')}
      time={time}
    >
      <span className={styles['mark']}>
        {call.kind === 'rlm' ? (
          failed ? <StateMark state="failed" depth={call.depth} size={12} /> : <Doll depth={call.depth} open={isOpen} size={21} />
        ) : (
          <StateMark state={call.status} depth={call.depth} size={12} />
        )}
      </span>
      <b className={styles['id']}>{call.kind === 'rlm' ? `Call ${call.id}` : call.id}</b>
      {words === null ? <Preview state={state} call={call} /> : <span className={styles['says']}>{words}</span>}
    </Frame>
  );
}

/** Nothing where nothing was sent; a call that took the reply of another names that one. */
function costOf(call: CallState, spent: CallSpending | undefined): string {
  const from = sharedFrom(call);
  if (from !== null) return `as ${from}`;
  return spent && spent.total.usage.input + spent.total.usage.output > 0 ? moneyOf(spent.total) : '';
}

/** What a call says for itself: why it failed, what came back, what it runs or writes, what it was asked. */
function Preview({ state, call }: { readonly state: RunState; readonly call: CallState }) {
  if (call.failure !== null) return <span className={styles['says']}>{firstWords(call.failure, WORDS)}</span>;
  const line = call.parent === null ? null : returnedLine(call);
  if (line !== null) return <em className={styles['returned']}>{line}</em>;
  const limit = limitMet(state, call);
  if (limit !== null && isFinal(call.status)) return <span className={styles['says']}>limit reached: {limit}</span>;
  const turn = call.turns.at(-1);
  const cell = turn?.cell ? state.cells.get(turn.cell) : undefined;
  if (cell && cell.endedAt === null) return <span className={styles['code']}>{tellingLine(cell.code)}</span>;
  if (call.parent === null) {
    return (
      <span className={styles['says']}>
        {plural(call.turns.length, 'turn')} · {call.model}
      </span>
    );
  }
  return <span className={styles['says']}>{firstWords(call.text === '' ? call.prompt : call.text, WORDS)}</span>;
}

interface ClusterRowProps extends RowProps {
  readonly state: RunState;
  readonly calls: readonly string[];
}

export function ClusterRow({ state, calls, ...row }: ClusterRowProps) {
  const { asked, back, failed, inFlight, retrying, queued } = progress(state, calls);
  const status = groupStatus(state, calls);
  const spent = spendingOf(state, calls);
  const words = [
    back === asked ? 'all back' : `${formatCount(back)} back`,
    ...(inFlight > 0 ? [`${formatCount(inFlight)} in flight`] : []),
    ...(retrying > 0 ? [`${formatCount(retrying)} retrying`] : []),
    ...(queued > 0 ? [`${formatCount(queued)} queued`] : []),
    ...(failed > 0 ? [`${formatCount(failed)} failed`] : []),
  ].join(', ');
  const time = span(state, calls);
  return (
    <Frame
      {...row}
      name={`Call ${calls[0] ?? ''}, first of ${asked} calls ${rangeName(calls)}: ${words}, ${moneyOf(spent)}`}
      isNow={false}
      cost={moneyOf(spent)}
      tokens={tokensOf(spent).replace(' tokens', '')}
      time={time}
    >
      <span className={classes(styles['mark'], status === 'finished' && styles['stack'])}>
        <StateMark state={status} depth={state.calls.get(calls[0] ?? '')?.depth ?? 1} size={12} />
      </span>
      <b className={styles['id']}>{rangeName(calls)}</b>
      <span className={styles['says']}>
        {plural(asked, 'call')}, {words}
      </span>
    </Frame>
  );
}

function tokensOf(total: Total | undefined): string {
  const count = total ? total.usage.input + total.usage.output : 0;
  return count === 0 ? '' : `${formatCompact(count)} tokens`;
}

function span(state: RunState, ids: readonly string[]): string {
  let from = Infinity;
  let to = -Infinity;
  for (const id of ids) {
    const call = state.calls.get(id);
    if (!call) continue;
    from = Math.min(from, call.startedAt);
    to = Math.max(to, call.endedAt ?? state.at);
  }
  return to > from ? formatDuration(to - from) : '';
}
