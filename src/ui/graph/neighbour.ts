import type { GraphLayout } from './graph-layout.ts';

/** Arrow keys by relation: left to the parent, right to the first child, up and down in the column. */
export function neighbourOf(layout: GraphLayout, id: string, key: string): string | null {
  const at = layout.placed.find(({ piece }) => piece.id === id);
  if (!at) return null;
  switch (key) {
    case 'ArrowLeft':
      return layout.links.find(({ target }) => target === id)?.source ?? null;
    case 'ArrowRight':
      return layout.links.find(({ source }) => source === id)?.target ?? null;
    case 'ArrowUp':
    case 'ArrowDown': {
      const column = layout.placed
        .filter(({ depth }) => depth === at.depth)
        .toSorted((a, b) => a.y - b.y);
      return column[column.indexOf(at) + (key === 'ArrowDown' ? 1 : -1)]?.piece.id ?? null;
    }
    default:
      return null;
  }
}
