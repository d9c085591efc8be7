import { createStore, type StoreApi } from 'zustand/vanilla';
import type { LogEvent, TrajectoryHeader } from '../trajectory/events.ts';
import { eventChars } from '../trajectory/event-chars.ts';
import { EMPTY, fold } from '../trajectory/fold.ts';
import type { RunState } from '../trajectory/run-state.ts';

/** What the inspector shows: a call, and one of its turns where it has several. */
export interface Selection {
  readonly call: string;
  readonly turn: number | null;
}

/**
 * One run on screen. The log is the truth; `live` and `view` are folds of it, and everything
 * else is where the person looks.
 */
export interface RunView {
  readonly id: string;
  /** `opened` logs come from a file: nothing will be added, even where they have no end. */
  readonly origin: 'live' | 'opened';
  /** It was run here, in this visit or an earlier one: other runs know it by its id. */
  readonly isOurs: boolean;
  readonly header: TrajectoryHeader;
  /** Grows in place (a copy per batch would be quadratic), and may be ahead of `live` for a moment. */
  readonly log: readonly LogEvent[];
  readonly live: RunState;
  /** Events shown; null keeps the view at the end of the log. */
  readonly playhead: number | null;
  /** The fold at the playhead: what every view of the run reads. */
  readonly view: RunState;
  readonly selection: Selection | null;
  /** The selection follows what happens now, until the person selects something. */
  readonly following: boolean;
  /** Ids (calls, clusters) whose fold state the person turned around from its default. */
  readonly toggled: ReadonlySet<string>;
}

export interface RunActions {
  /**
   * Adds to the log at once. The folds follow at once too while the log is short, and
   * where the run begins to wait or ends; of a long one, whose drawing takes longer, a few times a
   * second.
   */
  append(batch: readonly LogEvent[]): void;
  /** Calls `listener` after each `append`, also where the folds do not follow yet; returns the way to end it. */
  onAppend(listener: () => void): () => void;
  /** Shows the first `count` events; null follows the end. */
  seek(count: number | null): void;
  select(selection: Selection | null): void;
  follow(): void;
  toggle(id: string): void;
}

export type RunStore = StoreApi<RunView> & RunActions;

/** A store for one run, live or opened: from this device (`isOurs`) or from a file. */
export function createRunStore(
  id: string,
  origin: RunView['origin'],
  header: TrajectoryHeader,
  events: readonly LogEvent[] = [],
  isOurs = origin === 'live',
): RunStore {
  const log: LogEvent[] = [...events];
  const first = fold(EMPTY, log);
  const store = createStore<RunView>(() => ({
    id,
    origin,
    isOurs,
    header,
    log,
    live: first,
    playhead: null,
    view: first,
    selection: null,
    following: true,
    toggled: new Set<string>(),
  }));

  let timer: ReturnType<typeof setTimeout> | undefined;
  let foldedAt = Number.NEGATIVE_INFINITY;
  /** Characters that came since it was opened. */
  let chars = 0;
  const listeners = new Set<() => void>();
  const foldRest = () => {
    clearTimeout(timer);
    timer = undefined;
    foldedAt = performance.now();
    const { live, playhead, view } = store.getState();
    const next = fold(live, log.slice(live.length));
    store.setState({ live: next, view: playhead === null ? next : view });
  };

  return {
    ...store,
    append(batch) {
      for (const event of batch) {
        log.push(event);
        chars += eventChars(event);
      }
      const wait = foldedAt + intervalOf(log.length, chars) - performance.now();
      if (wait <= 0 || batch.some(isTurningPoint)) foldRest();
      else timer ??= setTimeout(foldRest, wait);
      for (const listener of listeners) listener();
    },
    onAppend(listener) {
      const mine = () => listener();
      listeners.add(mine);
      return () => void listeners.delete(mine);
    },
    seek(count) {
      const { live, view } = store.getState();
      if (count === null || count >= log.length) {
        store.setState({ playhead: null, view: live });
        return;
      }
      const target = Math.max(0, count);
      // Forward moves fold only what is new; backward ones start again (23 ms for 10,000 events).
      const from = target >= view.length ? view : EMPTY;
      store.setState({ playhead: target, view: fold(from, log.slice(from.length, target)) });
    },
    select: (selection) => store.setState({ selection, following: false }),
    follow: () => store.setState({ following: true, playhead: null, view: store.getState().live }),
    toggle(id) {
      const toggled = new Set(store.getState().toggled);
      if (!toggled.delete(id)) toggled.add(id);
      store.setState({ toggled });
    },
  };
}

/** Events, and characters, up to which every batch is folded, and drawn, as it comes. */
const SHORT_LOG = 500;
const SHORT_TEXTS = 1_000_000;
const LONGEST_INTERVAL_MS = 250;

/** Milliseconds between two folds of a log of so many events with so many characters: long texts are copied to be drawn. */
function intervalOf(length: number, chars: number): number {
  const forEvents = length <= SHORT_LOG ? 0 : length / 10;
  const forTexts = chars <= SHORT_TEXTS ? 0 : chars / 10_000;
  return Math.min(LONGEST_INTERVAL_MS, Math.max(forEvents, forTexts));
}

/** What the page must not be late to see. */
const isTurningPoint = ({ type }: LogEvent): boolean => type === 'run.finished' || type === 'run.paused';

/** What the inspector shows: the person's selection, or while following, what happens now. */
export function shownSelection(run: RunView): Selection | null {
  if (run.selection && !run.following) return run.selection;
  const known = nowShown.get(run.view);
  if (known !== undefined) return known;
  const now = happeningNow(run.view);
  nowShown.set(run.view, now);
  return now;
}

/** It is asked for by many, at every change, and looks through all calls. */
const nowShown = new WeakMap<RunState, Selection | null>();

function happeningNow(view: RunState): Selection | null {
  const root = view.calls.get('0');
  if (!root) return null;
  const open = view.order.findLast((id) => {
    const call = view.calls.get(id);
    return call?.kind === 'rlm' && call.status === 'running';
  });
  const call = view.calls.get(open ?? '0') ?? root;
  return { call: call.id, turn: call.turns.at(-1)?.turn ?? null };
}
