import { FolderOpen } from 'lucide-react';
import { useRuns } from '../app-context.tsx';
import { usePickTrajectory } from '../documents/pick-files.tsx';
import { Icon } from '../kit/icon.tsx';
import { IconButton } from '../kit/icon-button.tsx';
import { PaneHead } from '../kit/pane-head.tsx';
import { RunRow } from './run-row.tsx';
import styles from './runs-list.module.css';

/** Every run of this visit, newest first, and the way to open one from a file. */
export function RunsList() {
  const runs = useRuns((state) => state.runs);
  const selected = useRuns((state) => state.selected);
  const open = usePickTrajectory();
  const none = runs.length === 0;
  return (
    <section aria-label="Past and present runs">
      <PaneHead title="Runs">
        {!none && <IconButton icon={FolderOpen} label="Open a trajectory" onClick={open} />}
      </PaneHead>
      <ul aria-label="Runs" className={styles.list}>
        {runs.map((run) => {
          const { id } = run.getState();
          return <RunRow key={id} run={run} selected={id === selected} />;
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
