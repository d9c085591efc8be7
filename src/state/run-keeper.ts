import { summarise } from '../trajectory/derive/run-summary.ts';
import { eventChars } from '../trajectory/event-chars.ts';
import type { LogEvent } from '../trajectory/events.ts';
import type { CommandDeps } from './command-deps.ts';
import type { DocumentOrigin, Kept } from './kept.ts';
import type { RunStore } from './run-store.ts';

/** Milliseconds that events wait for each other before they are written. */
const FLUSH_MS = 250;
/** The same with a reply among them, which was paid for. */
const FLUSH_PAID_MS = 25;
/** Characters written at once: turning them into JSON takes the page's own time. */
const MOST_CHARS = 512 * 1024;

export interface KeepOptions {
  readonly origins: readonly DocumentOrigin[];
  readonly keyed: boolean;
  /** Events that are written already, where the run was resumed. */
  readonly written?: number;
}

export interface RunKeeper {
  /** Writes a live run to this device as its events arrive. */
  keep(kept: Pick<Kept, 'writeRun'>, run: RunStore, options: KeepOptions): void;
}

/**
 * Keeps runs. Events are written in batches, in order; soon after a reply and at the end, at once when
 * the page is hidden or left. `onEnd` is called when the end of a run has been written, or cannot be.
 */
export function createRunKeeper(
  { alerts, onLeave }: Pick<CommandDeps, 'alerts' | 'onLeave'>,
  onEnd: (run: RunStore) => void,
): RunKeeper {
  const leaves = new Set<() => void>();
  onLeave(() => {
    for (const leave of leaves) leave();
  });

  return {
    keep(kept, run, { origins, keyed, written = 0 }) {
      /** Events before this one are written, or on their way. */
      let from = written;
      let timer: ReturnType<typeof setTimeout> | undefined;
      let due = Number.POSITIVE_INFINITY;
      let isWriting = false;
      let unsubscribe = (): void => undefined;

      const end = () => {
        clearTimeout(timer);
        leaves.delete(writeAll);
        unsubscribe();
      };
      const writeTo = async (to: number): Promise<void> => {
        const { id, header, log, live } = run.getState();
        const events = log.slice(from, to);
        from = to;
        const isEnd = live.finished !== null && to === log.length;
        const summary = summarise(live);
        if (isEnd) end();
        try {
          // A log without its end is that of a run without one.
          await kept.writeRun({ id, header, summary: isEnd ? summary : { ...summary, outcome: null }, keyed, origins }, events);
          if (isEnd) onEnd(run);
        } catch {
          if (from === Number.POSITIVE_INFINITY) return;
          // What follows would leave a gap: the rest of the run is not kept.
          end();
          from = Number.POSITIVE_INFINITY;
          alerts.raise(NO_ROOM);
          void finished(run).then(() => onEnd(run));
        }
      };
      const writeAll = () => {
        const { length } = run.getState().log;
        if (from < length) void writeTo(length);
      };
      const writePart = async (): Promise<void> => {
        clearTimeout(timer);
        timer = undefined;
        due = Number.POSITIVE_INFINITY;
        const { log } = run.getState();
        if (isWriting || from >= log.length) return;
        const to = endOfPart(log, from);
        const isCut = to < log.length;
        isWriting = true;
        await writeTo(to);
        isWriting = false;
        if (isCut) writeIn(0);
        else changed();
      };
      const writeIn = (ms: number) => {
        const at = performance.now() + ms;
        if (at >= due) return;
        clearTimeout(timer);
        due = at;
        timer = setTimeout(() => void writePart(), ms);
      };
      const changed = () => {
        const { log, live } = run.getState();
        if (isWriting || from >= log.length) return;
        if (live.finished || from === written) void writePart();
        else writeIn(hasPaid(log, from) ? FLUSH_PAID_MS : FLUSH_MS);
      };
      leaves.add(writeAll);
      unsubscribe = run.onAppend(changed);
      changed();
    },
  };
}

const isPaid = ({ type }: LogEvent): boolean => type === 'call.finished' || type === 'turn.finished';

/** True where what was paid for is among the events from `from` on. */
function hasPaid(log: readonly LogEvent[], from: number): boolean {
  for (let at = log.length - 1; at >= from; at--) {
    const event = log[at];
    if (event && isPaid(event)) return true;
  }
  return false;
}

/** Where the events from `from` on that are written together end. */
function endOfPart(log: readonly LogEvent[], from: number): number {
  let chars = 0;
  for (let at = from; at < log.length; at++) {
    const event = log[at];
    chars += event ? eventChars(event) : 0;
    if (chars > MOST_CHARS) return Math.max(at, from + 1);
  }
  return log.length;
}

const NO_ROOM =
  'This run is no longer kept on this device, which has no room for more: export it when it is done, and free some room.';

/** Resolves when the run has its end. */
function finished(run: RunStore): Promise<void> {
  if (run.getState().live.finished) return Promise.resolve();
  return new Promise((resolve) => {
    const unsubscribe = run.subscribe(({ live }) => {
      if (!live.finished) return;
      unsubscribe();
      resolve();
    });
  });
}
