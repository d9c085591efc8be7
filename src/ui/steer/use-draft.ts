import { useState } from 'react';
import type { RunStore } from '../../state/run-store.ts';

/** What is being written for a run, by what it is for. */
const drafts = new WeakMap<RunStore, Map<string, string>>();

/**
 * A text that is being written for a run, `first` to begin with. It outlives its field: whoever looks
 * at another run meanwhile, or turns the phone, finds what they wrote.
 */
export function useDraft(run: RunStore, purpose: string, first: string): readonly [string, (text: string) => void] {
  const [text, setText] = useState(() => drafts.get(run)?.get(purpose) ?? first);
  const write = (next: string) => {
    const own = drafts.get(run) ?? new Map<string, string>();
    drafts.set(run, own.set(purpose, next));
    setText(next);
  };
  return [text, write];
}
