import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { citedOf, type CitedPassage } from '../../trajectory/derive/cited.ts';
import { idsInRun } from '../../state/find-documents.ts';
import type { SourceDocument } from '../../state/source-store.ts';
import { useSelectedRun } from '../app-context.tsx';

const NONE: readonly CitedPassage[] = [];

/** What the answer on screen cites of a document of the library, by whichever id its log calls it. */
export function useCited(document: SourceDocument): readonly CitedPassage[] {
  const run = useSelectedRun();
  const subscribe = useCallback((changed: () => void) => run?.subscribe(changed) ?? (() => undefined), [run]);
  const finished = useSyncExternalStore(subscribe, () => run?.getState().live.finished ?? null);
  const started = run?.getState().live.started ?? null;
  return useMemo(() => {
    if (!finished || !started) return NONE;
    return idsInRun(document.info, started.documents).flatMap((id) => citedOf(finished, id));
  }, [finished, started, document]);
}
