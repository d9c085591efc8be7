import { ChartGantt, Files, GitFork, SquareCode, Settings2, type LucideIcon } from 'lucide-react';
import type { PhoneTab } from '../../state/desk-store.ts';
import type { RunStore } from '../../state/run-store.ts';
import { AnswerSheet } from '../answer/answer-sheet.tsx';
import { OutcomeNote } from '../answer/outcome-note.tsx';
import { useApp, useDesk, useRun } from '../app-context.tsx';
import { QuestionBand } from '../ask/question-band.tsx';
import { CostPanel } from '../cost/cost-panel.tsx';
import { DocumentsPane } from '../documents/documents-pane.tsx';
import { Inspector } from '../inspector/inspector.tsx';
import { Icon } from '../kit/icon.tsx';
import { IconButton } from '../kit/icon-button.tsx';
import { Wordmark } from '../kit/wordmark.tsx';
import { RunsList } from '../runs/runs-list.tsx';
import { PlayheadBar } from '../timeline/playhead-bar.tsx';
import { WaitingPanel } from '../steer/waiting-panel.tsx';
import { Welcome } from '../welcome/welcome.tsx';
import { CallOutline } from '../tree/call-outline.tsx';
import styles from './phone.module.css';
import { RunTabs, View } from './run-tabs.tsx';

const TABS: readonly { readonly id: PhoneTab; readonly label: string; readonly icon: LucideIcon }[] = [
  { id: 'documents', label: 'Documents', icon: Files },
  { id: 'graph', label: 'Graph', icon: GitFork },
  { id: 'timeline', label: 'Timeline', icon: ChartGantt },
  { id: 'inspector', label: 'Inspector', icon: SquareCode },
];

/** A run on a phone: the question and its meters above, one pane, its tabs below. */
export function Phone({ run }: { readonly run: RunStore }) {
  const { desk } = useApp();
  const tab = useDesk((state) => state.phoneTab);
  const hasTree = useDesk(
    ({ phoneTab, runTab, viewsFolded }) => phoneTab === 'graph' && runTab === 'calls' && !viewsFolded,
  );
  return (
    <div className={styles.phone}>
      <header className={styles.top}>
        <QuestionBand run={run} />
        <div className={styles.meters}>
          <CostPanel run={run} />
          <SettingsButton />
        </div>
      </header>
      <main className={styles.pane}>
        <WaitingPanel run={run} />
        <Pane tab={tab} run={run} />
        {!hasTree && <CallOutline run={run} />}
      </main>
      {tab !== 'documents' && <PlayheadBar run={run} />}
      <nav className={styles.tabs} aria-label="Panes">
        {TABS.map(({ id, label, icon }) => (
          <button
            key={id}
            type="button"
            className={styles.tab}
            aria-current={id === tab ? 'page' : undefined}
            onClick={() => desk.setState({ phoneTab: id })}
          >
            <Icon of={icon} size={18} />
            {label}
          </button>
        ))}
      </nav>
    </div>
  );
}

function Pane({ tab, run }: { readonly tab: PhoneTab; readonly run: RunStore }) {
  switch (tab) {
    case 'documents':
      return <Library withButton />;
    case 'graph':
      return <PhoneGraph run={run} />;
    case 'timeline':
      return <View tab="timeline" run={run} />;
    case 'inspector':
      return <Inspector run={run} />;
  }
}

/** The answer first, its views folded below it, as on the desk. */
function PhoneGraph({ run }: { readonly run: RunStore }) {
  const folded = useDesk((state) => state.viewsFolded);
  const view = useDesk((state) => state.runTab);
  const answered = useRun(run, ({ live }) => live.finished?.outcome === 'answered');
  return (
    <div className={styles.views}>
      {answered && folded ? (
        <div className={styles.grow}>
          <AnswerSheet run={run} />
        </div>
      ) : (
        <>
          <OutcomeNote run={run} />
          <div className={styles.grow}>
            <View tab={view === 'calls' ? 'calls' : 'graph'} run={run} />
          </div>
        </>
      )}
      {(answered || view === 'calls') && <RunTabs run={run} folded={folded && answered} answered={answered} />}
    </div>
  );
}

function Library({ withButton }: { readonly withButton: boolean }) {
  return (
    <div className={styles.library}>
      {withButton && <PhoneHead withSettings={false} />}
      <DocumentsPane withButton={withButton} />
      <RunsList />
    </div>
  );
}

function PhoneHead({ withSettings }: { readonly withSettings: boolean }) {
  const { commands } = useApp();
  return (
    <div className={styles.head}>
      <Wordmark onClick={() => commands.selectRun(null)} />
      {withSettings && <SettingsButton />}
    </div>
  );
}

function SettingsButton() {
  const { desk } = useApp();
  return (
    <IconButton
      className={styles.settings}
      icon={Settings2}
      label="Settings"
      onClick={() => desk.setState({ settingsOpen: true })}
    />
  );
}

/** The first page on a phone: the same words in one column, and the library below. */
export function PhoneWelcome() {
  return (
    <div className={styles.first}>
      <header className={styles.firstHead}>
        <PhoneHead withSettings />
      </header>
      <main>
        <Welcome />
      </main>
      <Library withButton={false} />
    </div>
  );
}
