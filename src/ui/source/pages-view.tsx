import { ChevronDown, ChevronUp } from 'lucide-react';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { Virtualizer, type VirtualizerHandle } from 'virtua';
import { formatCount } from '../../base/format.ts';
import type { SourceReader } from '../../state/source-commands.ts';
import type { SourceDocument } from '../../state/source-store.ts';
import { Choice } from '../kit/choice.tsx';
import { IconButton } from '../kit/icon-button.tsx';
import { NumberInput } from '../kit/inputs.tsx';
import { useSize } from '../kit/use-size.ts';
import { PagePicture } from './page-picture.tsx';
import styles from './pages-view.module.css';
import { partIndexAt, partRange } from './position.ts';
import type { TextMark } from './row-marks.ts';
import type { Aim } from './text-view.tsx';

interface PagesViewProps {
  readonly document: SourceDocument;
  readonly reader: SourceReader;
  readonly aim: Aim;
  readonly at: number;
  readonly marksIn: (from: number, to: number) => readonly TextMark[];
  readonly onAt: (offset: number) => void;
  readonly onGo: (offset: number) => void;
}

const ZOOMS = [
  { id: 'fit', label: 'Fit width' },
  { id: '1', label: '100%' },
  { id: '2', label: '200%' },
] as const;
type Zoom = (typeof ZOOMS)[number]['id'];

/** Between a page and the edge of the pane. */
const MARGIN = 20;
/** Height by width of A4, and CSS pixels across, until a page says its own. */
const USUAL_RATIO = Math.SQRT2;
const USUAL_WIDTH = 794;

/** A document as its pages look, those in view drawn, with boxes over what is marked in the text. */
export function PagesView({ document, reader, aim, at, marksIn, onAt, onGo }: PagesViewProps) {
  const { parts = [], info } = document;
  const pages = useMemo(() => parts.map((part, index) => ({ number: part.number, ...partRange(parts, index, info.chars) })), [parts, info.chars]);
  const [zoom, setZoom] = useState<Zoom>('fit');
  const [usual, setUsual] = useState({ ratio: USUAL_RATIO, width: USUAL_WIDTH });
  const list = useRef<VirtualizerHandle>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const reached = useRef<Aim | null>(null);
  const { width: room } = useSize(scroller);
  const width = zoom === 'fit' ? Math.max(120, room - 2 * MARGIN) : usual.width * Number(zoom);
  const now = Math.max(0, partIndexAt(parts, at));
  const nowRef = useRef(now);
  useEffect(() => {
    nowRef.current = now;
  });
  const turnTo = (index: number) => {
    const page = pages[Math.max(0, Math.min(pages.length - 1, index))];
    if (page) onGo(page.from);
  };

  const isMeasured = room > 0;
  useLayoutEffect(() => {
    if (isMeasured) list.current?.scrollToIndex(Math.max(0, partIndexAt(parts, aim.offset)), { align: 'start' });
  }, [aim, parts, isMeasured]);
  // The page stays in view when its size changes.
  useLayoutEffect(() => {
    list.current?.scrollToIndex(nowRef.current, { align: 'start' });
  }, [zoom, room]);

  const tellPage = useCallback(() => {
    const handle = list.current;
    if (!handle) return;
    const index = handle.findItemIndex(handle.scrollOffset + handle.viewportSize / 3);
    const page = pages[index];
    if (page && index !== nowRef.current) onAt(page.from);
  }, [pages, onAt]);
  const onDrawn = useCallback((ratio: number, printedWidth: number | undefined) => {
    setUsual((before) => {
      const next = { ratio, width: printedWidth ?? before.width };
      return before.ratio === next.ratio && before.width === next.width ? before : next;
    });
  }, []);

  return (
    <>
      <div className={styles.bar}>
        <div className={styles.turn}>
          <IconButton icon={ChevronUp} label="Previous page" disabled={now === 0} onClick={() => turnTo(now - 1)} />
          <IconButton icon={ChevronDown} label="Next page" disabled={now >= pages.length - 1} onClick={() => turnTo(now + 1)} />
          <PageNumber key={now} now={now} pages={pages} onTurn={turnTo} />
          <span className={styles.of}>of {formatCount(pages.length)}</span>
        </div>
        <Choice label="Size" options={ZOOMS} value={zoom} onChange={setZoom} />
      </div>
      {/* It scrolls, so keys must reach it. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <div
        ref={scroller}
        className={styles.scroller}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        role="group"
        aria-label="Pages"
        onKeyDown={(event) => {
          const to = { PageDown: now + 1, PageUp: now - 1, Home: 0, End: pages.length - 1 }[event.key];
          if (to === undefined || event.target !== event.currentTarget || event.altKey) return;
          event.preventDefault();
          turnTo(to);
        }}
      >
        {isMeasured && (
          // The list clips what is wider than itself.
          <div style={{ minWidth: width + 2 * MARGIN }}>
            <Virtualizer key={`${zoom} ${room}`} ref={list} data={pages} itemSize={width * usual.ratio + 44} scrollRef={scroller} onScroll={tellPage}>
              {(page) => (
                <PagePicture
                  key={page.number}
                  document={document}
                  reader={reader}
                  page={page}
                  width={width}
                  ratio={usual.ratio}
                  marks={marksIn(page.from, page.to)}
                  aim={aim.offset >= page.from && aim.offset < page.to ? aim : null}
                  reached={reached}
                  onDrawn={onDrawn}
                />
              )}
            </Virtualizer>
          </div>
        )}
      </div>
    </>
  );
}

interface PageNumberProps {
  readonly now: number;
  readonly pages: readonly { readonly number: number }[];
  readonly onTurn: (index: number) => void;
}

/** The page one is at, to be typed over. */
function PageNumber({ now, pages, onTurn }: PageNumberProps) {
  const [typed, setTyped] = useState(String(pages[now]?.number ?? 1));
  const turn = () => {
    const index = pages.findIndex(({ number }) => number === Number(typed));
    if (index >= 0 && index !== now) onTurn(index);
    else setTyped(String(pages[now]?.number ?? 1));
  };
  return (
    <form
      className={styles.number}
      onSubmit={(event) => {
        event.preventDefault();
        turn();
      }}
    >
      <NumberInput aria-label="Page" min={1} max={pages.length} value={typed} onText={setTyped} onBlur={turn} />
    </form>
  );
}
