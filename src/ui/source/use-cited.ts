import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { citedOf, type CitedPassage } from '../../trajectory/derive/cited.ts';
import { useSelectedRun } from '../app-context.tsx';

const NONE: readonly CitedPassage[] = [];

/** What the answer on screen cites of a document. */
export function useCited(document: string): readonly CitedPassage[] {
  const run = useSelectedRun();
  const subscribe = useCallback((changed: () => void) => run?.subscribe(changed) ?? (() => undefined), [run]);
  const finished = useSyncExternalStore(subscribe, () => run?.getState().live.finished ?? null);
  return useMemo(() => (finished ? citedOf(finished, document) : NONE), [finished, document]);
}
