import type { RunStore } from '../../state/run-store.ts';
import { useRun } from '../app-context.tsx';
import { Doll } from '../kit/doll.tsx';
import { StateMark } from '../kit/state-mark.tsx';
import { runWord, type RunWord } from './run-words.ts';

interface WordMarkProps {
  readonly word: RunWord;
  readonly size?: number;
  /** An answered run is a closed doll in the band, and a square in lists. */
  readonly doll?: boolean;
}

/** A run's state as a shape, the same five as for calls. */
export function WordMark({ word, size = 12, doll = false }: WordMarkProps) {
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

/** The state of the run that is on screen. */
export function RunMark({ run }: { readonly run: RunStore }) {
  const word = useRun(run, (view) => runWord(view.live.finished?.outcome ?? null, view.origin === 'opened'));
  return <WordMark word={word} doll />;
}
