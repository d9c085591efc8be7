import { useDeferredValue, useMemo, useState } from 'react';
import { Search } from 'lucide-react';
import { useStore } from 'zustand';
import { formatCount, plural } from '../../base/format.ts';
import type { RunStore } from '../../state/run-store.ts';
import { callSearch, findCalls } from '../../trajectory/derive/search-calls.ts';
import { treeRows } from '../../trajectory/derive/tree-rows.ts';
import { Icon } from '../kit/icon.tsx';
import styles from './call-tree.module.css';
import { foundRows } from './found-rows.ts';
import { TreeList } from './tree-list.tsx';

/** Every call of a run as a tree, and a search in all that was said in them. */
export function CallTree({ run }: { readonly run: RunStore }) {
  const state = useStore(run, ({ view }) => view);
  const toggled = useStore(run, (view) => view.toggled);
  const [typed, setTyped] = useState('');
  const query = useDeferredValue(typed.trim());
  const search = useMemo(() => (query === '' ? null : callSearch(query)), [query]);
  const found = useMemo(() => (search ? findCalls(state, search) : null), [state, search]);
  const rows = useMemo(
    () => (found ? foundRows(state, found.kept) : treeRows(state, toggled)),
    [state, toggled, found],
  );

  return (
    <div className={styles['pane']}>
      <div className={styles['search']}>
        <Icon of={Search} size={14} />
        <input
          type="search"
          aria-label="Search calls"
          placeholder="Search prompts, replies, code and output"
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        {found ? (
          <span aria-live="polite">
            {formatCount(found.texts.size)} of {plural(state.calls.size, 'call')}
          </span>
        ) : null}
      </div>
      <div className={styles['head']} aria-hidden="true">
        <span>Call</span>
        <span>Cost</span>
        <span className={styles['tokens']}>Tokens</span>
        <span>Time</span>
      </div>
      {rows.length > 0 ? (
        <TreeList run={run} state={state} rows={rows} found={found?.texts ?? null} />
      ) : (
        <p className={styles['none']}>
          {found ? 'No call holds these words.' : 'No call yet. Calls appear here as they begin.'}
        </p>
      )}
    </div>
  );
}
