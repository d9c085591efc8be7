import { Pause, Play, StepBack, StepForward } from 'lucide-react';
import { useMemo } from 'react';
import { useStore } from 'zustand';
import { formatClock, formatCount } from '../../base/format.ts';
import type { RunStore } from '../../state/run-store.ts';
import { turnTicks } from '../../trajectory/derive/timing.ts';
import { IconButton } from '../kit/icon-button.tsx';
import { useElapsed } from '../kit/use-elapsed.ts';
import { useIsNarrow } from '../kit/use-media.ts';
import { countAt } from './playback.ts';
import styles from './playhead-bar.module.css';
import { PlayheadStrip } from './playhead-strip.tsx';
import { usePlay } from './use-play.ts';

/** Where the view of a run stands in its log: back and forth by turns, play, and any event. */
export function PlayheadBar({ run }: { readonly run: RunStore }) {
  const live = useStore(run, (state) => state.live);
  const isNarrow = useIsNarrow();
  const { playing, toggle } = usePlay(run);
  const ticks = useMemo(() => turnTicks(live), [live]);

  const toTurn = (direction: 'previous' | 'next') => {
    const { log, view } = run.getState();
    const starts = ticks.map(({ at }) => countAt(log, at));
    const target =
      direction === 'previous'
        ? (starts.findLast((start) => start < view.length) ?? 0)
        : (starts.find((start) => start > view.length) ?? null);
    run.seek(target);
  };

  return (
    <section className={styles['bar']} aria-label="Timeline">
      <div className={styles['buttons']}>
        {isNarrow ? null : (
          <IconButton icon={StepBack} label="Previous turn" onClick={() => toTurn('previous')} />
        )}
        <IconButton icon={playing ? Pause : Play} label={playing ? 'Pause' : 'Play'} onClick={toggle} />
        {isNarrow ? null : (
          <IconButton icon={StepForward} label="Next turn" onClick={() => toTurn('next')} />
        )}
      </div>
      <PlayheadStrip run={run} ticks={ticks} />
      <Readout run={run} />
    </section>
  );
}

/** The clock at the playhead, and whether that is now. */
function Readout({ run }: { readonly run: RunStore }) {
  const view = useStore(run, (state) => state.view);
  const isLive = useStore(
    run,
    ({ origin, playhead, live }) => origin === 'live' && playhead === null && live.finished === null,
  );
  const isAway = useStore(run, ({ playhead }) => playhead !== null);
  const elapsed = useElapsed(view.length, isLive);
  return (
    <div className={styles['readout']}>
      <p className={styles['time']}>{formatClock(view.at + elapsed)}</p>
      {isLive ? (
        <p className={styles['live']}>live</p>
      ) : isAway ? (
        <button type="button" className={styles['event']} aria-label={`Event ${view.length}. Go to the end`} onClick={() => run.seek(null)}>
          event {formatCount(view.length)}
        </button>
      ) : (
        <p className={styles['event']}>event {formatCount(view.length)}</p>
      )}
    </div>
  );
}
