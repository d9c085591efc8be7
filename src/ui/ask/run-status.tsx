import { Fragment } from 'react';
import type { RunStore } from '../../state/run-store.ts';
import { useLibrary, useRun } from '../app-context.tsx';
import { useIsNarrow } from '../kit/use-media.ts';
import { classes } from '../kit/classes.ts';
import { RunMark } from '../runs/run-mark.tsx';
import styles from './run-status.module.css';
import { libraryStatus, runStatus, type Status } from './status.ts';

interface StatusLineProps {
  readonly status: Status;
  readonly className?: string | undefined;
}

/**
 * How things stand, in a word and a sentence. Its numbers change many times a second, so it is not
 * live itself: `Announcer` speaks the milestones.
 */
function StatusLine({ status, className }: StatusLineProps) {
  const narrow = useIsNarrow();
  const clauses = narrow ? status.clauses.slice(0, 1) : status.clauses;
  return (
    <p role="status" aria-label="Run status" aria-live="off" className={classes(styles.line, className)}>
      <strong className={styles.word}>{status.word}</strong>{' '}
      {clauses.map((pieces, index) => (
        <Fragment key={index}>
          {index > 0 && <span className={styles.dot}> · </span>}
          <span>
            {pieces.map(({ text, short, strong }) => {
              const words = (narrow ? short : undefined) ?? text;
              return strong ? <strong key={text}>{words}</strong> : words;
            })}
          </span>
        </Fragment>
      ))}
    </p>
  );
}

export function RunStatus({ run }: { readonly run: RunStore }) {
  const live = useRun(run, (view) => view.live);
  const opened = useRun(run, (view) => view.origin === 'opened');
  return (
    <div className={styles.row}>
      <RunMark run={run} />
      <StatusLine status={runStatus(live, opened)} />
    </div>
  );
}

export function LibraryStatus({ className }: { readonly className?: string | undefined }) {
  const library = useLibrary((state) => state);
  return <StatusLine status={libraryStatus(library)} className={className} />;
}
