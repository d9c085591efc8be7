import { useMemo, type ReactNode } from 'react';
import styles from './code.module.css';
import { useHighlight, type CodePiece } from './highlight.ts';

/** JavaScript as coloured text, line by line: for listings that put something between lines. */
export function useCodeLines(code: string): readonly ReactNode[] {
  const highlight = useHighlight();
  return useMemo(() => splitLines(highlight(code)).map(drawLine), [highlight, code]);
}

/** Pieces by line; a piece over several lines is cut at each break. */
export function splitLines(pieces: readonly CodePiece[]): readonly (readonly CodePiece[])[] {
  const lines: CodePiece[][] = [[]];
  for (const { text, role } of pieces) {
    for (const [index, part] of text.split('\n').entries()) {
      if (index > 0) lines.push([]);
      if (part !== '') lines.at(-1)?.push({ text: part, role });
    }
  }
  return lines;
}

function drawLine(pieces: readonly CodePiece[]): ReactNode {
  return (
    <code className={styles.code}>
      {pieces.map(({ text, role }, index) =>
        role === 'plain' ? (
          text
        ) : (
          // Pieces have no identity but their place.
          <span key={index} className={styles[role]}>
            {text}
          </span>
        ),
      )}
    </code>
  );
}
