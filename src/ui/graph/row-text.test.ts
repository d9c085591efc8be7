import { describe, expect, it } from 'vitest';
import { fold, EMPTY } from '../../trajectory/fold.ts';
import { refundsLog } from '../../trajectory/testing/refunds-log.ts';
import { cameBack, firstWords, tellingLine } from './row-text.ts';

describe('tellingLine', () => {
  it('prefers the line that waits for models', () => {
    const code = 'const ask = (t) => llm_query(t);\nconst replies = await Promise.all(parts.map(ask));\nprint(replies);';
    expect(tellingLine(code)).toBe('replies = await Promise.all(parts.map(ask))');
  });

  it('then one that calls them, one that finishes, a search, the first that does anything', () => {
    expect(tellingLine('let n = 1;\nconst r = llm_query_batched(ps);')).toBe('r = llm_query_batched(ps)');
    expect(tellingLine('const x = grep(/a/);\nFINAL(x.length);')).toBe('FINAL(x.length)');
    expect(tellingLine('const steps = [\n1];\nconst found = await ask(steps);')).toBe('found = await ask(steps)');
    expect(tellingLine('let n = 1;\nconst hits = grep(/a/);')).toBe('hits = grep(/a/)');
    expect(tellingLine('// look first\n\ncontext.slice(0, 10)')).toBe('context.slice(0, 10)');
  });

  it('has nothing to tell of an empty cell', () => {
    expect(tellingLine('')).toBe('');
    expect(tellingLine('// only a remark')).toBe('');
  });
});

describe('firstWords', () => {
  it('takes the first line with anything on it, in one spacing, cut with an ellipsis', () => {
    expect(firstWords('\n\n  a   b\nc', 80)).toBe('a b');
    expect(firstWords('abcdefgh', 5)).toBe('abcd…');
    expect(firstWords('', 5)).toBe('');
  });

  it('looks at the beginning of a long text only', () => {
    expect(firstWords(`${' '.repeat(4_000)}late`, 80)).toBe('');
    expect(firstWords('x'.repeat(1e7), 80)).toBe(`${'x'.repeat(79)}…`);
  });
});

describe('cameBack', () => {
  const { events } = refundsLog();

  it('says at every playhead what stands in a row, and ends with the answer', () => {
    const kinds = new Set<string>();
    let state = EMPTY;
    for (const event of events) {
      state = fold(state, [event]);
      const call = state.calls.get('0');
      const turn = call?.turns.at(-1);
      if (call && turn) kinds.add(cameBack(state, call, turn).kind);
    }
    expect([...kinds].toSorted()).toEqual(['finished', 'output', 'waiting', 'words', 'writing']);
    const root = state.calls.get('0');
    const last = root?.turns.at(-1);
    expect(root && last && cameBack(state, root, last).kind).toBe('finished');
  });

  it('says that no reply came, and why an answer was not taken', () => {
    const state = fold(EMPTY, events);
    const root = state.calls.get('0');
    const turn = root?.turns[0];
    if (!root || !turn) throw new Error('The log has a root with turns.');
    const unwritten = { ...turn, cell: null, repliedAt: null, text: '' };
    expect(cameBack(state, { ...root, status: 'running' }, unwritten)).toEqual({ kind: 'writing', characters: 0 });
    expect(cameBack(state, { ...root, status: 'failed' }, unwritten)).toEqual({ kind: 'words', text: 'no reply came' });

    const cell = state.cells.get('0:1');
    if (!cell) throw new Error('Its first turn has a cell.');
    const silent = new Map(state.cells).set('0:1', { ...cell, printed: '' });
    const note = { at: 1, by: 'engine' as const, text: 'Not as the schema says.', call: '0', turn: 1, guard: 'answer-schema' as const };
    expect(cameBack({ ...state, cells: silent, notes: [note] }, root, turn)).toMatchObject({ kind: 'output', text: 'Not as the schema says.' });
  });
});
