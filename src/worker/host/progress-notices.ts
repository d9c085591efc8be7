/** Least milliseconds between two notices: 20 a second are as smooth as a bar needs. */
const NOTICE_MS = 50;

/** Passes on progress at most every 50 ms, and always the last, where `done` is `total`. */
export function throttleProgress(
  tell: (done: number, total: number) => void,
  now: () => number = () => performance.now(),
): (done: number, total: number) => void {
  let quietUntil = -Infinity;
  return (done, total) => {
    const time = now();
    if (time < quietUntil && done < total) return;
    quietUntil = time + NOTICE_MS;
    tell(done, total);
  };
}
