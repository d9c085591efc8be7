import { createContext, useContext, useMemo, type ReactNode } from 'react';
import type { RunStore } from '../../state/run-store.ts';
import { citedIn, type Cited } from '../../trajectory/derive/cited.ts';
import { placeWords } from '../../trajectory/place-words.ts';
import type { RunFinished, RunState } from '../../trajectory/run-state.ts';
import { useCommands, useRun } from '../app-context.tsx';
import { nameParts } from '../documents/name-parts.ts';

/** A citation as the answer shows it. */
export interface ShownCitation extends Cited {
  /** The document's own name; null where the quote is in none. */
  readonly document: string | null;
  /** «page 3»; null where nobody knows. */
  readonly place: string | null;
}

const NONE: readonly ShownCitation[] = [];
const CitationsContext = createContext<readonly ShownCitation[]>(NONE);

/** The citations of the answer around. */
export const useCitations = (): readonly ShownCitation[] => useContext(CitationsContext);

/** Gives an answer its citations. */
export function WithCitations({ run, children }: { readonly run: RunStore; readonly children: ReactNode }) {
  const finished = useRun(run, ({ live }) => live.finished);
  const started = useRun(run, ({ live }) => live.started);
  const shown = useMemo(() => citationsOf(finished, started), [finished, started]);
  return <CitationsContext value={shown}>{children}</CitationsContext>;
}

function citationsOf(finished: RunFinished | null, started: RunState['started']): readonly ShownCitation[] {
  if (finished === null || finished.citations.length === 0) return NONE;
  return citedIn(finished).map((cited) => {
    const { document, place } = cited.citation;
    const info = started?.documents.find(({ id }) => id === document);
    return {
      ...cited,
      document: document === null ? null : nameParts(info?.name ?? document).name,
      place: place ? placeWords(place) : null,
    };
  });
}

/** Where a citation was found, in words: «handbook.pdf, page 3». */
export const whereIs = ({ document, place }: ShownCitation): string =>
  place === null ? (document ?? '') : `${document ?? ''}, ${place}`;

/** What a link to a citation is called. */
export const linkName = (cited: ShownCitation): string =>
  cited.number === null
    ? `Open “${cited.citation.quote.slice(0, 60)}” in ${whereIs(cited)}`
    : `Open quote ${cited.number} in ${whereIs(cited)}`;

/** Opens the source of a citation at its passage. */
export function useOpenCitation(): (cited: ShownCitation) => void {
  const commands = useCommands();
  return ({ citation: { document, from, to } }) => {
    if (document === null) return;
    commands.openSource({ document, passage: from === null || to === null ? null : { from, to } });
  };
}
