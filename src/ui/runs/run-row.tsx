import type { RunStore } from '../../state/run-store.ts';
import { useCommands, useRun } from '../app-context.tsx';
import { RunMark } from './run-mark.tsx';
import styles from './run-row.module.css';
import { runCost, runSummary } from './run-words.ts';

interface RunRowProps {
  readonly run: RunStore;
  readonly selected: boolean;
}

/** One run: its state as a shape, its question in two lines, what became of it, what it cost. */
export function RunRow({ run, selected }: RunRowProps) {
  const commands = useCommands();
  const live = useRun(run, (view) => view.live);
  const id = useRun(run, (view) => view.id);
  const opened = useRun(run, (view) => view.origin === 'opened');
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
          <RunMark run={run} size={13} doll={false} />
        </span>
        <span className={styles.question} dir="auto">
          {live.started?.question ?? 'A run that is starting'}
        </span>
        <span className={styles.cost}>{runCost(live)}</span>
        <span className={styles.summary}>{runSummary(live, opened)}</span>
      </a>
    </li>
  );
}
