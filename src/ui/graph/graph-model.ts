import { progress } from '../../trajectory/derive/reading.ts';
import type { CallState, RunState } from '../../trajectory/run-state.ts';

/** Sizes of the look, in px at zoom 1. */
export const SIZE = {
  rootWidth: 300,
  childWidth: 212,
  rootHead: 48,
  childHead: 42,
  turn: 51,
  row: 34,
  foot: 29,
  shell: 4,
  replyHeight: 44,
  labelHeight: 24,
  lineHeight: 22,
} as const;

/** A row of an open doll. Ids make rows findable for edges. */
export type Row =
  | { readonly kind: 'fold'; readonly from: number; readonly to: number; readonly height: number }
  | { readonly kind: 'turn'; readonly turn: number; readonly height: number }
  | { readonly kind: 'next'; readonly turn: number; readonly height: number };

export interface Doll {
  readonly kind: 'doll';
  readonly id: string;
  readonly call: string;
  /** Shells around it: one for each level of calls inside it. */
  readonly shells: number;
  readonly head: number;
  readonly rows: readonly Row[];
  readonly foot: 'holds' | 'asked' | null;
  readonly width: number;
  readonly height: number;
}

/** A fan-out as one mark a call; past 64 calls, one column a share until it is unfolded. */
export interface Strip {
  readonly kind: 'strip';
  readonly id: string;
  readonly calls: readonly string[];
  readonly columns: number;
  /** Side of a mark and the gap between two, px; 0 stands for shares. */
  readonly mark: number;
  readonly gap: number;
  readonly width: number;
  readonly height: number;
}

/** One plain sub-call. */
export interface Reply {
  readonly kind: 'reply';
  readonly id: string;
  readonly call: string;
  readonly width: number;
  readonly height: number;
}

export type Piece = Doll | Strip | Reply;

/** What a row of a doll called: the pieces that hang from it, in the order they started. */
export interface Branch {
  /** The turn of the parent that asked. */
  readonly turn: number | null;
  readonly piece: Piece;
}

const STRIP_FROM = 5;
const SHARES_FROM = 65;
const UNFOLDED_AT_MOST = 600;
const DOLLS_AT_MOST = 12;
const OPEN_DOLLS = 6;

/** A fan-out's first call names it: the path stays the same while the fan-out grows. */
export const stripId = (calls: readonly string[]): string => `strip-${calls[0] ?? ''}`;
export const turnsId = (call: string): string => `turns-${call}`;

export interface LookOptions {
  /** Ids the person turned around from their default (see run-store). */
  readonly toggled: ReadonlySet<string>;
  /** Call that must stay visible. */
  readonly selected: string | null;
}

/** Levels of calls inside a call. */
export function levelsInside(state: RunState, call: CallState): number {
  let deepest = call.depth;
  const open = [...call.children];
  while (open.length > 0) {
    const child = state.calls.get(open.pop() ?? '');
    if (!child) continue;
    deepest = Math.max(deepest, child.depth);
    if (child.kind === 'rlm') open.push(...child.children);
  }
  return deepest - call.depth;
}

/** The doll of an `rlm` call: which of its turns stand open, which are folded into one row. */
export function dollOf(state: RunState, call: CallState, { toggled }: LookOptions): Doll {
  const isRoot = call.parent === null;
  const isOpen = call.status === 'running' || call.status === 'queued';
  const turns = call.turns.map((turn) => turn.turn);
  const shown = isRoot ? 6 : isOpen ? 3 : 1;
  const folds = turns.length > shown + 1 && !toggled.has(turnsId(call.id));
  const firstShown = folds ? turns.length - shown : 0;
  const rows: Row[] = [];
  const lastFolded = turns[firstShown - 1];
  if (lastFolded !== undefined) {
    rows.push({ kind: 'fold', from: turns[0] ?? 1, to: lastFolded, height: SIZE.row });
  }
  for (const turn of turns.slice(firstShown)) rows.push({ kind: 'turn', turn, height: SIZE.turn });
  const last = call.turns.at(-1);
  if (isOpen && isRoot && last && last.cell !== null) {
    rows.push({ kind: 'next', turn: last.turn + 1, height: SIZE.row });
  }
  const head = isRoot ? SIZE.rootHead : SIZE.childHead;
  const foot = isRoot ? 'holds' : isOpen ? 'asked' : null;
  const height =
    head + rows.reduce((sum, row) => sum + row.height, 0) + (foot === null ? 0 : SIZE.foot) + 3;
  return {
    kind: 'doll',
    id: call.id,
    call: call.id,
    shells: Math.min(levelsInside(state, call), 4),
    head,
    rows,
    foot,
    width: isRoot ? SIZE.rootWidth : SIZE.childWidth,
    height,
  };
}

function stripOf(calls: readonly string[], depth: number, toggled: ReadonlySet<string>): Strip {
  const id = stripId(calls);
  const text = SIZE.labelHeight + SIZE.lineHeight;
  if (calls.length >= SHARES_FROM && !toggled.has(id)) {
    return { kind: 'strip', id, calls, columns: 40, mark: 0, gap: 1, width: SIZE.childWidth, height: text + 44 };
  }
  const shown = Math.min(calls.length, UNFOLDED_AT_MOST);
  const dense = depth >= 2 || shown > 64;
  const mark = dense ? 9 : 16;
  const gap = dense ? 2 : 4.4;
  const columns = depth >= 2 && shown <= 64 ? 8 : dense ? 19 : 10;
  const lines = Math.ceil(shown / columns);
  const width = Math.max(columns * (mark + gap) - gap, depth >= 2 ? 132 : SIZE.childWidth);
  return {
    kind: 'strip',
    id,
    calls,
    columns,
    mark,
    gap,
    width,
    height: text + lines * (mark + gap) - gap + (depth >= 2 ? SIZE.lineHeight : 0),
  };
}

/**
 * What hangs from a call, piece by piece, in the order the sub-calls started. While the call works,
 * fan-outs of earlier turns that are back stand only as the bars of their turn's row, so that the
 * graph shows what happens now; they come out again when the call has returned.
 */
export function branchesOf(state: RunState, call: CallState, look: LookOptions): readonly Branch[] {
  const byCell = new Map<string | null, CallState[]>();
  for (const id of call.children) {
    const child = state.calls.get(id);
    if (!child) continue;
    const group = byCell.get(child.cell);
    if (group) group.push(child);
    else byCell.set(child.cell, [child]);
  }
  const groups = [...byCell].map(([cell, children]) => ({
    turn: cell === null ? null : (state.cells.get(cell)?.turn ?? null),
    children,
  }));
  const latest = Math.max(0, ...groups.map(({ turn }) => turn ?? 0));
  const works = call.endedAt === null;
  return groups.flatMap(({ turn, children }) => {
    const isPast = works && (turn ?? 0) < latest;
    return piecesOf(state, children, look)
      .filter((piece) => !(isPast && piece.kind === 'strip' && isBack(state, piece, look)))
      .map((piece) => ({ turn, piece }));
  });
}

const isBack = (state: RunState, { id, calls }: Strip, { selected, toggled }: LookOptions): boolean =>
  !toggled.has(id) &&
  (selected === null || !calls.includes(selected)) &&
  progress(state, calls).open === 0;

function piecesOf(state: RunState, children: readonly CallState[], look: LookOptions): Piece[] {
  const depth = children[0]?.depth ?? 1;
  const replies = children.filter((child) => child.kind === 'llm');
  const nested = children.filter((child) => child.kind === 'rlm');
  const pieces: { readonly first: string; readonly piece: Piece }[] = [];
  const addStrip = (calls: readonly CallState[]) => {
    const ids = calls.map((child) => child.id);
    pieces.push({ first: ids[0] ?? '', piece: stripOf(ids, depth, look.toggled) });
  };
  if (replies.length >= STRIP_FROM) addStrip(replies);
  else {
    for (const { id } of replies) {
      pieces.push({
        first: id,
        piece: { kind: 'reply', id, call: id, width: SIZE.childWidth, height: SIZE.replyHeight },
      });
    }
  }
  const open = nested.length > DOLLS_AT_MOST ? worthOpening(nested, look.selected) : nested;
  if (open.length < nested.length) addStrip(nested);
  for (const child of open) {
    pieces.push({ first: child.id, piece: dollOf(state, child, look) });
  }
  const place = new Map(children.map((child, index) => [child.id, index]));
  return pieces
    .toSorted((a, b) => (place.get(a.first) ?? 0) - (place.get(b.first) ?? 0))
    .map(({ piece }) => piece);
}

/** Of many children: the one looked at, those that work now and those that failed, as far as they fit. */
function worthOpening(calls: readonly CallState[], selected: string | null): readonly CallState[] {
  const looked = calls.filter(({ id }) => selected === id || selected?.startsWith(`${id}.`));
  const busy = calls.filter(({ status }) => status === 'running' || status === 'failed');
  return [...new Set([...looked, ...busy])].slice(0, OPEN_DOLLS);
}
