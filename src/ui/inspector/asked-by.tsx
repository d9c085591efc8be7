import type { RunStore } from '../../state/run-store.ts';
import type { CallState, RunState } from '../../trajectory/run-state.ts';
import styles from './inspector.module.css';

interface AskedByProps {
  readonly run: RunStore;
  readonly state: RunState;
  readonly call: CallState;
}

/** The cell that asked for a call, and the way to it. Nothing for the root: a person asked. */
export function AskedBy({ run, state, call }: AskedByProps) {
  const { parent } = call;
  if (parent === null) return null;
  const turn = call.cell === null ? null : (state.cells.get(call.cell)?.turn ?? null);
  return (
    <p className={styles['askedBy']}>
      <span>Asked by</span>
      <button type="button" onClick={() => run.select({ call: parent, turn })}>
        Call {parent}
        {turn === null ? '' : `, turn ${turn}`}
        {call.line === null ? '' : `, line ${call.line}`}
      </button>
    </p>
  );
}
