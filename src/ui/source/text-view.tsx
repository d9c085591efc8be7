import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { Virtualizer, type VirtualizerHandle } from 'virtua';
import type { SourceReader } from '../../state/source-commands.ts';
import type { SourceDocument } from '../../state/source-store.ts';
import { copiedText } from './copied-text.ts';
import type { TextMark } from './row-marks.ts';
import type { Row } from './rows.ts';
import { CannotRead } from './cannot-read.tsx';
import { TextRow } from './text-row.tsx';
import styles from './text-view.module.css';
import { createTextWindow } from './text-window.ts';

/** Where one wants to be; a new object each time. */
export interface Aim {
  readonly offset: number;
}

interface TextViewProps {
  readonly document: SourceDocument;
  readonly reader: SourceReader;
  readonly aim: Aim;
  /** What is marked in [from, to) of the text. */
  readonly marksIn: (from: number, to: number) => readonly TextMark[];
  /** Tells where one reads: a third from the top. */
  readonly onAt: (offset: number) => void;
}

const ROW_HEIGHT = 19;
/** More is loaded when so many pixels are left. */
const NEAR = 3_000;
/** What one reads, and what is gone to, is here from the top. */
const EYE = 1 / 3;
/** In which a row that was jumped to is drawn, and stands still. */
const MOST_FRAMES = 60;

/** The text of a document, of which a window is loaded and what is in view is drawn. */
export function TextView({ document, reader, aim, marksIn, onAt }: TextViewProps) {
  const [text] = useState(() =>
    createTextWindow(
      {
        slice: (from, to) => reader.slice(document, from, to),
        lineOf: async (offset) => (await reader.place(document, offset)).line,
        lineStart: (line) => reader.lineStart(document, line),
      },
      document.info.chars,
    ),
  );
  const state = useSyncExternalStore(text.subscribe, text.get);
  const { rows } = state;
  const list = useRef<VirtualizerHandle>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const digits = useMemo(() => String(document.info.lines).length, [document.info.lines]);
  useEffect(() => void text.jump(aim.offset), [text, aim]);

  /** Where the last jump left the view, until the person scrolls; while it is on its way, null. */
  const landed = useRef<number | null>(null);

  const onScroll = useCallback(() => {
    const handle = list.current;
    const { rows: loaded } = text.get();
    const [first, last] = [loaded[0], loaded.at(-1)];
    // What is added while the view is on its way to a row would lead it to another.
    if (!handle || !first || !last || landed.current === null) return;
    const { scrollOffset, scrollSize, viewportSize } = handle;
    if (scrollOffset < NEAR) void text.extend('up');
    if (scrollSize - scrollOffset - viewportSize < NEAR) void text.extend('down');
    if (Math.abs(scrollOffset - landed.current) < 1) return;
    landed.current = -1;
    if (scrollOffset < 1 && first.from === 0) return onAt(0);
    if (scrollSize - scrollOffset - viewportSize < 1 && last.to >= document.info.chars) return onAt(last.from);
    const eye = scrollOffset + viewportSize * EYE;
    const index = handle.findItemIndex(eye);
    const row = loaded[index];
    if (!row) return;
    const share = (eye - handle.getItemOffset(index)) / Math.max(1, handle.getItemSize(index));
    // A row of one line of the screen is a place of its own; in a long one there are more.
    const isLong = handle.getItemSize(index) > 2 * ROW_HEIGHT;
    onAt(row.from + (isLong ? Math.floor(Math.min(0.999, Math.max(0, share)) * (row.to - row.from)) : 0));
  }, [text, onAt, document.info.chars]);

  useLayoutEffect(() => {
    const target = state.aim;
    const view = scroller.current;
    const row = target && text.get().rows[target.row];
    if (!target || !view || !row) return;
    landed.current = null;
    list.current?.scrollToIndex(target.row, { align: 'start', offset: -view.clientHeight * EYE });
    let frames = MOST_FRAMES;
    let still = 0;
    let frame = requestAnimationFrame(function settle() {
      const off = distanceTo(view, row, target.offset);
      if (off !== null) {
        const before = view.scrollTop;
        if (Math.abs(off) > 1) view.scrollTop += off;
        still = view.scrollTop === before ? still + 1 : 0;
      }
      if (--frames > 0 && still < 2) {
        frame = requestAnimationFrame(settle);
        return;
      }
      landed.current = view.scrollTop;
      onScroll();
    });
    return () => cancelAnimationFrame(frame);
  }, [state.aim, text, onScroll]);
  // What was loaded may not fill the view.
  useEffect(onScroll, [rows, onScroll]);

  if (rows.length === 0) {
    if (state.failed) return <CannotRead name={document.info.name} />;
    return <p className={styles.empty}>{document.info.chars === 0 ? 'This document has no text.' : ''}</p>;
  }
  return (
    <>
      {state.failed && <CannotRead name={document.info.name} />}
      {/* It scrolls, so keys must reach it. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <div
        ref={scroller}
        className={styles.scroller}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        role="group"
        aria-label="Text"
        onCopy={(event) => {
          const copied = copiedText(event.currentTarget, rows, getSelection());
          if (copied === null) return;
          event.clipboardData.setData('text/plain', copied);
          event.preventDefault();
        }}
        onKeyDown={(event) => {
          if (event.target !== event.currentTarget || event.altKey) return;
          if (event.key !== 'Home' && event.key !== 'End') return;
          event.preventDefault();
          void text.jump(event.key === 'Home' ? 0 : document.info.chars);
        }}
      >
        <Virtualizer
          key={state.load}
          ref={list}
          data={rows}
          itemSize={ROW_HEIGHT}
          shift={state.isShift}
          scrollRef={scroller}
          startMargin={0}
          onScroll={onScroll}
        >
          {(row) => <TextRow key={row.from} row={row} marks={marksIn(row.from, row.to)} digits={digits} />}
        </Virtualizer>
      </div>
    </>
  );
}

/** Pixels from where one reads to a unit of a row, or to what is marked there; null until it is drawn. */
function distanceTo(view: Element, row: Row, offset: number): number | null {
  const eye = view.getBoundingClientRect().top + view.clientHeight * EYE;
  const mark = view.querySelector(`[data-piece="${offset}"]`);
  if (mark) return mark.getBoundingClientRect().top - eye;
  const box = view.querySelector(`[data-from="${row.from}"]`)?.getBoundingClientRect();
  if (!box) return null;
  const share = box.height > 2 * ROW_HEIGHT ? (offset - row.from) / (row.to - row.from) : 0;
  return box.top + share * box.height - eye;
}
