import type { EventType, LogEvent, TrajectoryEvent } from './events.ts';

const KNOWN: Readonly<Record<EventType, true>> = {
  'run.started': true,
  'document.hashed': true,
  'run.resumed': true,
  'run.paused': true,
  'run.continued': true,
  'parallel.changed': true,
  'call.started': true,
  'call.sent': true,
  'turn.started': true,
  'call.text': true,
  'call.reasoned': true,
  'turn.finished': true,
  'call.finished': true,
  'call.failed': true,
  'call.retried': true,
  'cell.started': true,
  'query.answered': true,
  'cell.printed': true,
  'cell.finished': true,
  'variable.changed': true,
  'limit.reached': true,
  'run.finished': true,
  'note.added': true,
};

/**
 * True for an event of a type this version knows. Logs are checked where they come in (`decode`,
 * `append`), so a known type has its known fields.
 */
export function isKnownEvent(event: LogEvent): event is TrajectoryEvent {
  return Object.hasOwn(KNOWN, event.type);
}
