import { Settings2 } from 'lucide-react';
import type { Outcome } from '../../trajectory/events.ts';
import type { RunStore } from '../../state/run-store.ts';
import { useApp, useRun } from '../app-context.tsx';
import { Button } from '../kit/button.tsx';
import { AnswerRest, AnswerText } from './answer-text.tsx';
import { WithCitations } from './citations.tsx';
import { QuotesList } from './quotes-list.tsx';
import styles from './outcome-note.module.css';

const DEFAULT_REASONS: Readonly<Record<Exclude<Outcome, 'answered'>, string>> = {
  stopped: 'You stopped it. Everything up to there is below and can be exported.',
  failed: 'The log does not say why. Look at the last call, or run it again.',
  limit: 'A limit of the run was met. Raise it in Settings and run it again.',
};

/** A run that ended without a final answer: what happened, what to do, and the draft, told apart. */
export function OutcomeNote({ run }: { readonly run: RunStore }) {
  const { desk } = useApp();
  const finished = useRun(run, (view) => view.live.finished);
  if (!finished || finished.outcome === 'answered') return null;
  const { outcome, reason, answer } = finished;
  return (
    <section className={styles.note} data-outcome={outcome} aria-label="What happened">
      <div className={styles.happened}>
        <p className={styles.reason} role={outcome === 'failed' ? 'alert' : undefined}>{reason ?? DEFAULT_REASONS[outcome]}</p>
        {outcome !== 'stopped' && (
          <Button icon={Settings2} onClick={() => desk.setState({ settingsOpen: true })}>
            Change limits or model
          </Button>
        )}
      </div>
      {answer !== null && answer.trim() !== '' && outcome === 'limit' && (
        <div className={styles.draft}>
          <h2 className={styles.best}>The best answer it had when the limit came</h2>
          <WithCitations run={run}>
            <section className={styles.text} aria-label="Answer">
              <AnswerText key={answer} text={answer} />
              <AnswerRest text={answer} />
            </section>
            <QuotesList />
          </WithCitations>
        </div>
      )}
      {answer !== null && answer.trim() !== '' && outcome !== 'limit' && (
        <details className={styles.draft} open>
          <summary>The draft it had, not a final answer</summary>
          <div className={styles.text}>
            <AnswerText key={answer} text={answer} />
            <AnswerRest text={answer} />
          </div>
        </details>
      )}
    </section>
  );
}
