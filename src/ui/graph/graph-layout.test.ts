import { describe, expect, it } from 'vitest';
import type { Fact, TrajectoryEvent } from '../../trajectory/events.ts';
import { EMPTY, fold } from '../../trajectory/fold.ts';
import type { RunState } from '../../trajectory/run-state.ts';
import { refundsLog } from '../../trajectory/testing/refunds-log.ts';
import { layOut, type GraphLayout, type Placed } from './graph-layout.ts';
import { SIZE, stripId, turnsId } from './graph-model.ts';
import { neighbourOf } from './neighbour.ts';
import { followViewport } from './viewport.ts';

const NOTHING = { toggled: new Set<string>(), selected: null };

/** A root whose first cell asked for `llm` plain calls and then `rlm` children. */
function fanOut(llm: number, rlm = 0): RunState {
  const facts: Fact[] = [
    { type: 'call.started', call: '0', parent: null, cell: null, kind: 'rlm', depth: 0, model: 'm', prompt: 'q' },
    { type: 'turn.started', call: '0', turn: 1, messages: [] },
    { type: 'cell.started', call: '0', turn: 1, cell: '0:1', code: 'x' },
  ];
  for (let index = 1; index <= llm + rlm; index += 1) {
    const kind = index <= llm ? 'llm' : 'rlm';
    facts.push({ type: 'call.started', call: `0.${index}`, parent: '0', cell: '0:1', kind, depth: 1, model: 'm', prompt: 'p' });
  }
  return fold(EMPTY, facts.map((fact, seq): TrajectoryEvent => ({ seq, at: seq, ...fact })));
}

const pieces = (layout: GraphLayout, kind: string) => layout.placed.filter(({ piece }) => piece.kind === kind);

const overlap = (a: Placed, b: Placed): boolean =>
  a.x < b.x + b.piece.width &&
  b.x < a.x + a.piece.width &&
  a.y < b.y + b.piece.height &&
  b.y < a.y + a.piece.height;

describe('layOut', () => {
  it('shows nothing before the run began, and a lone root after', () => {
    expect(layOut(EMPTY, NOTHING).placed).toEqual([]);
    expect(layOut(fanOut(0), NOTHING).placed).toHaveLength(1);
  });

  it('shows up to four plain calls one by one, and more as one strip', () => {
    expect(pieces(layOut(fanOut(4), NOTHING), 'reply')).toHaveLength(4);
    const layout = layOut(fanOut(13), NOTHING);
    expect(pieces(layout, 'reply')).toHaveLength(0);
    expect(pieces(layout, 'strip')).toHaveLength(1);
  });

  it('turns more than 64 calls into shares until they are unfolded', () => {
    const state = fanOut(500);
    const strip = pieces(layOut(state, NOTHING), 'strip')[0]?.piece;
    expect(strip?.kind === 'strip' && strip.mark).toBe(0);
    const ids = [...state.calls.keys()].slice(1);
    const open = layOut(state, { ...NOTHING, toggled: new Set([stripId(ids)]) });
    const unfolded = pieces(open, 'strip')[0]?.piece;
    expect(unfolded?.kind === 'strip' && unfolded.mark).toBe(9);
  });

  it('keeps a thousand children within 300 nodes, the selected one among those that stand open', () => {
    const state = fanOut(0, 1000);
    const layout = layOut(state, { ...NOTHING, selected: '0.700' });
    expect(layout.placed.length).toBeLessThan(300);
    expect(pieces(layout, 'doll').map(({ piece }) => piece.id)).toContain('0.700');
  });

  it('never lets two pieces overlap, at any playhead', () => {
    const { events } = refundsLog();
    for (let length = 10; length <= events.length; length += 97) {
      const { placed } = layOut(fold(EMPTY, events.slice(0, length)), NOTHING);
      for (const [index, a] of placed.entries()) {
        for (const b of placed.slice(index + 1)) expect(overlap(a, b), `${a.piece.id} over ${b.piece.id}`).toBe(false);
      }
    }
  });

  it('puts one shell around a doll for each level of calls inside it', () => {
    const layout = layOut(fold(EMPTY, refundsLog().events), NOTHING);
    const shells = (id: string) => {
      const piece = layout.placed.find((each) => each.piece.id === id)?.piece;
      return piece?.kind === 'doll' ? piece.shells : null;
    };
    expect(shells('0')).toBe(2);
    expect(shells('0.77')).toBe(1);
    expect(shells('0.78')).toBe(0);
  });

  it('leaves where they are the pieces above what is appended', () => {
    const { events } = refundsLog();
    const before = layOut(fold(EMPTY, events.slice(0, Math.floor(events.length * 0.6))), NOTHING);
    const after = layOut(fold(EMPTY, events.slice(0, Math.floor(events.length * 0.62))), NOTHING);
    const first = (layout: GraphLayout) => layout.placed.slice(0, 2).map(({ x, y, piece }) => ({ x, y, id: piece.id }));
    expect(first(after)).toEqual(first(before));
  });

  it('shows of a working call what works now, and all of it once it has returned', () => {
    const { events } = refundsLog();
    const strips = (length: number) =>
      pieces(layOut(fold(EMPTY, events.slice(0, length)), NOTHING), 'strip').map(({ piece }) => piece.id);
    expect(strips(Math.floor(events.length * 0.7))).not.toContain('strip-0.1');
    expect(strips(events.length)).toContain('strip-0.1');
    const state = fold(EMPTY, events.slice(0, Math.floor(events.length * 0.7)));
    const looked = layOut(state, { ...NOTHING, selected: '0.7' });
    expect(pieces(looked, 'strip').map(({ piece }) => piece.id)).toContain('strip-0.1');
  });

  it('folds the early turns of a long call into one row, until it is unfolded', () => {
    const facts: Fact[] = [
      { type: 'call.started', call: '0', parent: null, cell: null, kind: 'rlm', depth: 0, model: 'm', prompt: 'q' },
    ];
    for (let turn = 1; turn <= 20; turn += 1) facts.push({ type: 'turn.started', call: '0', turn, messages: [] });
    const state = fold(EMPTY, facts.map((fact, seq): TrajectoryEvent => ({ seq, at: seq, ...fact })));
    const rows = (toggled: ReadonlySet<string>) => {
      const piece = layOut(state, { toggled, selected: null }).placed[0]?.piece;
      return piece?.kind === 'doll' ? piece.rows : [];
    };
    expect(rows(new Set())[0]).toEqual({ kind: 'fold', from: 1, to: 14, height: SIZE.row });
    expect(rows(new Set([turnsId('0')]))).toHaveLength(20);
  });
});

describe('neighbourOf', () => {
  it('walks to the parent, to the first child and within the column', () => {
    const layout = layOut(fanOut(3), NOTHING);
    expect(neighbourOf(layout, '0', 'ArrowRight')).toBe('0.1');
    expect(neighbourOf(layout, '0.2', 'ArrowLeft')).toBe('0');
    expect(neighbourOf(layout, '0.2', 'ArrowDown')).toBe('0.3');
    expect(neighbourOf(layout, '0.1', 'ArrowUp')).toBeNull();
    expect(neighbourOf(layout, '0.1', 'x')).toBeNull();
  });
});

describe('followViewport', () => {
  const view = { width: 816, height: 600 };

  it('shows a small graph whole, no larger than life', () => {
    const viewport = followViewport(layOut(fanOut(2), NOTHING), undefined, view);
    expect(viewport.zoom).toBe(1);
    expect(viewport.y).toBeGreaterThan(0);
  });

  it('brings what works now into view when the graph is taller than the pane', () => {
    const layout = layOut(fanOut(0, 12), NOTHING);
    const last = layout.placed.at(-1);
    const viewport = followViewport(layout, last, view);
    const bottom = ((last?.y ?? 0) + (last?.piece.height ?? 0)) * viewport.zoom + viewport.y;
    expect(bottom).toBeLessThanOrEqual(view.height);
    expect(viewport.zoom).toBeGreaterThanOrEqual(0.85);
  });
});
