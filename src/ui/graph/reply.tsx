import { formatDuration } from '../../base/format.ts';
import { returnedLine } from '../../trajectory/derive/reading.ts';
import { spending } from '../../trajectory/derive/spending.ts';
import type { CallState, RunState } from '../../trajectory/run-state.ts';
import { StateMark } from '../kit/state-mark.tsx';
import { sharedFrom } from './call-name.ts';
import { moneyOf } from './doll-rows.tsx';
import styles from './reply.module.css';
import { firstWords } from './row-text.ts';

/** One plain sub-call: its state, and what came back. */
export function Reply({ state, call }: { readonly state: RunState; readonly call: CallState }) {
  const from = sharedFrom(call);
  return (
    <div className={styles['reply']}>
      <p className={styles['label']}>
        <StateMark state={call.status} depth={call.depth} size={14} />
        <b>{call.id}</b>
        <span>{formatDuration((call.endedAt ?? state.at) - call.startedAt)}</span>
        <b className={styles['cost']}>{from === null ? moneyOf(spending(state, call).total) : `as ${from}`}</b>
      </p>
      <p className={styles['words']}>{words(call)}</p>
    </div>
  );
}

function words(call: CallState): string {
  if (call.failure !== null) return call.failure;
  const came = returnedLine(call);
  if (came !== null) return firstWords(came, 80);
  if (call.text !== '') return firstWords(call.textEnd.slice(-120), 80);
  return call.status === 'queued' ? 'waits for its turn' : firstWords(call.prompt, 80);
}
