import type { CallState, RunState } from '../run-state.ts';
import { childGroups, type ChildGroup } from './grouping.ts';

interface Place {
  /** Id of the call, or of the cluster: the key of the row and of its fold state. */
  readonly id: string;
  /** `aria-level`, from 1. */
  readonly level: number;
  /** `aria-posinset`, from 1, and `aria-setsize`. */
  readonly position: number;
  readonly setSize: number;
  /** Null where there is nothing to open. */
  readonly open: boolean | null;
}

export type TreeRow =
  | (Place & { readonly kind: 'call'; readonly call: CallState })
  | (Place & { readonly kind: 'cluster'; readonly cell: string; readonly calls: readonly string[] });

interface Entry {
  readonly group: ChildGroup;
  readonly level: number;
  readonly position: number;
  readonly setSize: number;
}

/**
 * The visible rows of the tree of calls, from the top. Calls are open and clusters closed unless
 * `toggled` holds their id, which turns them around. Iterative: depth comes from the log.
 */
export function treeRows(state: RunState, toggled: ReadonlySet<string>): readonly TreeRow[] {
  const root = state.calls.get('0');
  if (root === undefined) return [];
  const rows: TreeRow[] = [];
  const stack: Entry[] = entries([{ kind: 'call', id: root.id, call: root }], 1);
  for (let entry = stack.pop(); entry !== undefined; entry = stack.pop()) {
    const { group, level, position, setSize } = entry;
    const open = isOpen(group, toggled);
    rows.push({ ...group, level, position, setSize, open });
    if (open !== true) continue;
    for (const below of entries(groupsBelow(state, group), level + 1)) stack.push(below);
  }
  return rows;
}

function isOpen(group: ChildGroup, toggled: ReadonlySet<string>): boolean | null {
  if (group.kind === 'cluster') return toggled.has(group.id);
  return group.call.children.length === 0 ? null : !toggled.has(group.id);
}

function groupsBelow(state: RunState, group: ChildGroup): readonly ChildGroup[] {
  if (group.kind === 'call') return childGroups(state, group.call);
  return group.calls.flatMap((id): ChildGroup[] => {
    const call = state.calls.get(id);
    return call === undefined ? [] : [{ kind: 'call', id, call }];
  });
}

/** Entries for a stack, so the last comes first. */
function entries(groups: readonly ChildGroup[], level: number): Entry[] {
  return groups
    .map((group, index) => ({ group, level, position: index + 1, setSize: groups.length }))
    .toReversed();
}
