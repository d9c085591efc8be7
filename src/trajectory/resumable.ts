import type { LogEvent, TrajectoryEvent } from './events.ts';
import { isKnownEvent } from './known-event.ts';

/**
 * Why a run cannot be gone on with from its log, as a sentence for the person, or null where it can:
 * it has not ended, and its cells say what a REPL needs to be rebuilt (older logs do not).
 */
export function whyNotResumable(events: readonly LogEvent[]): string | null {
  const known = events.filter(isKnownEvent);
  if (known[0]?.type !== 'run.started') return 'This log does not begin with the start of a run.';
  if (known.some(({ type }) => type === 'run.finished')) return 'This run has ended.';
  return tellsItsCells(known)
    ? null
    : 'This run was recorded by an older version, which did not log what going on with it needs. Ask again.';
}

/** True where the cells of a log say what running them again needs. */
export function tellsItsCells(events: readonly TrajectoryEvent[]): boolean {
  return events.every(
    (event) =>
      !(event.type === 'cell.started' && (event.now === undefined || event.seed === undefined)) &&
      !(event.type === 'call.started' && event.cell !== null && event.query === undefined),
  );
}
