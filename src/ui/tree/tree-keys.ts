import type { TreeRow } from '../../trajectory/derive/tree-rows.ts';

/** What a key does in a tree (WAI-ARIA, tree view pattern). */
export type TreeMove =
  | { readonly kind: 'go'; readonly index: number }
  | { readonly kind: 'toggle'; readonly id: string }
  | { readonly kind: 'show' };

/** What `key` does at row `index`; null where the key is none of the tree's or has nothing to do. */
export function treeMove(rows: readonly TreeRow[], index: number, key: string): TreeMove | null {
  const row = rows[index];
  if (row === undefined) return null;
  const go = (to: number): TreeMove | null => (rows[to] === undefined || to === index ? null : { kind: 'go', index: to });
  switch (key) {
    case 'ArrowDown':
      return go(index + 1);
    case 'ArrowUp':
      return go(index - 1);
    case 'Home':
      return go(0);
    case 'End':
      return go(rows.length - 1);
    case 'PageDown':
      return go(Math.min(rows.length - 1, index + 10));
    case 'PageUp':
      return go(Math.max(0, index - 10));
    case 'ArrowRight':
      if (row.open === false) return { kind: 'toggle', id: row.id };
      return row.open === true ? go(index + 1) : null;
    case 'ArrowLeft':
      if (row.open === true) return { kind: 'toggle', id: row.id };
      return go(parentIndex(rows, index));
    case 'Enter':
    case ' ':
      return row.kind === 'cluster' ? { kind: 'toggle', id: row.id } : { kind: 'show' };
    default:
      return null;
  }
}

function parentIndex(rows: readonly TreeRow[], index: number): number {
  const level = rows[index]?.level ?? 1;
  return rows.findLastIndex((row, at) => at < index && row.level < level);
}

/** The row that shows `call`: its own, else the closed fan-out or call it is folded into; -1 for none. */
export function rowOf(rows: readonly TreeRow[], call: string): number {
  const own = rows.findIndex((row) => row.kind === 'call' && row.id === call);
  if (own >= 0) return own;
  const cluster = rows.findIndex((row) => row.kind === 'cluster' && row.calls.includes(call));
  if (cluster >= 0) return cluster;
  const cut = call.lastIndexOf('.');
  return cut < 0 ? -1 : rowOf(rows, call.slice(0, cut));
}
