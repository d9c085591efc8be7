import type { Fact, LogEvent, TrajectoryEvent, TrajectoryHeader } from './events.ts';

/** A whole trajectory, as a file holds it. */
export interface Log {
  readonly header: TrajectoryHeader;
  readonly events: readonly LogEvent[];
}

/**
 * The event that `fact` becomes when it is written after `events`: the next dense `seq`, at `at`
 * milliseconds since the run began. Pure: the caller keeps the list and owns the clock.
 */
export function append(events: { readonly length: number }, fact: Fact, at: number): TrajectoryEvent {
  return { seq: events.length, at, ...fact };
}
