import { classes } from '../kit/classes.ts';
import { cutAtMarks, type RowPiece, type TextMark } from './row-marks.ts';
import type { Row } from './rows.ts';
import styles from './text-view.module.css';
import { visibleLine, visibleText } from './visible-text.ts';

interface TextRowProps {
  readonly row: Row;
  readonly marks: readonly TextMark[];
  /** Of the highest line number. */
  readonly digits: number;
}

/**
 * A line and its number, which is drawn by the style sheet: it is no text, so it is neither selected
 * nor copied. The numbers of quotes are drawn so too.
 */
export function TextRow({ row, marks, digits }: TextRowProps) {
  const isFirst = row.from === row.lineFrom;
  const hasPassage = marks.some(({ kind, from, to }) => kind === 'passage' && from < row.to && to > row.from);
  return (
    <div className={styles.row} data-from={row.from} data-passage={hasPassage}>
      <span className={styles.number} style={{ minWidth: `${digits}ch` }} data-line={isFirst ? row.line : ''} />
      <span className={styles.text} dir="auto">
        {marks.length === 0
          ? visibleLine(row.text)
          : cutAtMarks(row, marks).map((piece) => <Piece key={piece.from} piece={piece} />)}
      </span>
    </div>
  );
}

function Piece({ piece: { from, text, kinds, numbers } }: { readonly piece: RowPiece }) {
  // A carriage return at the end of a piece may be that of the line: it shows nothing there.
  const shown = text.endsWith('\r') ? visibleLine(text) : visibleText(text);
  if (kinds.size === 0) return shown;
  return (
    <mark
      className={classes(styles.mark, ...[...kinds].map((kind) => styles[kind]))}
      data-piece={from}
      data-number={numbers.length > 0 ? numbers.join(' ') : undefined}
    >
      {shown}
    </mark>
  );
}
