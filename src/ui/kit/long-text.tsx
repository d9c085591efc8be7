import { useState } from 'react';
import { formatCount } from '../../base/format.ts';
import { classes } from './classes.ts';
import styles from './long-text.module.css';
import { endOfPiece, startOfTail } from './text-piece.ts';

/** Characters that are put on the page at once, unless a person asks for more. */
const PIECE = 32_768;

interface LongTextProps {
  readonly text: string;
  /** Characters at first. */
  readonly first?: number;
  /** Characters of the end that are shown as well: what was written last, as in a log. */
  readonly tail?: number;
  readonly className?: string | undefined;
}

/**
 * A text of any length, as text, never more of it on the page than asked for: a megabyte in one
 * element stops a browser, and so do thousands of lines. Its `key` should change where another text
 * takes its place.
 */
export function LongText({ text, first = PIECE, tail = 0, className }: LongTextProps) {
  const [more, setMore] = useState(0);
  const shown = classes(styles.text, className);
  let head = endOfPiece(text, 0, first);
  for (let n = 0; n < more; n++) head = endOfPiece(text, head, PIECE);
  const end = tail > 0 ? startOfTail(text, head, tail) : text.length;
  if (head >= end) return <pre className={shown}>{text}</pre>;
  const next = Math.min(end, endOfPiece(text, head, PIECE)) - head;
  const hidden = end - head;
  return (
    <div>
      <pre className={shown}>{text.slice(0, head)}</pre>
      <button type="button" className={styles.more} onClick={() => setMore(more + 1)}>
        Show {next === hidden ? 'the other' : 'the next'} {formatCount(next)}
        {next === hidden ? '' : ` of ${formatCount(hidden)} hidden`} characters
      </button>
      {tail > 0 && <pre className={shown}>{text.slice(end)}</pre>}
    </div>
  );
}
