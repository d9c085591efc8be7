import { useMemo, useRef, type KeyboardEvent, type PointerEvent } from 'react';
import type { CitedPassage } from '../../trajectory/derive/cited.ts';
import { useSize } from '../kit/use-size.ts';
import styles from './position-bar.module.css';
import { columnHeights, nearestPin, spreadPins } from './position-marks.ts';
import type { Match } from './use-search.ts';

interface PositionBarProps {
  readonly chars: number;
  /** Where one reads, in units. */
  readonly at: number;
  /** The same in words. */
  readonly words: string;
  readonly cited: readonly CitedPassage[];
  readonly passage: Match | null;
  readonly matches: readonly Match[];
  /** `to` where it is a passage that is gone to. */
  readonly onSeek: (offset: number, to?: number) => void;
}

/** Width of a column of matches, with the gap to the next, as everywhere that a document is drawn. */
const COLUMN = 4;
const HEIGHT = 22;

/**
 * The whole document from left to right: where one is, how many matches are where, and the quotes of
 * the answer as numbered pins. Keys move by hundredths and tenths.
 */
export function PositionBar({ chars, at, words, cited, passage, matches, onSeek }: PositionBarProps) {
  const track = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const { width } = useSize(track);
  const columns = useMemo(() => columnHeights(matches, chars, Math.floor(width / COLUMN), HEIGHT), [matches, chars, width]);
  const pins = useMemo(() => spreadPins(cited, chars, width), [cited, chars, width]);
  const share = (offset: number) => `${chars > 0 ? Math.min(100, (offset / chars) * 100) : 0}%`;

  const seekTo = (event: PointerEvent) => {
    const box = track.current?.getBoundingClientRect();
    if (!box || box.width === 0) return;
    const x = Math.min(box.width, Math.max(0, event.clientX - box.left));
    const pin = nearestPin(pins, x);
    if (pin) onSeek(pin.passage.from, pin.passage.to);
    else onSeek(Math.round((x / box.width) * chars));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const target = targetOf(event.key, at, chars);
    if (target === null) return;
    event.preventDefault();
    onSeek(target);
  };

  return (
    <div
      className={styles.bar}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
        input.current?.focus({ preventScroll: true });
        seekTo(event);
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) seekTo(event);
      }}
    >
      <div className={styles.track} ref={track}>
        {width > 0 && columns.some((height) => height > 0) && (
          <svg className={styles.columns} width={width} height={HEIGHT} aria-hidden="true">
            <path d={columns.map((height, index) => (height > 0 ? `M${index * COLUMN + 1.5} ${HEIGHT}v${-height}` : '')).join('')} />
          </svg>
        )}
        {passage && <i className={styles.passage} style={{ left: share(passage.from) }} />}
        {pins.map(({ passage: { number, from }, x, isNamed }) => (
          <i key={`${number} ${from}`} className={styles.pin} style={{ left: x }} data-claim={number === null} aria-hidden="true">
            {isNamed && number !== null && <b>{number}</b>}
          </i>
        ))}
        <input
          ref={input}
          className={styles.input}
          type="range"
          aria-label="Position in document"
          aria-valuetext={words}
          min={0}
          max={Math.max(1, chars)}
          step={1}
          value={at}
          onKeyDown={onKeyDown}
          onChange={(event) => onSeek(event.currentTarget.valueAsNumber)}
        />
        <i className={styles.handle} style={{ left: share(at) }} />
      </div>
    </div>
  );
}

/** Where a key leads from `at`; null for keys that lead nowhere. */
function targetOf(key: string, at: number, chars: number): number | null {
  const by = (share: number) => Math.max(0, Math.min(chars, at + Math.sign(share) * Math.max(1, Math.round(chars * Math.abs(share)))));
  switch (key) {
    case 'ArrowRight':
    case 'ArrowDown':
      return by(0.01);
    case 'ArrowLeft':
    case 'ArrowUp':
      return by(-0.01);
    case 'PageDown':
      return by(0.1);
    case 'PageUp':
      return by(-0.1);
    case 'Home':
      return 0;
    case 'End':
      return chars;
    default:
      return null;
  }
}
