/** Watches for silence: calls `onSilence` once when the deadline has passed. */
export interface SilenceWatch {
  /** Looks at the deadline again, for when it has come nearer. */
  recheck(): void;
  stop(): void;
}

/**
 * One timer for any number of signs of life: a sign only moves the deadline, and the timer looks
 * at it when it fires.
 *
 * @param deadline Milliseconds on the clock of `performance.now()`; read anew at each look.
 */
export function watchSilence(deadline: () => number, onSilence: () => void): SilenceWatch {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const look = (): void => {
    clearTimeout(timer);
    const left = deadline() - performance.now();
    if (left <= 0) onSilence();
    else timer = setTimeout(look, left);
  };
  look();
  return { recheck: look, stop: () => clearTimeout(timer) };
}
