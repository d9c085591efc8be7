import { memo } from 'react';
import { useStore } from 'zustand';
import type { RunStore } from '../../state/run-store.ts';
import type { CallState, RunState } from '../../trajectory/run-state.ts';
import { callName } from '../graph/call-name.ts';
import styles from './call-outline.module.css';

/** Rows of the outline; the Calls tab shows any number. */
const MOST = 1_000;

/**
 * The tree of calls beside the graph, for those who hear the page: the same calls by the same names,
 * unseen, while the view on screen is another one.
 */
export function CallOutline({ run }: { readonly run: RunStore }) {
  const view = useStore(run, (state) => state.view);
  if (view.order.length === 0) return null;
  return (
    <ul role="tree" aria-label="Calls" className={styles['outline']}>
      {view.order.slice(0, MOST).map((id) => {
        const call = view.calls.get(id);
        if (!call) return null;
        const siblings = call.parent === null ? undefined : view.calls.get(call.parent)?.children;
        return (
          <OutlineItem
            key={id}
            view={view}
            call={call}
            // Paths count the children of a call from 1.
            position={Number(id.slice(id.lastIndexOf('.') + 1)) || 1}
            setSize={siblings?.length ?? 1}
          />
        );
      })}
    </ul>
  );
}

interface OutlineItemProps {
  readonly view: RunState;
  readonly call: CallState;
  readonly position: number;
  readonly setSize: number;
}

const OutlineItem = memo(
  function OutlineItem({ view, call, position, setSize }: OutlineItemProps) {
    return (
      <li
        role="treeitem"
        aria-level={call.depth + 1}
        aria-setsize={setSize}
        aria-posinset={position}
        aria-selected={false}
        aria-label={callName(view, call)}
      />
    );
  },
  // A call without sub-calls is named by itself alone; with them its cost is theirs too.
  (before, after) =>
    before.call === after.call && before.setSize === after.setSize && after.call.children.length === 0,
);
