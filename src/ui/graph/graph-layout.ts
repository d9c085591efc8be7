import type { RunState } from '../../trajectory/run-state.ts';
import { branchesOf, dollOf, SIZE, type Doll, type LookOptions, type Piece } from './graph-model.ts';

export interface Placed {
  readonly piece: Piece;
  readonly x: number;
  readonly y: number;
  readonly depth: number;
}

/** From the right side of the row that asked to the left side of what it asked. */
export interface Link {
  readonly id: string;
  readonly source: string;
  readonly target: string;
  readonly from: { readonly x: number; readonly y: number };
  readonly to: { readonly x: number; readonly y: number };
  /** Px between the parent's right side and the child: labels need 90. */
  readonly gap: number;
}

export interface GraphLayout {
  readonly placed: readonly Placed[];
  readonly links: readonly Link[];
  readonly width: number;
  readonly height: number;
}

const GAP = { column: 112, lastColumn: 46, row: 34 } as const;

/**
 * Columns by depth, children in start order below each other from the top of their parent. What is placed keeps its place when more is appended after it, so
 * nothing jumps but what stands below a growing branch. Linear in the number of pieces; the number
 * of pieces is bounded by folding (research: 300 visible nodes).
 */
export function layOut(state: RunState, look: LookOptions): GraphLayout {
  const root = state.calls.get('0');
  if (!root) return { placed: [], links: [], width: 0, height: 0 };
  const placed: Placed[] = [];
  const links: Link[] = [];
  /** First free y in each column. */
  const free: number[] = [];
  let width = 0;
  let height = 0;

  const place = (piece: Piece, depth: number, x: number, wished: number): Placed => {
    const top = piece.kind === 'doll' ? piece.shells * SIZE.shell : 0;
    const y = Math.max(wished, (free[depth] ?? 0) + top);
    free[depth] = y + piece.height + top + GAP.row;
    width = Math.max(width, x + piece.width + top);
    height = Math.max(height, y + piece.height + top);
    const at = { piece, x, y, depth };
    placed.push(at);
    return at;
  };

  const grow = (parent: Placed, doll: Doll): void => {
    const call = state.calls.get(doll.call);
    if (!call) return;
    const branches = branchesOf(state, call, look);
    const hasDolls = branches.some(({ piece }) => piece.kind === 'doll');
    const gap = parent.depth === 0 || hasDolls ? GAP.column : GAP.lastColumn;
    const side = parent.x + doll.width + doll.shells * SIZE.shell;
    for (const { turn, piece } of branches) {
      const rowY = parent.y + rowMiddle(doll, turn);
      const anchor = anchorOf(piece);
      const child = place(piece, parent.depth + 1, side + gap, parent.y);
      links.push({
        id: `${parent.piece.id}>${piece.id}`,
        source: parent.piece.id,
        target: piece.id,
        from: { x: side, y: rowY },
        to: { x: child.x - (piece.kind === 'doll' ? piece.shells * SIZE.shell : 0) - 6, y: child.y + anchor },
        gap,
      });
      if (piece.kind === 'doll') grow(child, piece);
      // A deeper branch may reach further down than its doll: the next sibling stays clear of it,
      // so that edges of two branches never cross.
      free[parent.depth + 1] = Math.max(
        free[parent.depth + 1] ?? 0,
        (free[parent.depth + 2] ?? 0) - GAP.row,
      );
    }
  };

  const doll = dollOf(state, root, look);
  const shells = doll.shells * SIZE.shell;
  grow(place(doll, 0, shells, shells), doll);
  return { placed, links, width, height };
}

/** Where an edge meets a piece, below its top. */
function anchorOf(piece: Piece): number {
  switch (piece.kind) {
    case 'doll':
      return SIZE.childHead / 2;
    case 'strip':
      return SIZE.labelHeight + 20;
    case 'reply':
      return SIZE.replyHeight / 2;
  }
}

/** Middle of the row a turn stands in, below the doll's top; its head where no row does. */
export function rowMiddle(doll: Doll, turn: number | null): number {
  let y = doll.head;
  for (const row of doll.rows) {
    const holds =
      turn !== null &&
      (row.kind === 'fold' ? turn >= row.from && turn <= row.to : row.turn === turn);
    if (holds) return y + row.height / 2;
    y += row.height;
  }
  return doll.head / 2;
}
