import { Pause } from 'lucide-react';
import { useState } from 'react';
import type { RunStore } from '../../state/run-store.ts';
import { waitingFor } from '../../trajectory/derive/waiting.ts';
import { useCommands, useRun } from '../app-context.tsx';
import { Button } from '../kit/button.tsx';
import { Icon } from '../kit/icon.tsx';
import styles from './pause-button.module.css';

/** Asks the run to stop at its next stop: before a cell of the root runs, or before its next turn. */
export function PauseButton({ run }: { readonly run: RunStore }) {
  const { steer } = useCommands();
  const isWaiting = useRun(run, ({ live }) => waitingFor(live) !== null);
  const paused = useRun(run, ({ live }) => live.paused?.at ?? null);
  const turns = useRun(run, ({ live }) => live.calls.get('0')?.turns.length ?? 0);
  /** The turn in which it was asked for: a pause that has come and gone is over. */
  const [asked, setAsked] = useState<number | null>(null);
  if (isWaiting) return null;
  const isAsked = asked !== null && turns - asked <= 1 && paused === null;
  return (
    <Button
      className={styles.pause}
      title="Stops before the next cell, or before the next turn"
      aria-pressed={isAsked}
      onClick={() => {
        if (isAsked) {
          setAsked(null);
          steer({ do: 'go-on' });
          return;
        }
        setAsked(turns);
        steer({ do: 'pause' });
      }}
    >
      <Icon of={Pause} size={14} />
      <span>{isAsked ? 'Pausing…' : 'Pause'}</span>
    </Button>
  );
}
