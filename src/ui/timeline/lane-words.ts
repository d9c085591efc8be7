import { formatCount, formatDuration, plural } from '../../base/format.ts';
import { progress, returnedLine } from '../../trajectory/derive/reading.ts';
import { NOTHING_SPENT, sum, type CallSpending, type Total } from '../../trajectory/derive/spending.ts';
import { isFinal } from '../../trajectory/fold-call.ts';
import type { RunState } from '../../trajectory/run-state.ts';
import type { LaneNote } from './draw-timeline.ts';
import type { Lane } from './timeline-layout.ts';

/** What a lane itself cost, so that the lanes add up to the run. */
export function laneCost(spending: ReadonlyMap<string, CallSpending>, lane: Lane): Total {
  const ids = lane.kind === 'call' ? [lane.id] : lane.calls;
  return ids.reduce((all, id) => sum(all, spending.get(id)?.own ?? NOTHING_SPENT), NOTHING_SPENT);
}

/** The second line of a lane's label. */
export function laneLine(state: RunState, lane: Lane): string {
  if (lane.kind === 'call') {
    const { call } = lane;
    if (call.status === 'failed') return 'failed';
    const line = call.parent === null ? null : returnedLine(call);
    if (line !== null) return line === '' ? 'returned nothing' : `returned ${line}`;
    return call.asked === call.kind ? call.model : `${call.model}, one reply`;
  }
  const { asked, back, failed, open } = progress(state, lane.calls);
  const lost = failed > 0 ? `, ${formatCount(failed)} failed` : '';
  if (open > 0) return `${formatCount(back)} of ${formatCount(asked)} back${lost}`;
  return `${formatCount(back)} back${lost === '' ? `, ${formatDuration(spanOf(lane))}` : lost}`;
}

/** Words behind a lane that is over: what a child returned, what a fan-out saved. */
export function laneNote(state: RunState, lane: Lane): LaneNote | null {
  if (lane.kind === 'call') {
    const line = lane.call.parent === null ? null : returnedLine(lane.call);
    return line === null || line === '' ? null : { line, small: '' };
  }
  const calls = lane.calls.flatMap((id) => state.calls.get(id) ?? []);
  if (calls.length < 2 || !calls.every(({ status }) => isFinal(status))) return null;
  const inTurn = lane.bars.reduce((all, { from, to }) => all + to - from, 0);
  return {
    line: `${plural(calls.length, 'call')} in ${formatDuration(spanOf(lane))}`,
    small: `one after another: ${formatDuration(inTurn)}`,
  };
}

function spanOf({ bars }: Lane): number {
  const [first] = bars;
  if (!first) return 0;
  const from = bars.reduce((least, bar) => Math.min(least, bar.from), first.from);
  return bars.reduce((most, bar) => Math.max(most, bar.to), first.to) - from;
}
