import type { RunStore } from '../../state/run-store.ts';
import { useRun } from '../app-context.tsx';
import styles from './answer-sheet.module.css';
import { AnswerBody } from './answer-body.tsx';
import { AnswerRemarks } from './answer-remarks.tsx';
import { AnswerRest } from './answer-text.tsx';
import { AnswerPath } from './answer-path.tsx';
import { WithCitations } from './citations.tsx';
import { QuotesList } from './quotes-list.tsx';
import { CopyButton } from './copy-button.tsx';

/** The final answer on the one sheet of card stock, and beside it the turns that led there. */
export function AnswerSheet({ run }: { readonly run: RunStore }) {
  const finished = useRun(run, (view) => view.live.finished);
  if (finished?.outcome !== 'answered') return null;
  const answer = finished.answer ?? '';
  return (
    <WithCitations run={run}>
      <div className={styles.sheet}>
        <div className={styles.main}>
          <section aria-label="Answer" className={styles.answer}>
            {answer.trim() === '' ? (
              <p className={styles.empty}>The model finished with an empty answer.</p>
            ) : (
              <AnswerBody key={answer} finished={finished} />
            )}
          </section>
          <AnswerRemarks run={run} />
          {finished.format === 'text' && <AnswerRest text={answer} />}
          {answer !== '' && <CopyButton text={answer} />}
        </div>
        <div className={styles.beside}>
          <QuotesList />
          <AnswerPath run={run} />
        </div>
      </div>
    </WithCitations>
  );
}
