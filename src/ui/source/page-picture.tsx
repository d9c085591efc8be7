import { Fragment, useEffect, useRef, useState, type RefObject } from 'react';
import { formatCount } from '../../base/format.ts';
import type { SourceReader } from '../../state/source-commands.ts';
import type { SourceDocument } from '../../state/source-store.ts';
import type { PageView } from '../../worker/protocol.ts';
import { classes } from '../kit/classes.ts';
import styles from './pages-view.module.css';
import type { TextMark } from './row-marks.ts';
import type { Aim } from './text-view.tsx';

interface PagePictureProps {
  readonly document: SourceDocument;
  readonly reader: SourceReader;
  readonly page: { readonly number: number; readonly from: number; readonly to: number };
  /** CSS pixels across. */
  readonly width: number;
  /** Height by width, until it is drawn. */
  readonly ratio: number;
  readonly marks: readonly TextMark[];
  /** Where one wants to be, if it is on this page. */
  readonly aim: Aim | null;
  /** The last such place that is in view: it is gone to once. */
  readonly reached: RefObject<Aim | null>;
  readonly onDrawn: (ratio: number, printedWidth: number | undefined) => void;
}

/** A page that is scrolled past at once is not drawn. */
const PAUSE_MS = 40;
const SETTLING_FRAMES = 12;
/** Sharper than this no screen needs it, and no browser draws it everywhere. */
const MOST_PIXELS = 4_096;

type Drawn =
  | { readonly status: 'waiting' }
  | { readonly status: 'drawn'; readonly ratio: number; readonly boxes: PageView['boxes']; readonly marks: readonly TextMark[] }
  | { readonly status: 'failed'; readonly message: string };

/** A page as it looks, always dark on white as it was made, with boxes over the passages on it. */
export function PagePicture({ document, reader, page, width, ratio, marks, aim, reached, onDrawn }: PagePictureProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const boxes = useRef<HTMLDivElement>(null);
  const [drawn, setDrawn] = useState<Drawn>({ status: 'waiting' });
  const marked = marks.map(({ kind, from, to }) => `${kind} ${from} ${to}`).join();
  const latest = useRef(marks);
  useEffect(() => {
    latest.current = marks;
  });

  useEffect(() => {
    let isPast = false;
    const draw = async () => {
      try {
        const asked = latest.current;
        const pixels = Math.min(MOST_PIXELS, Math.round(width * devicePixelRatio));
        const view = await reader.page(document, { page: page.number, width: pixels, marks: asked.map(({ from, to }) => ({ from, to })) });
        const element = canvas.current;
        if (isPast || !element) {
          view.bitmap.close();
          return;
        }
        const { width: across, height } = view.bitmap;
        element.width = across;
        element.height = height;
        element.getContext('bitmaprenderer')?.transferFromImageBitmap(view.bitmap);
        setDrawn({ status: 'drawn', ratio: height / across, boxes: view.boxes, marks: asked });
        onDrawn(height / across, view.printedWidth);
      } catch (reason) {
        if (!isPast) setDrawn({ status: 'failed', message: reason instanceof Error ? reason.message : String(reason) });
      }
    };
    const timer = setTimeout(() => void draw(), PAUSE_MS);
    return () => {
      isPast = true;
      clearTimeout(timer);
    };
  }, [document, reader, page.number, width, marked, onDrawn]);

  useEffect(() => {
    if (drawn.status !== 'drawn' || !aim || reached.current === aim) return;
    // Pages above may still be measured, which moves this one for a moment.
    let frames = SETTLING_FRAMES;
    let frame = requestAnimationFrame(function settle() {
      const box = boxes.current?.querySelector(`[data-from="${aim.offset}"]`);
      box?.scrollIntoView({ block: 'center', inline: 'nearest' });
      if (--frames > 0 && box) frame = requestAnimationFrame(settle);
      else reached.current = aim;
    });
    return () => cancelAnimationFrame(frame);
  }, [drawn, aim, reached]);

  const isEmpty = useHasNoText(document, reader, page);
  const shape = drawn.status === 'drawn' ? drawn.ratio : ratio;
  const name = `Page ${formatCount(page.number)} of ${document.info.name}, as it looks`;
  return (
    <figure className={styles.page} style={{ width }}>
      <div className={styles.sheet} style={{ height: Math.round(width * shape) }}>
        <canvas ref={canvas} className={styles.canvas} role="img" aria-label={name} />
        {drawn.status === 'drawn' && (
          <div ref={boxes} aria-hidden="true">
            {drawn.boxes.map((box, index) => {
              const mark = drawn.marks[box.mark];
              if (!mark) return null;
              const numbers = pinsAt(drawn, index);
              return (
                <Fragment key={`${mark.kind} ${mark.from} ${index}`}>
                  <i
                    className={classes(styles.box, styles[mark.kind])}
                    data-from={mark.from}
                    data-number={isLastOf(drawn, index) ? mark.number : undefined}
                    style={{ left: percent(box.x), top: percent(box.y), width: percent(box.width), height: percent(box.height) }}
                  />
                  {numbers !== '' && (
                    <b className={styles.pin} style={{ top: percent(box.y + box.height / 2) }}>
                      {numbers}
                    </b>
                  )}
                </Fragment>
              );
            })}
          </div>
        )}
        {drawn.status === 'failed' && <p className={styles.failed}>{drawn.message}</p>}
      </div>
      <figcaption className={styles.caption}>
        {formatCount(page.number)}
        {isEmpty && <span> has no text: it may be a picture of a page.</span>}
      </figcaption>
    </figure>
  );
}

type Boxed = Extract<Drawn, { readonly status: 'drawn' }>;

const isLastOf = ({ boxes }: Boxed, index: number): boolean => boxes[index + 1]?.mark !== boxes[index]?.mark;

/** Numbers of the quotes that begin at the height of a box; '' where an earlier box there says them. */
function pinsAt(drawn: Boxed, index: number): string {
  const height = heightOf(drawn, index);
  if (height === null) return '';
  const same = drawn.boxes.flatMap((_, other) => (heightOf(drawn, other) === height ? [other] : []));
  if (same[0] !== index) return '';
  const numbers = same.flatMap((other) => drawn.marks[drawn.boxes[other]?.mark ?? -1]?.number ?? []);
  return [...new Set(numbers)].toSorted((a, b) => a - b).join(' ');
}

/** Where the first box of a quote begins, in hundredths of the page; null for others. */
function heightOf({ boxes, marks }: Boxed, index: number): number | null {
  const box = boxes[index];
  if (!box || marks[box.mark]?.number === undefined || boxes[index - 1]?.mark === box.mark) return null;
  return Math.round(box.y * 100);
}

const percent = (share: number): string => `${share * 100}%`;

/** Longer ones have more than the line that begins a page. */
const LONGEST_MARKER = 200;

/** Whether there is nothing on a page but the line that says which it is. */
function useHasNoText(document: SourceDocument, reader: SourceReader, { from, to }: PagePictureProps['page']): boolean {
  const [isEmpty, setIsEmpty] = useState(false);
  useEffect(() => {
    if (to - from > LONGEST_MARKER) return;
    let isPast = false;
    reader.slice(document, from, to).then(
      (text) => {
        const marker = text.indexOf('\n');
        if (!isPast) setIsEmpty(marker === -1 || text.slice(marker).trim() === '');
      },
      () => undefined,
    );
    return () => {
      isPast = true;
    };
  }, [document, reader, from, to]);
  return isEmpty;
}
