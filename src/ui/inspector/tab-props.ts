import type { RunStore } from '../../state/run-store.ts';
import type { RunState } from '../../trajectory/run-state.ts';
import type { Subject } from './subject.ts';

export interface TabProps {
  readonly run: RunStore;
  readonly state: RunState;
  readonly subject: Subject;
  /** Why there is nothing to show; null where there is. */
  readonly empty: string | null;
}
