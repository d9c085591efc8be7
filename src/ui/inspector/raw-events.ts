import type { LogEvent } from '../../trajectory/events.ts';
import { isKnownEvent } from '../../trajectory/known-event.ts';

/** Characters of one string that are shown; what is copied is whole. */
export const SHOWN_CHARS = 2_000;

/** Events of a call and of its cells, of the first `length` of a log, in their order. */
export function eventsOfCall(log: readonly LogEvent[], length: number, call: string): readonly LogEvent[] {
  const cells = `${call}:`;
  return log.slice(0, length).filter((event) => {
    // A reply that was handed over is of the cell that got it.
    if (isKnownEvent(event) && event.type === 'query.answered') return event.cell.startsWith(cells);
    if ('call' in event && event.call === call) return true;
    // A call that this one asked for names the cell too, but is a call of its own.
    return !('call' in event) && 'cell' in event && typeof event.cell === 'string' && event.cell.startsWith(cells);
  });
}

/** One event as a line of JSON; long strings are cut, and say so. */
export function rawLine(event: LogEvent): string {
  return JSON.stringify(event, (_key, value: unknown) =>
    typeof value === 'string' && value.length > SHOWN_CHARS
      ? `${value.slice(0, SHOWN_CHARS)}… [${value.length - SHOWN_CHARS} more characters, copied whole]`
      : value,
  );
}
