import { ChevronsDown, ChevronsUp, LocateFixed } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { formatCount } from '../../base/format.ts';
import type { RunTab } from '../../state/desk-store.ts';
import type { RunStore } from '../../state/run-store.ts';
import { useApp, useDesk, useRun } from '../app-context.tsx';
import { Graph } from '../graph/graph.tsx';
import { Button } from '../kit/button.tsx';
import { Icon } from '../kit/icon.tsx';
import { useIsNarrow } from '../kit/use-media.ts';
import { Timeline } from '../timeline/timeline.tsx';
import { CallTree } from '../tree/call-tree.tsx';
import styles from './run-tabs.module.css';

const TABS: readonly { readonly id: RunTab; readonly label: string }[] = [
  { id: 'graph', label: 'Graph' },
  { id: 'calls', label: 'Calls' },
  { id: 'timeline', label: 'Timeline' },
];

interface RunTabsProps {
  readonly run: RunStore;
  /** Below an answer only the tabs are left of the views. */
  readonly folded: boolean;
  readonly answered: boolean;
}

/** The views of a run, as tabs; arrows walk them. Folded, a tab unfolds its view. */
export function RunTabs({ run, folded, answered }: RunTabsProps) {
  const { desk } = useApp();
  const selected = useDesk((state) => state.runTab);
  const calls = useRun(run, (view) => view.view.calls.size);
  const running = useRun(run, ({ origin, live }) => origin === 'live' && live.finished === null);
  // On a phone the timeline has a pane of its own.
  const isNarrow = useIsNarrow();
  const tabs = isNarrow ? TABS.filter(({ id }) => id !== 'timeline') : TABS;
  const show = (runTab: RunTab) => desk.setState({ runTab, viewsFolded: false });
  return (
    <div className={styles.bar} data-folded={folded}>
      <div role="tablist" aria-label="Views of the run" className={styles.tabs}>
        {tabs.map(({ id, label }) => (
          <button
            key={id}
            type="button"
            role="tab"
            id={`tab-${id}`}
            aria-selected={!folded && id === selected}
            aria-controls={folded ? undefined : 'run-view'}
            tabIndex={id === selected ? 0 : -1}
            className={styles.tab}
            onClick={() => show(id)}
            onKeyDown={(event) => walkTabs(event, id, show)}
          >
            {label}
            {id === 'calls' && calls > 0 && <span className={styles.count}>{formatCount(calls)}</span>}
          </button>
        ))}
      </div>
      {answered && (
        <Button
          kind="quiet"
          className={styles.fold}
          icon={folded ? ChevronsUp : ChevronsDown}
          onClick={() => desk.setState({ viewsFolded: !folded })}
        >
          {folded ? `Unfold ${selected}` : 'Fold to the answer'}
        </Button>
      )}
      {running && <Following run={run} />}
    </div>
  );
}

function walkTabs(event: KeyboardEvent, now: RunTab, show: (tab: RunTab) => void): void {
  const at = TABS.findIndex(({ id }) => id === now);
  const targets: Readonly<Record<string, number>> = {
    ArrowRight: (at + 1) % TABS.length,
    ArrowLeft: (at - 1 + TABS.length) % TABS.length,
    Home: 0,
    End: TABS.length - 1,
  };
  const target = TABS[targets[event.key] ?? -1];
  if (!target) return;
  event.preventDefault();
  show(target.id);
  document.getElementById(`tab-${target.id}`)?.focus();
}

/** Whether the inspector follows what happens now. */
function Following({ run }: { readonly run: RunStore }) {
  const following = useRun(run, (view) => view.following && view.playhead === null);
  return (
    <button
      type="button"
      className={styles.following}
      aria-pressed={following}
      onClick={() => (following ? run.setState({ following: false }) : run.follow())}
    >
      <Icon of={LocateFixed} />
      {following ? 'Following' : 'Follow'}
    </button>
  );
}

/** The view that is chosen. */
export function ViewPanel({ run }: { readonly run: RunStore }) {
  const tab = useDesk((state) => state.runTab);
  return (
    <div role="tabpanel" id="run-view" aria-labelledby={`tab-${tab}`} className={styles.panel}>
      <View tab={tab} run={run} />
    </div>
  );
}

export function View({ tab, run }: { readonly tab: RunTab; readonly run: RunStore }) {
  switch (tab) {
    case 'graph':
      return <Graph run={run} />;
    case 'calls':
      return <CallTree run={run} />;
    case 'timeline':
      return <Timeline run={run} />;
  }
}
