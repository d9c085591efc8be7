import { type LogEvent, type Outcome, TrajectoryEvent } from '../trajectory/events.ts';

/** What the list of past runs shows without loading a run's events. */
export interface RunHeader {
  /** The page's id of the run. */
  readonly run: string;
  /** ISO 8601 instant the run began. */
  readonly startedAt: string;
  /** Events stored; the next has this `seq`. */
  readonly length: number;
  /** Milliseconds from the start to the last event. */
  readonly ms: number;
  readonly question: string;
  readonly method: string;
  /** Names of its documents. */
  readonly documents: readonly string[];
  /** Null until it has finished, and for ever where the page was closed before. */
  readonly outcome: Outcome | null;
}

export const emptyHeader = (run: string, startedAt: string): RunHeader => ({
  run,
  startedAt,
  length: 0,
  ms: 0,
  question: '',
  method: '',
  documents: [],
  outcome: null,
});

/**
 * The header after more events.
 * @throws RangeError when they do not follow on what is stored: a log with a gap is no log.
 */
export function extendHeader(header: RunHeader, events: readonly LogEvent[]): RunHeader {
  let next = header;
  for (const event of events) {
    if (event.seq !== next.length) {
      throw new RangeError(`Event ${event.seq} cannot follow ${next.length} stored events`);
    }
    next = { ...next, ...whatItTells(event), length: next.length + 1, ms: event.at };
  }
  return next;
}

function whatItTells(event: LogEvent): Partial<RunHeader> {
  if (event.type !== 'run.started' && event.type !== 'run.finished') return {};
  const known = TrajectoryEvent.safeParse(event);
  if (!known.success) return {};
  switch (known.data.type) {
    case 'run.started': {
      const { question, method, documents } = known.data;
      return { question, method, documents: documents.map(({ name }) => name) };
    }
    case 'run.finished':
      return { outcome: known.data.outcome };
    default:
      return {};
  }
}
