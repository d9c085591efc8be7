import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { VList, type VListHandle } from 'virtua';
import { useStore } from 'zustand';
import { shownSelection, type RunStore } from '../../state/run-store.ts';
import { spendingByCall } from '../../trajectory/derive/spending.ts';
import type { TreeRow } from '../../trajectory/derive/tree-rows.ts';
import type { RunState } from '../../trajectory/run-state.ts';
import styles from './call-tree.module.css';
import { rowOf, treeMove } from './tree-keys.ts';
import { CallRow, ClusterRow } from './tree-row.tsx';

interface TreeListProps {
  readonly run: RunStore;
  readonly state: RunState;
  readonly rows: readonly TreeRow[];
  /** Words that a search found, by call. Null where nobody searches. */
  readonly found: ReadonlyMap<string, string> | null;
}

const ROW = 34;

/**
 * The rows in view, one tab stop for all: focus moves row by row (WAI-ARIA, tree view), and the row
 * that has it stays in the document when it is scrolled away.
 */
export function TreeList({ run, state, rows, found }: TreeListProps) {
  const shown = useStore(run, (view) => shownSelection(view)?.call ?? null);
  const spending = useMemo(() => spendingByCall(state), [state]);
  const list = useRef<VListHandle>(null);
  const box = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState<string | null>(null);
  const moved = useRef(false);

  const shownRow = shown === null ? -1 : rowOf(rows, shown);
  const activeIndex = Math.max(0, active === null ? shownRow : rows.findIndex(({ id }) => id === active));

  // The tree goes where the selection goes, but takes the focus from nobody.
  useEffect(() => {
    setActive(null);
    if (shownRow >= 0) list.current?.scrollToIndex(shownRow, { align: 'nearest' });
    // A row that moves because others open above it is no new selection.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [shown]);

  // Focus goes where the keys led. A row that comes into being is hidden until it is measured, and
  // what is hidden takes no focus: it is tried again for a few frames.
  const activeId = rows[activeIndex]?.id ?? '';
  useEffect(() => {
    if (!moved.current) return;
    moved.current = false;
    list.current?.scrollToIndex(activeIndex, { align: 'nearest' });
    let tries = 0;
    let frame = 0;
    const take = () => {
      const row = box.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(activeId)}"]`);
      row?.focus({ preventScroll: true });
      tries += 1;
      if (document.activeElement !== row && tries < 10) frame = requestAnimationFrame(take);
    };
    take();
    return () => cancelAnimationFrame(frame);
  }, [activeId, activeIndex]);

  const show = (row: TreeRow) => {
    if (row.kind === 'cluster') run.toggle(row.id);
    else run.select({ call: row.id, turn: row.call.turns.at(-1)?.turn ?? null });
  };

  const press = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const move = treeMove(rows, activeIndex, event.key);
    const row = rows[activeIndex];
    if (move === null || row === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    switch (move.kind) {
      case 'go':
        moved.current = true;
        setActive(rows[move.index]?.id ?? null);
        break;
      case 'toggle':
        run.toggle(move.id);
        break;
      case 'show':
        show(row);
        break;
    }
  };

  return (
    <div className={styles['box']} ref={box}>
      <VList
        ref={list}
        role="tree"
        aria-label="Calls"
        className={styles['list']}
        data={rows}
        itemSize={ROW}
        keepMounted={[activeIndex]}
        onKeyDown={press}
      >
        {(row, index) => {
          const shared = {
            row,
            isActive: index === activeIndex,
            isShown: index === shownRow,
            onShow: () => show(row),
            onToggle: () => run.toggle(row.id),
            onFocus: () => setActive(row.id),
          };
          return row.kind === 'call' ? (
            <CallRow key={row.id} {...shared} state={state} call={row.call} spent={spending.get(row.id)} words={found?.get(row.id) ?? null} />
          ) : (
            <ClusterRow key={row.id} {...shared} state={state} calls={row.calls} />
          );
        }}
      </VList>
    </div>
  );
}
