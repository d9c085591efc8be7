import { formatClock } from '../../base/format.ts';
import { childrenByCell } from '../../trajectory/derive/grouping.ts';
import { isFinal } from '../../trajectory/fold-call.ts';
import type { CallState, RunState } from '../../trajectory/run-state.ts';

/** What a stretch of time was spent on. `voided` was thrown away by a retry or when the run was resumed, `lost` by a failure. */
export type BarKind = 'writes' | 'writing' | 'runs' | 'waits' | 'voided' | 'lost';

/** A stretch of one call, ms since the run began. */
export interface Bar {
  readonly call: string;
  readonly kind: BarKind;
  readonly from: number;
  readonly to: number;
  /** Row in its lane, from 0. */
  readonly row: number;
  readonly turn: number | null;
}

interface LaneBase {
  readonly id: string;
  /** Depth of the calls in it. */
  readonly depth: number;
  /** px from the top, and px high. */
  readonly top: number;
  readonly height: number;
  readonly bars: readonly Bar[];
  /** When the cell asked that this hangs from, and the lane of its call. Null for the root. */
  readonly asked: { readonly at: number; readonly lane: number } | null;
}

/** One `rlm` call, or the plain calls of one cell packed into as few rows as were in flight at once. */
export type Lane =
  | (LaneBase & { readonly kind: 'call'; readonly call: CallState })
  | (LaneBase & { readonly kind: 'fanOut'; readonly calls: readonly string[]; readonly rows: number; readonly rowHeight: number });

export const CALL_LANE = 42;
const FAN_LEAST = 46;
const FAN_PADDING = 16;
/** Rows are this high until a fan-out would need more than `FAN_MOST`. */
const ROW = 6.2;
const FAN_MOST = 260;

export interface TimelineLayout {
  readonly lanes: readonly Lane[];
  readonly height: number;
}

/**
 * Lanes of a run at the playhead, from the top: each `rlm` call, below it what its cells asked for,
 * fan-outs and children in the order they began. What is open ends at `now`. Iterative, for depth
 * comes from the log.
 */
export function layOutTimeline(state: RunState, now: number): TimelineLayout {
  const root = state.calls.get('0');
  if (root === undefined) return { lanes: [], height: 0 };
  const lanes: Lane[] = [];
  let top = 0;
  const stack: Pending[] = [{ kind: 'call', call: root, asked: null }];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const lane = next.kind === 'call' ? callLane(state, next, top, now) : fanOutLane(next, top, state.resumed, now);
    const place = lanes.push(lane) - 1;
    top += lane.height;
    if (next.kind === 'call') stack.push(...below(state, next.call, place).reverse());
  }
  return { lanes, height: top };
}

type Pending =
  | { readonly kind: 'call'; readonly call: CallState; readonly asked: Lane['asked'] }
  | { readonly kind: 'fanOut'; readonly calls: readonly CallState[]; readonly asked: Lane['asked'] };

function below(state: RunState, call: CallState, lane: number): Pending[] {
  return [...childrenByCell(state, call).values()].flatMap((ids): Pending[] => {
    const calls = ids.flatMap((id) => state.calls.get(id) ?? []);
    const replies = calls.filter(({ kind }) => kind === 'llm');
    const pending: Pending[] = calls
      .filter(({ kind }) => kind === 'rlm')
      .map((each) => ({ kind: 'call', call: each, asked: { at: each.startedAt, lane } }));
    const first = replies[0];
    if (first) pending.push({ kind: 'fanOut', calls: replies, asked: { at: first.startedAt, lane } });
    const began = (each: Pending) => (each.kind === 'call' ? each.call : each.calls[0])?.startedAt ?? 0;
    return pending.sort((a, b) => began(a) - began(b) || Number(a.kind === 'call') - Number(b.kind === 'call'));
  });
}

function callLane(state: RunState, { call, asked }: Pending & { kind: 'call' }, top: number, now: number): Lane {
  const bars = [
    ...requestBars(call, 0, state.resumed, now),
    ...call.turns.flatMap(({ turn, cell }) => cellBars(state, call.id, turn, cell, now)),
  ].sort((a, b) => a.from - b.from);
  return { kind: 'call', id: call.id, call, depth: call.depth, top, height: CALL_LANE, bars, asked };
}

/** The cell of a turn: code where none of its calls was out, waiting where one was. */
function cellBars(state: RunState, call: string, turn: number, id: string | null, now: number): Bar[] {
  const cell = id === null ? undefined : state.cells.get(id);
  if (cell === undefined) return [];
  const end = cell.endedAt ?? now;
  const bars: Bar[] = [];
  let at = cell.startedAt;
  const add = (kind: 'runs' | 'waits', to: number) => {
    const until = Math.min(to, end);
    if (until <= at) return;
    const last = bars.at(-1);
    if (last?.kind === kind) bars[bars.length - 1] = { ...last, to: until };
    else bars.push({ call, kind, from: at, to: until, row: 0, turn });
    at = until;
  };
  const out = cell.calls
    .flatMap((each) => state.calls.get(each) ?? [])
    .map(({ startedAt, endedAt }) => ({ from: startedAt, to: endedAt ?? now }))
    .sort((a, b) => a.from - b.from);
  for (const { from, to } of out) {
    if (from > at) add('runs', from);
    if (to > at) add('waits', to);
  }
  add('runs', end);
  return bars;
}

function requestBars(call: CallState, row: number, resumed: readonly number[], now: number): Bar[] {
  return call.requests.map((request, index): Bar => {
    const isLast = index === call.requests.length - 1;
    const isVoided =
      request.endedAt !== null &&
      (resumed.includes(request.endedAt) || call.retries.some(({ at }) => at === request.endedAt));
    const kind =
      request.endedAt === null ? 'writing' : isVoided ? 'voided' : isLast && call.status === 'failed' ? 'lost' : 'writes';
    return { call: call.id, kind, from: request.sentAt, to: request.endedAt ?? now, row, turn: request.turn };
  });
}

function fanOutLane(
  { calls, asked }: Pending & { kind: 'fanOut' },
  top: number,
  resumed: readonly number[],
  now: number,
): Lane {
  const sent = calls
    .filter(({ requests }) => requests.length > 0)
    .sort((a, b) => (a.sentAt ?? 0) - (b.sentAt ?? 0));
  const rowsOf = packRows(sent.map((call) => ({ from: call.sentAt ?? 0, to: isFinal(call.status) ? (call.endedAt ?? now) : Infinity })));
  const bars = sent.flatMap((call, index) => requestBars(call, rowsOf[index] ?? 0, resumed, now));
  const rows = Math.max(1, ...rowsOf.map((row) => row + 1));
  const rowHeight = Math.min(ROW, FAN_MOST / rows);
  const [first] = calls;
  return {
    kind: 'fanOut',
    id: `fan-${first?.id ?? ''}`,
    calls: calls.map(({ id }) => id),
    depth: first?.depth ?? 1,
    rows,
    rowHeight,
    top,
    height: Math.max(FAN_LEAST, Math.ceil(rows * rowHeight) + FAN_PADDING),
    bars,
    asked,
  };
}

/** For stretches in order of their start: the first row that is free when each begins. */
export function packRows(stretches: readonly { readonly from: number; readonly to: number }[]): readonly number[] {
  const free: number[] = [];
  return stretches.map(({ from, to }) => {
    const found = free.findIndex((end) => end <= from);
    const row = found < 0 ? free.length : found;
    free[row] = to;
    return row;
  });
}

/** The bar at a place of a lane: `y` px below its top, `at` ms; `slack` ms either side count too. */
export function barAt(lane: Lane, y: number, at: number, slack: number): Bar | null {
  const row = lane.kind === 'call' ? 0 : Math.floor((y - rowsTop(lane)) / lane.rowHeight);
  const hit = (bar: Bar, more: number) => bar.row === row && bar.from - more <= at && at <= bar.to + more;
  return lane.bars.findLast((bar) => hit(bar, 0)) ?? lane.bars.findLast((bar) => hit(bar, slack)) ?? null;
}

/** px from the top of a lane to its first row. */
export function rowsTop(lane: Lane): number {
  return lane.kind === 'call' ? 13 : (lane.height - lane.rows * lane.rowHeight) / 2;
}

const STEPS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200].map((seconds) => seconds * 1000);

/** Times to write on an axis of 0..`end` ms over `width` px, at least `room` px apart. */
export function axisTimes(end: number, width: number, room: number): readonly number[] {
  if (end <= 0 || width <= 0) return [];
  const step = STEPS.find((each) => (each / end) * width >= room) ?? STEPS.at(-1) ?? end;
  return Array.from({ length: Math.floor(end / step) + 1 }, (_, index) => index * step);
}

/** A time of an axis as it is written: with its tenth of a second where the axis counts in those. */
export function axisLabel(at: number, times: readonly number[]): string {
  const [, step = 1000] = times;
  return step < 1000 ? `${formatClock(at)}.${Math.floor((at % 1000) / 100)}` : formatClock(at);
}
