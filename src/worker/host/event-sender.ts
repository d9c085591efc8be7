import type { TrajectoryEvent } from '../../trajectory/events.ts';

const LONGEST_WAIT_MS = 100;
const LARGEST_BATCH = 64;

/** Sends a run's events to the page in batches, in order and without gaps. */
export interface EventSender {
  push(event: TrajectoryEvent): void;
}

/**
 * A message to the page costs far more than an event, so events wait for each other: 100 ms or
 * 64 events at most (the page draws each batch on a core that the run needs too). The first after a quiet time goes at once, and so does the end of the run.
 */
export function createEventSender(post: (batch: readonly TrajectoryEvent[]) => void): EventSender {
  let batch: TrajectoryEvent[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last = Number.NEGATIVE_INFINITY;

  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    const events = batch;
    batch = [];
    last = performance.now();
    post(events);
  };

  return {
    push(event) {
      batch.push(event);
      const quiet = performance.now() - last;
      if (batch.length >= LARGEST_BATCH || quiet >= LONGEST_WAIT_MS || event.type === 'run.finished') {
        flush();
      } else {
        timer ??= setTimeout(flush, LONGEST_WAIT_MS - quiet);
      }
    },
  };
}
