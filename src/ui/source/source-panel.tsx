import { X } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { formatBytes, plural } from '../../base/format.ts';
import type { SourceDocument, SourceView } from '../../state/source-store.ts';
import { kindLabel } from '../../trajectory/document-kinds.ts';
import { placeWords } from '../../trajectory/place-words.ts';
import { useApp, useSource } from '../app-context.tsx';
import { nameParts } from '../documents/name-parts.ts';
import { Choice } from '../kit/choice.tsx';
import { IconButton } from '../kit/icon-button.tsx';
import { useIsNarrow } from '../kit/use-media.ts';
import { GoTo } from './go-to.tsx';
import { PagesView } from './pages-view.tsx';
import { PositionBar } from './position-bar.tsx';
import { lengthWords, positionWords } from './position.ts';
import { placesIn, type TextMark } from './row-marks.ts';
import { SearchBox } from './search-box.tsx';
import styles from './source-panel.module.css';
import { TextView, type Aim } from './text-view.tsx';
import { useCited } from './use-cited.ts';
import { usePanel } from './use-panel.ts';
import { usePlace } from './use-place.ts';
import { useSearch, type Match } from './use-search.ts';

const MODES = [
  { id: 'text', label: 'Text' },
  { id: 'pages', label: 'Pages' },
] as const;
const NO_MATCHES: readonly Match[] = [];

interface SourcePanelProps {
  readonly document: SourceDocument;
  readonly view: SourceView;
}

/** A document, read where it is, with what the answer quotes of it and what is looked for in it. */
export function SourcePanel({ document, view }: SourcePanelProps) {
  const { commands, source } = useApp();
  const { reader } = commands;
  const { info } = document;
  const hasPages = info.kind === 'pdf' && document.original !== undefined;
  const chosen = useSource((state) => state.mode);
  const mode = hasPages ? chosen : 'text';
  const isSheet = useIsNarrow();
  const panel = useRef<HTMLElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const searchInput = useRef<HTMLInputElement>(null);
  usePanel({ panel, heading, search: searchInput, opened: view, isSheet, close: commands.closeSource });

  const [at, setAt] = useState(view.passage?.from ?? 0);
  const [aim, setAim] = useState<Aim>({ offset: at });
  const go = useCallback((offset: number) => {
    setAt(offset);
    setAim({ offset });
  }, []);
  const [opened, setOpened] = useState(view);
  if (opened !== view) {
    setOpened(view);
    go(view.passage?.from ?? at);
  }

  const cited = useCited(document);
  const search = useSearch({ reader, document, here: () => at, onMatch: ({ from }) => go(from) });
  const matches = search.result.status === 'found' ? search.result.matches : NO_MATCHES;
  const current = search.result.status === 'found' ? search.result.matches[search.result.current] : undefined;
  const { passage } = view;
  const marksIn = useMemo(() => {
    const overlaid: readonly TextMark[] = [
      ...cited.map(({ number, from, to }) => ({ kind: 'cited' as const, from, to, ...(number !== null && { number }) })),
      ...(passage ? [{ kind: 'passage' as const, ...passage }] : []),
      ...(current ? [{ kind: 'current' as const, ...current }] : []),
    ];
    return (from: number, to: number): readonly TextMark[] => [
      ...overlaid.filter((mark) => mark.from < to && mark.to > from),
      ...placesIn(matches, from, to).map((match) => ({ kind: 'match' as const, ...match })),
    ];
  }, [cited, passage, current, matches]);

  // After the last line end there is no line more.
  const place = usePlace(reader, document, Math.max(0, Math.min(at, info.chars - 1)));
  const words = place ? positionWords(place, document) : '';
  const quotes = cited.filter(({ number }) => number !== null).length;
  const { name, folder } = nameParts(info.name);
  return (
    <section ref={panel} className={styles.panel} aria-label="Source">
      <header className={styles.head}>
        <div className={styles.title}>
          <h2 ref={heading} tabIndex={-1} className={styles.name} title={info.name}>
            <bdi>{name}</bdi>
          </h2>
          <IconButton icon={X} label="Close source" onClick={commands.closeSource} />
        </div>
        <div className={styles.facts}>
          <p title={folder === '' ? undefined : info.name}>
            {[kindLabel(info.kind), formatBytes(info.bytes), ...(folder === '' ? [] : [folder])].join(' · ')}
          </p>
          {hasPages && (
            <Choice label="Show as" options={MODES} value={mode} onChange={(next) => source.setState({ mode: next })} />
          )}
        </div>
      </header>
      <div className={styles.tools} data-searching={search.query !== ''}>
        <SearchBox search={search} input={searchInput} />
        <GoTo document={document} reader={reader} cited={cited} at={at} onGo={go} />
      </div>
      <div className={styles.position}>
        <PositionBar chars={info.chars} at={at} words={words} cited={cited} passage={passage} matches={matches} onSeek={go} />
        <p className={styles.words}>
          <span>{words}</span>
          <span>{document.parts ? lengthWords(document) : quotes > 0 ? `${plural(quotes, 'quote')} of the answer` : ''}</span>
        </p>
      </div>
      {mode === 'pages' ? (
        <PagesView document={document} reader={reader} aim={aim} at={at} marksIn={marksIn} onAt={setAt} onGo={go} />
      ) : (
        <TextView document={document} reader={reader} aim={aim} marksIn={marksIn} onAt={setAt} />
      )}
      <PassageWords view={view} document={document} />
    </section>
  );
}

/** Says where the passage is that was opened. */
function PassageWords({ view, document }: { readonly view: SourceView; readonly document: SourceDocument }) {
  const { reader } = useApp().commands;
  const [words, setWords] = useState('');
  useEffect(() => {
    if (!view.passage) return;
    let isPast = false;
    reader.place(document, view.passage.from).then(
      (place) => {
        if (!isPast) setWords(`Passage, ${placeWords(place)}`);
      },
      () => undefined,
    );
    return () => {
      isPast = true;
    };
  }, [view, document, reader]);
  return (
    <p className="visually-hidden" aria-live="polite">
      {words}
    </p>
  );
}
