import { useCallback, useEffect, useState } from 'react';
import type { RunStore } from '../../state/run-store.ts';
import { countWhilePlaying, playTimes } from './playback.ts';

/** Plays the log from where the playhead stands, or from the start where it stands at the end. */
export function usePlay(run: RunStore): { readonly playing: boolean; readonly toggle: () => void } {
  const [playing, setPlaying] = useState(false);

  useEffect(() => {
    if (!playing) return;
    const { log, view } = run.getState();
    // A log that grows meanwhile is played to the end it had.
    const times = playTimes(log);
    const from = view.length >= times.length ? 0 : view.length;
    const start = performance.now();
    let shown = -1;
    let frame = requestAnimationFrame(function show(now) {
      // Someone else moved the playhead: it stays where they put it.
      if (shown >= 0 && run.getState().view.length !== shown) return setPlaying(false);
      const count = countWhilePlaying(times, from, Math.max(0, now - start));
      run.seek(count);
      shown = run.getState().view.length;
      if (count >= times.length) return setPlaying(false);
      frame = requestAnimationFrame(show);
    });
    return () => cancelAnimationFrame(frame);
  }, [playing, run]);

  const toggle = useCallback(() => setPlaying((before) => !before), []);
  return { playing, toggle };
}
