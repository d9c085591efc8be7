import type { CallState, RunState } from '../run-state.ts';

/** A fan-out of more `llm` calls than this, from one cell, is shown as one cluster. */
export const CLUSTER_OVER = 12;

/** A child on its own, or a fan-out of `llm` calls that one cell asked for. */
export type ChildGroup =
  | { readonly kind: 'call'; readonly id: string; readonly call: CallState }
  | { readonly kind: 'cluster'; readonly id: string; readonly cell: string; readonly calls: readonly string[] };

/** Sub-calls of `call` by the cell that asked, in start order; null is for those of no known cell. */
export function childrenByCell(state: RunState, call: CallState): ReadonlyMap<string | null, readonly string[]> {
  const groups = new Map<string | null, string[]>();
  for (const id of call.children) {
    const cell = state.calls.get(id)?.cell ?? null;
    const group = groups.get(cell);
    if (group === undefined) groups.set(cell, [id]);
    else group.push(id);
  }
  return groups;
}

/**
 * Children of `call` as a view shows them, in start order. A cluster stands where its first call
 * would; its id is `cluster:` and the cell's, so it stays the same while the fan-out grows.
 */
export function childGroups(state: RunState, call: CallState): readonly ChildGroup[] {
  const fanOuts = new Map<string, string[]>();
  for (const [cell, ids] of childrenByCell(state, call)) {
    if (cell === null || ids.length <= CLUSTER_OVER) continue;
    const replies = ids.filter((id) => state.calls.get(id)?.kind === 'llm');
    if (replies.length > CLUSTER_OVER) fanOuts.set(cell, replies);
  }
  const groups: ChildGroup[] = [];
  for (const id of call.children) {
    const child = state.calls.get(id);
    if (child === undefined) continue;
    const cell = child.cell;
    const calls = cell !== null && child.kind === 'llm' ? fanOuts.get(cell) : undefined;
    if (cell === null || calls === undefined) groups.push({ kind: 'call', id, call: child });
    else if (calls[0] === id) groups.push({ kind: 'cluster', id: `cluster:${cell}`, cell, calls });
  }
  return groups;
}

/** Name of a fan-out by its first and last path: `0.37–0.76`, or `0.77.1–64` below the first level. */
export function rangeName(calls: readonly string[]): string {
  const [first = '', last = first] = [calls[0], calls.at(-1)];
  if (first === last) return first;
  const deep = first.split('.').length > 2;
  return `${first}–${deep ? last.slice(last.lastIndexOf('.') + 1) : last}`;
}
