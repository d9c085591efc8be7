import { HardDrive, Keyboard, Settings2 } from 'lucide-react';
import { useApp } from '../app-context.tsx';
import { DocumentsPane } from '../documents/documents-pane.tsx';
import { Icon } from '../kit/icon.tsx';
import { KeyHint } from '../kit/key-hint.tsx';
import { Wordmark } from '../kit/wordmark.tsx';
import { RunsList } from '../runs/runs-list.tsx';
import styles from './sidebar.module.css';

/** The left pane of the first page: library, runs, and at its foot what is always there. */
export function Sidebar({ onKeys }: { readonly onKeys: () => void }) {
  const { commands } = useApp();
  return (
    <div className={styles.sidebar}>
      <div className={styles.first}>
        <Wordmark onClick={() => commands.selectRun(null)} />
      </div>
      <nav className={styles.lists} aria-label="Library and runs">
        <DocumentsPane withButton={false} />
        <RunsList />
      </nav>
      <div className={styles.foot}>
        <SettingsLink />
        <button type="button" className={styles.link} onClick={onKeys}>
          <Icon of={Keyboard} />
          Keys <KeyHint keys="?" />
        </button>
      </div>
    </div>
  );
}

export function SettingsLink() {
  const { desk } = useApp();
  return (
    <button type="button" className={styles.link} onClick={() => desk.setState({ settingsOpen: true })}>
      <Icon of={Settings2} />
      Settings
    </button>
  );
}

/** The band above the left pane while a run is on screen. */
export function SidebarHead() {
  const { commands } = useApp();
  return (
    <div className={styles.head}>
      <Wordmark onClick={() => commands.selectRun(null)} />
      <p className={styles.promise}>
        <Icon of={HardDrive} size={14} />
        Files and key stay on this device
      </p>
    </div>
  );
}
