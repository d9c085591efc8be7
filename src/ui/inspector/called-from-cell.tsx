import { formatCount } from '../../base/format.ts';
import type { RunStore } from '../../state/run-store.ts';
import { groupsOfCell, lastReplies } from '../../trajectory/derive/cell-calls.ts';
import { rangeName, type ChildGroup } from '../../trajectory/derive/grouping.ts';
import { openCell, progress, returnedLine } from '../../trajectory/derive/reading.ts';
import { spendingOf } from '../../trajectory/derive/spending.ts';
import { isFinal } from '../../trajectory/fold-call.ts';
import type { CallState, CellState, RunState } from '../../trajectory/run-state.ts';
import { callName, sharedFrom } from '../graph/call-name.ts';
import { moneyOf } from '../graph/doll-rows.tsx';
import { firstWords } from '../graph/row-text.ts';
import { Doll } from '../kit/doll.tsx';
import { StateMark } from '../kit/state-mark.tsx';
import styles from './called-from-cell.module.css';
import { MiniMarks } from './mini-marks.tsx';

interface CalledProps {
  readonly run: RunStore;
  readonly state: RunState;
  readonly cell: CellState;
}

const GROUPS = 40;
const REPLIES = 6;

/** What a cell called: fan-outs and calls, what came back and what it cost; then the newest replies. */
export function CalledFromCell({ run, state, cell }: CalledProps) {
  const groups = groupsOfCell(state, cell);
  if (groups.length === 0) return null;
  const replies = lastReplies(state, cell.calls, REPLIES);
  return (
    <>
      <section className={styles['section']}>
        <h3>Called from this cell</h3>
        <ul>
          {groups.slice(0, GROUPS).map((group) => (
            <li key={group.id}>
              <GroupRow run={run} state={state} group={group} />
            </li>
          ))}
        </ul>
        {groups.length > GROUPS ? <p className={styles['small']}>and {groups.length - GROUPS} more, in Calls</p> : null}
      </section>
      {replies.length > 1 ? (
        <section className={styles['section']}>
          <h3>
            Last replies <span className={styles['small']}>newest first</span>
          </h3>
          <ul>
            {replies.map((call) => (
              <li key={call.id}>
                <button
                  type="button"
                  className={styles['reply']}
                  aria-label={callName(state, call)}
                  onClick={() => run.select({ call: call.id, turn: null })}
                >
                  <span>{call.id}</span>
                  <em>{returnedLine(call)}</em>
                </button>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </>
  );
}

function GroupRow({ run, state, group }: { readonly run: RunStore; readonly state: RunState; readonly group: ChildGroup }) {
  const calls = group.kind === 'cluster' ? group.calls : [group.id];
  const [first = ''] = calls;
  const shares = group.kind === 'call' ? sharedFrom(group.call) : null;
  const cost = shares === null ? moneyOf(spendingOf(state, calls)) : `as ${shares}`;
  const words = group.kind === 'cluster' ? standing(state, calls) : wordsOf(state, group.call);
  const name =
    group.kind === 'cluster'
      ? `Call ${first}, first of ${calls.length} calls ${rangeName(calls)}: ${words}, ${cost}`
      : `${callName(state, group.call)}: ${words}`;
  return (
    <button
      type="button"
      className={styles['group']}
      aria-label={name}
      onClick={() => run.select({ call: first, turn: null })}
    >
      <span className={styles['mark']}>
        {group.kind === 'cluster' ? (
          <MiniMarks state={state} calls={calls} />
        ) : group.call.kind === 'rlm' ? (
          <Doll depth={group.call.depth} open={!isFinal(group.call.status)} size={20} />
        ) : (
          <StateMark state={group.call.status} depth={group.call.depth} size={12} />
        )}
      </span>
      <b>{rangeName(calls)}</b>
      <em>{words}</em>
      <b className={styles['cost']}>{cost}</b>
    </button>
  );
}

function standing(state: RunState, calls: readonly string[]): string {
  const { asked, back, failed, open } = progress(state, calls);
  const lost = failed > 0 ? `, ${formatCount(failed)} failed` : '';
  if (open > 0) return `${formatCount(back)} of ${formatCount(asked)} back${lost}`;
  return back === asked ? `all ${formatCount(asked)} back` : `${formatCount(back)} back${lost}`;
}

/** What one call gave back, or how far it is. */
function wordsOf(state: RunState, call: CallState): string {
  if (call.failure !== null) return `failed: ${firstWords(call.failure, 90)}`;
  const line = returnedLine(call);
  if (line !== null) return line === '' ? 'came back empty' : line;
  if (call.kind === 'llm') return call.text === '' ? call.status : firstWords(call.textEnd.slice(-90), 90);
  const cell = openCell(state, call);
  if (cell && cell.calls.length > 0) return standing(state, cell.calls);
  const turn = call.turns.at(-1);
  return turn ? `at turn ${turn.turn}` : 'waits for its turn';
}
