import type { CallState, CallStatus, CellState, RunState } from '../run-state.ts';
import { isFinal } from '../fold-call.ts';
import { childGroups, type ChildGroup } from './grouping.ts';
import { progress } from './reading.ts';

/** Sub-calls that one line of a cell asked for. */
export interface LineCalls {
  /** 1-based line of the cell. */
  readonly line: number;
  readonly calls: readonly string[];
}

/** Sub-calls of a cell by the line that asked, in order of lines; calls of unknown lines are left out. */
export function callsByLine(state: RunState, cell: CellState): readonly LineCalls[] {
  const lines = new Map<number, string[]>();
  for (const id of cell.calls) {
    const line = state.calls.get(id)?.line ?? null;
    if (line === null) continue;
    const calls = lines.get(line);
    if (calls === undefined) lines.set(line, [id]);
    else calls.push(id);
  }
  return [...lines].map(([line, calls]) => ({ line, calls })).sort((a, b) => a.line - b.line);
}

/** Sub-calls of a cell as a list shows them: fan-outs together, in the order they started. */
export function groupsOfCell(state: RunState, cell: CellState): readonly ChildGroup[] {
  const call = state.calls.get(cell.call);
  if (call === undefined) return [];
  return childGroups(state, { ...call, children: cell.calls });
}

/**
 * The line of a running cell that waits: one that asked for a call which is still out, where it
 * awaits, else the next line below that does. Null where the code does not tell.
 */
export function waitingLine(state: RunState, cell: CellState): number | null {
  const asking = callsByLine(state, cell).filter(({ calls }) =>
    calls.some((id) => {
      const call = state.calls.get(id);
      return call !== undefined && !isFinal(call.status);
    }),
  );
  if (asking.length === 0) return null;
  const awaits = cell.code.split('\n').map((line) => /\bawait\b/u.test(line));
  const own = asking.find(({ line }) => awaits[line - 1] === true);
  if (own !== undefined) return own.line;
  const last = asking.at(-1)?.line ?? 0;
  const below = awaits.indexOf(true, last);
  return below < 0 ? null : below + 1;
}

/** The newest replies of plain calls below `ids`, at any depth; at most `limit`, newest first. */
export function lastReplies(state: RunState, ids: readonly string[], limit: number): readonly CallState[] {
  const found: CallState[] = [];
  const open = [...ids];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const call = state.calls.get(id);
    if (call === undefined) continue;
    for (const child of call.children) open.push(child);
    if (call.kind === 'llm' && call.status === 'finished' && /\S/u.test(call.text)) found.push(call);
  }
  return found.sort((a, b) => (b.endedAt ?? 0) - (a.endedAt ?? 0)).slice(0, limit);
}

/** Plain calls that the same cell asked for before and with `call`, in start order. */
export function siblings(state: RunState, call: CallState): readonly string[] {
  const asker = call.cell === null ? undefined : state.cells.get(call.cell);
  const calls = asker?.calls ?? (call.parent === null ? [] : (state.calls.get(call.parent)?.children ?? []));
  return calls.filter((id) => state.calls.get(id)?.kind === call.kind);
}

/** The status of calls that are shown as one: what most needs saying of them. */
export function groupStatus(state: RunState, calls: readonly string[]): CallStatus {
  const { asked, failed, open, inFlight, retrying } = progress(state, calls);
  if (inFlight > 0) return 'running';
  if (retrying > 0) return 'retrying';
  if (open > 0) return 'queued';
  if (failed === asked) return 'failed';
  return calls.some((id) => state.calls.get(id)?.status === 'cut') ? 'cut' : 'finished';
}
