import type { RunStore } from '../../state/run-store.ts';
import { useRun } from '../app-context.tsx';
import { Doll } from '../kit/doll.tsx';
import { StateMark } from '../kit/state-mark.tsx';
import { runWord } from './run-words.ts';

interface RunMarkProps {
  readonly run: RunStore;
  readonly size?: number;
  /** An answered run is a closed doll in the band, and a square in lists. */
  readonly doll?: boolean;
}

/** A run's state as a shape, the same five as for calls. */
export function RunMark({ run, size = 12, doll = true }: RunMarkProps) {
  const word = useRun(run, (view) => runWord(view.live, view.origin === 'opened'));
  switch (word) {
    case 'Running':
      return <StateMark state="running" depth={0} size={size} />;
    case 'Answered':
      return doll ? <Doll depth={0} open={false} size={20} /> : <StateMark state="finished" depth={0} size={size} />;
    case 'Failed':
      return <StateMark state="failed" depth={0} size={size} />;
    case 'Stopped':
    case 'Limit reached':
      return <StateMark state="cut" depth={0} size={size} />;
  }
}
