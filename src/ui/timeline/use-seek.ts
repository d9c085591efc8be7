import { useCallback, useEffect, useRef } from 'react';
import type { RunStore } from '../../state/run-store.ts';

/** Moves the playhead at most once a frame: of many moves in between, the last one counts. */
export function useSeek(run: RunStore): (count: number) => void {
  const wanted = useRef<number | null>(null);
  const frame = useRef(0);
  useEffect(() => () => cancelAnimationFrame(frame.current), []);
  return useCallback(
    (count: number) => {
      if (wanted.current === null) {
        frame.current = requestAnimationFrame(() => {
          const target = wanted.current;
          wanted.current = null;
          if (target !== null) run.seek(target);
        });
      }
      wanted.current = count;
    },
    [run],
  );
}
