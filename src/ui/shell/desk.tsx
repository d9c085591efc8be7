import { Settings2 } from 'lucide-react';
import type { RunStore } from '../../state/run-store.ts';
import { AnswerSheet } from '../answer/answer-sheet.tsx';
import { OutcomeNote } from '../answer/outcome-note.tsx';
import { useApp, useDesk, useRun } from '../app-context.tsx';
import { QuestionBand } from '../ask/question-band.tsx';
import { CostPanel } from '../cost/cost-panel.tsx';
import { DocumentsPane } from '../documents/documents-pane.tsx';
import { Inspector } from '../inspector/inspector.tsx';
import { IconButton } from '../kit/icon-button.tsx';
import { RunsList } from '../runs/runs-list.tsx';
import { PlayheadBar } from '../timeline/playhead-bar.tsx';
import styles from './desk.module.css';
import { CallOutline } from '../tree/call-outline.tsx';
import { WaitingPanel } from '../steer/waiting-panel.tsx';
import { SidebarHead } from './sidebar.tsx';
import { RunTabs, ViewPanel } from './run-tabs.tsx';

/** A run on the desk: library and runs, the question over its views, the inspector. */
export function Desk({ run }: { readonly run: RunStore }) {
  const { desk } = useApp();
  return (
    <div className={styles.desk}>
      <SidebarHead />
      <QuestionBand run={run} />
      <div className={styles.cost}>
        <CostPanel run={run} />
        <IconButton
          className={styles.settings}
          icon={Settings2}
          label="Settings"
          onClick={() => desk.setState({ settingsOpen: true })}
        />
      </div>
      <nav className={styles.lists} aria-label="Library and runs">
        <DocumentsPane withButton />
        <RunsList />
      </nav>
      <main className={styles.middle}>
        <Views run={run} />
        <UnseenOutline run={run} />
        <PlayheadBar run={run} />
      </main>
      <aside className={styles.inspector} aria-label="Selection">
        <Inspector run={run} />
      </aside>
    </div>
  );
}

/** The calls for those who hear the page, while no tree is on screen. */
function UnseenOutline({ run }: { readonly run: RunStore }) {
  const hasTree = useDesk(({ runTab, viewsFolded }) => runTab === 'calls' && !viewsFolded);
  return hasTree ? null : <CallOutline run={run} />;
}

/** Answered: the sheet, with the views folded to their tabs below it. Else the views. */
function Views({ run }: { readonly run: RunStore }) {
  const folded = useDesk((state) => state.viewsFolded);
  const answered = useRun(run, (view) => view.live.finished?.outcome === 'answered');
  if (answered && folded) {
    return (
      <div className={styles.views}>
        <div className={styles.sheet}>
          <AnswerSheet run={run} />
        </div>
        <RunTabs run={run} folded answered />
      </div>
    );
  }
  return (
    <div className={styles.views}>
      <WaitingPanel run={run} />
      <OutcomeNote run={run} />
      <RunTabs run={run} folded={false} answered={answered} />
      <ViewPanel run={run} />
    </div>
  );
}
