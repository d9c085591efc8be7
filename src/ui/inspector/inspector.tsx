import { useState } from 'react';
import { useStore } from 'zustand';
import { shownSelection, type RunStore } from '../../state/run-store.ts';
import { variablesAt } from '../../trajectory/derive/reading.ts';
import { CodeTab } from './code-tab.tsx';
import { InspectorHead } from './inspector-head.tsx';
import { panelId, tabId, InspectorTabs } from './inspector-tabs.tsx';
import styles from './inspector.module.css';
import { OutputTab } from './output-tab.tsx';
import { PromptTab } from './prompt-tab.tsx';
import { RawTab } from './raw-tab.tsx';
import { ReplyTab } from './reply-tab.tsx';
import { RunAgain } from './run-again.tsx';
import { emptyWords, firstTab, subjectOf, TABS, type Subject, type Tab } from './subject.ts';
import { TurnNotes } from './turn-notes.tsx';
import { VariablesTab } from './variables-tab.tsx';
import type { RunState } from '../../trajectory/run-state.ts';

/** Everything about one call, or one turn of it: what went in, what came out, what it ran and holds. */
export function Inspector({ run }: { readonly run: RunStore }) {
  const state = useStore(run, ({ view }) => view);
  const id = useStore(run, (view) => shownSelection(view)?.call ?? null);
  const turn = useStore(run, (view) => shownSelection(view)?.turn ?? null);
  const [chosen, setChosen] = useState<Readonly<Record<'llm' | 'rlm', Tab | null>>>({ rlm: null, llm: null });
  const call = id === null ? undefined : state.calls.get(id);
  const kind = call?.kind ?? 'rlm';
  const subject = call ? subjectOf(state, call, turn) : null;
  const tab = chosen[kind] ?? firstTab(subject);
  const held = call && subject?.turn ? variablesAt(state, call, subject.turn.turn).length : 0;
  const why = (each: Tab) =>
    subject ? emptyWords(each, subject, held) : 'Nothing to look at yet: the run has made no call.';

  return (
    <section className={styles['inspector']} aria-label="Inspector">
      <InspectorHead run={run} state={state} subject={subject} />
      <InspectorTabs
        tab={tab}
        empty={new Set(TABS.filter((each) => why(each) !== null))}
        onChoose={(next) => setChosen((before) => ({ ...before, [kind]: next }))}
      />
      <div
        className={styles['panel']}
        role="tabpanel"
        id={panelId(tab)}
        aria-labelledby={tabId(tab)}
        tabIndex={0}
        data-tab={tab}
      >
        {subject && (tab === 'Code' || tab === 'Reply') && (
          <TurnNotes state={state} call={subject.call} turn={subject.turn} />
        )}
        <Panel
          // A panel starts at its top for another subject.
          key={`${tab} ${id ?? ''} ${subject?.turn?.turn ?? ''}`}
          run={run}
          state={state}
          tab={tab}
          subject={subject}
          empty={why(tab)}
        />
      </div>
      {subject && <RunAgain run={run} subject={subject} />}
    </section>
  );
}

interface PanelProps {
  readonly run: RunStore;
  readonly state: RunState;
  readonly tab: Tab;
  readonly subject: Subject | null;
  readonly empty: string | null;
}

function Panel({ run, state, tab, subject, empty }: PanelProps) {
  if (subject === null) return <p className={styles['empty']}>{empty}</p>;
  const shared = { run, state, subject, empty };
  switch (tab) {
    case 'Prompt':
      return <PromptTab {...shared} />;
    case 'Reply':
      return <ReplyTab {...shared} />;
    case 'Code':
      return <CodeTab {...shared} />;
    case 'Output':
      return <OutputTab {...shared} />;
    case 'Variables':
      return <VariablesTab {...shared} />;
    case 'Raw':
      return <RawTab {...shared} />;
  }
}
