import { X } from 'lucide-react';
import { useMemo } from 'react';
import type { RunStore } from '../../state/run-store.ts';
import { summarise, type RunSummary } from '../../trajectory/derive/run-summary.ts';
import { useCommands, useKept, useRun, useRuns } from '../app-context.tsx';
import { IconButton } from '../kit/icon-button.tsx';
import { WordMark } from './run-mark.tsx';
import styles from './run-row.module.css';
import { originOf, runCost, runLine, runWord } from './run-words.ts';

interface RunRowProps {
  readonly id: string;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly summary: RunSummary;
  /** Nothing will be added to its log, even where that has no end. */
  readonly opened: boolean;
  readonly selected: boolean;
}

/** One run: its state as a shape, its question in two lines, what became of it, what it cost. */
export function RunRow({ id, startedAt, summary, opened, selected }: RunRowProps) {
  const commands = useCommands();
  const word = runWord(summary.outcome, opened);
  return (
    <li className={styles.item}>
      <a
        href={`#run-${id}`}
        className={styles.row}
        aria-current={selected ? 'true' : undefined}
        onClick={(event) => {
          event.preventDefault();
          commands.selectRun(id);
        }}
      >
        <span className={styles.mark}>
          <WordMark word={word} size={13} />
        </span>
        <span className={styles.question} dir="auto">
          {summary.question || 'A run that is starting'}
        </span>
        <span className={styles.cost}>{runCost(summary)}</span>
        <span className={styles.summary}>{runLine(summary, opened)}</span>
      </a>
      <Origin summary={summary} />
      {word !== 'Running' && (
        <IconButton
          className={styles.forget}
          icon={X}
          iconSize={14}
          // By its time: a question may hold the name of another button.
          label={`Forget the run of ${new Date(startedAt).toLocaleString('en')}`}
          onClick={() => void commands.forgetRun(id)}
        />
      )}
    </li>
  );
}

/** The run that this one goes on from, and the way to it. */
function Origin({ summary }: { readonly summary: RunSummary }) {
  const commands = useCommands();
  const origin = originOf(summary);
  const id = origin?.run ?? '';
  const loaded = useRuns(({ runs }) => runs.find((run) => run.getState().id === id)?.getState().live.started?.question);
  const kept = useKept(({ runs }) => runs.find((run) => run.id === id)?.summary.question);
  if (origin === null) return null;
  const question = loaded ?? kept;
  if (question === undefined) return <p className={styles.origin}>{origin.words} a run not here</p>;
  return (
    <button type="button" className={styles.origin} dir="auto" title={question} onClick={() => commands.selectRun(id)}>
      {origin.words} “{question}”
    </button>
  );
}

/** The row of a run whose log is here. */
export function LoadedRunRow({ run, selected }: { readonly run: RunStore; readonly selected: boolean }) {
  const live = useRun(run, (view) => view.live);
  const id = useRun(run, (view) => view.id);
  const opened = useRun(run, (view) => view.origin === 'opened');
  const startedAt = useRun(run, (view) => view.header.startedAt);
  const summary = useMemo(() => summarise(live), [live]);
  return <RunRow id={id} startedAt={startedAt} summary={summary} opened={opened} selected={selected} />;
}
