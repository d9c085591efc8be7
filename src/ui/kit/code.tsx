import { useMemo } from 'react';
import styles from './code.module.css';
import { useHighlight, type CodePiece } from './highlight.ts';

const CLASSES: Readonly<Record<CodePiece['role'], string | undefined>> = {
  plain: undefined,
  keyword: styles['keyword'],
  string: styles['string'],
  number: styles['number'],
  comment: styles['comment'],
  call: styles['call'],
};

/** JavaScript as coloured text, in the element around it. */
export function Code({ code }: { readonly code: string }) {
  const highlight = useHighlight();
  const pieces = useMemo(() => highlight(code), [highlight, code]);
  return (
    <code className={styles['code']}>
      {pieces.map((piece, index) => {
        const name = CLASSES[piece.role];
        // Pieces have no identity but their place.
        return name === undefined ? piece.text : <span key={index} className={name}>{piece.text}</span>;
      })}
    </code>
  );
}
