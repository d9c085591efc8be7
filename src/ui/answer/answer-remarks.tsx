import type { RunStore } from '../../state/run-store.ts';
import { answerRemarks } from '../../trajectory/derive/answer-remarks.ts';
import { useMemo } from 'react';
import { useRun } from '../app-context.tsx';
import styles from './answer-remarks.module.css';

/** What must be known of an answer to judge it: that its text was cut, or that it breaks its schema. */
export function AnswerRemarks({ run }: { readonly run: RunStore }) {
  const live = useRun(run, (view) => view.live);
  const remarks = useMemo(() => answerRemarks(live), [live]);
  if (remarks.length === 0) return null;
  return (
    <ul className={styles.remarks} aria-label="Remarks on the answer">
      {remarks.map((text) => (
        <li key={text}>{text}</li>
      ))}
    </ul>
  );
}
