import { childGroups, type ChildGroup } from '../../trajectory/derive/grouping.ts';
import type { TreeRow } from '../../trajectory/derive/tree-rows.ts';
import type { CallState, RunState } from '../../trajectory/run-state.ts';

/**
 * Rows of the tree that a search keeps: what was found and the calls above it, all open. A fan-out
 * is a row only as far as it holds something that was found. Iterative, as `treeRows` is.
 */
export function foundRows(state: RunState, kept: ReadonlySet<string>): readonly TreeRow[] {
  const root = state.calls.get('0');
  if (root === undefined || !kept.has('0')) return [];
  const rows: TreeRow[] = [];
  const stack: TreeRow[] = [{ kind: 'call', id: '0', call: root, level: 1, position: 1, setSize: 1, open: true }];
  for (let row = stack.pop(); row !== undefined; row = stack.pop()) {
    const below = row.kind === 'call' ? belowCall(state, row.call, kept, row.level + 1) : belowCluster(state, row.calls, row.level + 1);
    rows.push({ ...row, open: below.length > 0 ? true : null });
    stack.push(...below.reverse());
  }
  return rows;
}

function belowCall(state: RunState, call: CallState, kept: ReadonlySet<string>, level: number): TreeRow[] {
  const groups = childGroups(state, call).flatMap((group): ChildGroup[] => {
    if (group.kind === 'call') return kept.has(group.id) ? [group] : [];
    const calls = group.calls.filter((id) => kept.has(id));
    return calls.length > 0 ? [{ ...group, calls }] : [];
  });
  return placed(groups.map((group) => ({ ...group, open: null })), level);
}

function belowCluster(state: RunState, ids: readonly string[], level: number): TreeRow[] {
  const calls = ids.flatMap((id) => state.calls.get(id) ?? []);
  return placed(calls.map((call) => ({ kind: 'call' as const, id: call.id, call, open: null })), level);
}

type Unplaced<T> = T extends unknown ? Omit<T, 'level' | 'position' | 'setSize'> : never;

function placed(rows: readonly Unplaced<TreeRow>[], level: number): TreeRow[] {
  return rows.map((row, index) => ({ ...row, level, position: index + 1, setSize: rows.length }));
}
