/** Watches one request for silence: calls its `onSilence` once when its deadline has passed. */
export interface SilenceWatch {
  /** Looks at the deadline again, for when it has come nearer. */
  recheck(): void;
  stop(): void;
}

/**
 * Begins to watch a request.
 *
 * @param deadline Milliseconds on the clock of `performance.now()`; read anew at each look.
 */
export type WatchSilence = (deadline: () => number, onSilence: () => void) => SilenceWatch;

interface Watched {
  readonly deadline: () => number;
  readonly onSilence: () => void;
}

/**
 * One timer for any number of requests and signs of life: a sign only moves a deadline, and the
 * timer looks at all of them when it fires. Of a hundred requests at once each would set and clear
 * several, which costs as much as reading its reply.
 */
export function createSilenceWatches(): WatchSilence {
  const watched = new Set<Watched>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let firesAt = Number.POSITIVE_INFINITY;

  const wakeAt = (at: number): void => {
    if (at >= firesAt) return;
    clearTimeout(timer);
    firesAt = at;
    timer = setTimeout(lookAtAll, Math.max(0, at - performance.now()));
  };
  const end = (request: Watched): void => {
    if (!watched.delete(request) || watched.size > 0) return;
    clearTimeout(timer);
    firesAt = Number.POSITIVE_INFINITY;
  };
  const look = (request: Watched): void => {
    if (!watched.has(request)) return;
    const due = request.deadline();
    if (due > performance.now()) return wakeAt(due);
    end(request);
    request.onSilence();
  };
  const lookAtAll = (): void => {
    firesAt = Number.POSITIVE_INFINITY;
    for (const request of watched) look(request);
  };

  return (deadline, onSilence) => {
    const request = { deadline, onSilence };
    watched.add(request);
    look(request);
    return { recheck: () => look(request), stop: () => end(request) };
  };
}
