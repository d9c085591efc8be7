import { eventChars } from '../../trajectory/event-chars.ts';
import type { TrajectoryEvent } from '../../trajectory/events.ts';

const LONGEST_WAIT_MS = 100;
/** What was paid for waits no longer than this, however many such events there are. */
const LONGEST_WAIT_OF_PAID_MS = 25;
const LARGEST_BATCH = 512;
const LARGEST_BATCH_CHARS = 1_000_000;

/** Sends a run's events to the page in batches, in order and without gaps. */
export interface EventSender {
  push(event: TrajectoryEvent): void;
}

/**
 * A message to the page costs far more than an event, so events wait for each other: 100 ms, 512
 * events or a million characters at most (the page draws each batch on a core that the run needs
 * too). The first after a quiet time goes at once, and so does the end of the run. A reply is lost
 * with this thread until the page has it, and was paid for: it waits 25 ms at most.
 */
export function createEventSender(post: (batch: readonly TrajectoryEvent[]) => void): EventSender {
  let batch: TrajectoryEvent[] = [];
  let chars = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let due = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;

  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    due = Number.POSITIVE_INFINITY;
    const events = batch;
    batch = [];
    chars = 0;
    last = performance.now();
    post(events);
  };

  return {
    push(event) {
      batch.push(event);
      chars += eventChars(event);
      const now = performance.now();
      const sendAt = last + (isPaid(event) ? LONGEST_WAIT_OF_PAID_MS : LONGEST_WAIT_MS);
      const isFull = batch.length >= LARGEST_BATCH || chars >= LARGEST_BATCH_CHARS;
      if (isFull || now >= sendAt || event.type === 'run.finished') {
        flush();
      } else if (sendAt < due) {
        clearTimeout(timer);
        due = sendAt;
        timer = setTimeout(flush, sendAt - now);
      }
    },
  };
}

/** The end of a request to a model. */
const isPaid = ({ type }: TrajectoryEvent): boolean => type === 'call.finished' || type === 'turn.finished';
