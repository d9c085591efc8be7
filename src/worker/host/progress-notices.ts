import type { ProgressUnit } from '../../documents/extract/extractor.ts';

/** Least milliseconds between two notices: 20 a second are as smooth as a bar needs. */
const NOTICE_MS = 50;

/** Tells how far a file has got; `total` is 0 where it is not known. */
export type TellProgress = (done: number, total: number, unit: ProgressUnit) => void;

/** Passes on progress at most every 50 ms, and always the last, where `done` is `total`. */
export function throttleProgress(
  tell: TellProgress,
  now: () => number = () => performance.now(),
): TellProgress {
  let quietUntil = -Infinity;
  return (done, total, unit) => {
    const time = now();
    if (time < quietUntil && (done < total || total === 0)) return;
    quietUntil = time + NOTICE_MS;
    tell(done, total, unit);
  };
}
