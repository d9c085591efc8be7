import type { CallState, CellState, RunState } from '../run-state.ts';

/** Where a search found something in a call: the text around the first place. */
export type CallSearch = (state: RunState, call: CallState) => string | null;

const AROUND = 60;

/**
 * A search for `query` (any case) in prompts, replies, reasoning, code and output of calls, and in
 * their names and models. What was searched once is not searched again while it has not changed, so
 * one search lasts as long as its query.
 */
export function callSearch(query: string): CallSearch {
  const pattern = new RegExp(query.replaceAll(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`), 'iu');
  const calls = new WeakMap<CallState, string | null>();
  const cells = new WeakMap<CellState, string | null>();

  const inCell = (cell: CellState): string | null =>
    remembered(cells, cell, () => firstFound(pattern, [cell.code, cell.printed, cell.error?.message ?? '']));

  return (state, call) => {
    const own = remembered(calls, call, () => firstFound(pattern, textsOf(call)));
    if (own !== null) return own;
    for (const { cell } of call.turns) {
      const found = cell === null ? undefined : state.cells.get(cell);
      const text = found === undefined ? null : inCell(found);
      if (text !== null) return text;
    }
    return null;
  };
}

function remembered<K extends object>(known: WeakMap<K, string | null>, key: K, find: () => string | null) {
  const before = known.get(key);
  if (before !== undefined) return before;
  const found = find();
  known.set(key, found);
  return found;
}

function* textsOf(call: CallState): Generator<string> {
  yield `Call ${call.id}`;
  yield call.model;
  yield call.prompt;
  yield call.text;
  yield call.reasoning;
  yield call.answer ?? '';
  yield call.failure ?? '';
  for (const turn of call.turns) {
    yield turn.text;
    yield turn.reasoning;
    for (const message of turn.messages) yield message.content;
  }
}

function firstFound(pattern: RegExp, texts: Iterable<string>): string | null {
  for (const text of texts) {
    const found = pattern.exec(text);
    if (!found) continue;
    const from = Math.max(0, found.index - AROUND);
    const to = Math.min(text.length, found.index + found[0].length + AROUND);
    return `${from > 0 ? '…' : ''}${text.slice(from, to)}${to < text.length ? '…' : ''}`.replaceAll(/\s+/gu, ' ').trim();
  }
  return null;
}

/** What a search found in a run: texts by call, and every call that stands above one of them. */
export interface Found {
  readonly texts: ReadonlyMap<string, string>;
  /** Calls with a text and all calls above them. */
  readonly kept: ReadonlySet<string>;
}

export function findCalls(state: RunState, search: CallSearch): Found {
  const texts = new Map<string, string>();
  const kept = new Set<string>();
  for (const call of state.calls.values()) {
    const text = search(state, call);
    if (text === null) continue;
    texts.set(call.id, text);
    for (let id: string | null = call.id; id !== null && !kept.has(id); id = state.calls.get(id)?.parent ?? null) {
      kept.add(id);
    }
  }
  return { texts, kept };
}
