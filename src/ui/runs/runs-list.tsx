import { FolderOpen } from 'lucide-react';
import { useKept, useRuns } from '../app-context.tsx';
import { usePickTrajectory } from '../documents/pick-files.tsx';
import { Icon } from '../kit/icon.tsx';
import { IconButton } from '../kit/icon-button.tsx';
import { PaneHead } from '../kit/pane-head.tsx';
import { LoadedRunRow, RunRow } from './run-row.tsx';
import styles from './runs-list.module.css';

/** The runs of this visit, then those of earlier ones, newest first; and the way to open one from a file. */
export function RunsList() {
  const runs = useRuns((state) => state.runs);
  const selected = useRuns((state) => state.selected);
  const open = usePickTrajectory();
  const stored = useKept((state) => state.runs);
  const none = runs.length + stored.length === 0;
  const loaded = new Map(runs.map((run) => [run.getState().id, run]));
  const earlier = new Set(stored.map(({ id }) => id));
  return (
    <section aria-label="Past and present runs">
      <PaneHead title="Runs">
        {!none && <IconButton icon={FolderOpen} label="Open a trajectory" onClick={open} />}
      </PaneHead>
      <ul aria-label="Runs" className={styles.list}>
        {[...loaded].map(([id, run]) =>
          earlier.has(id) ? null : <LoadedRunRow key={id} run={run} selected={id === selected} />,
        )}
        {stored.map(({ id, header: { startedAt }, summary }) => {
          const run = loaded.get(id);
          if (run) return <LoadedRunRow key={id} run={run} selected={id === selected} />;
          return (
            <RunRow key={id} id={id} startedAt={startedAt} summary={summary} opened selected={id === selected} />
          );
        })}
      </ul>
      {none && (
        <button type="button" className={styles.open} aria-label="Open a trajectory" onClick={open}>
          <Icon of={FolderOpen} />
          <span className={styles.openTitle}>Open a trajectory</span>
          <span className={styles.openNote}>A .jsonl log of an earlier run: watch it again, call by call</span>
        </button>
      )}
    </section>
  );
}
