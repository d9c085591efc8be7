import type { KeyboardEvent } from 'react';
import styles from './inspector.module.css';
import { TABS, type Tab } from './subject.ts';

export const tabId = (tab: Tab): string => `inspector-tab-${tab.toLowerCase()}`;
export const panelId = (tab: Tab): string => `inspector-panel-${tab.toLowerCase()}`;

interface InspectorTabsProps {
  readonly tab: Tab;
  /** Tabs with nothing but a sentence in them: quieter, but there. */
  readonly empty: ReadonlySet<Tab>;
  readonly onChoose: (tab: Tab) => void;
}

/** One tab stop; arrows, Home and End choose. */
export function InspectorTabs({ tab, empty, onChoose }: InspectorTabsProps) {
  const walk = (event: KeyboardEvent<HTMLDivElement>) => {
    const at = TABS.indexOf(tab);
    const index = { ArrowRight: (at + 1) % TABS.length, ArrowLeft: (at - 1 + TABS.length) % TABS.length, Home: 0, End: TABS.length - 1 }[event.key];
    const next = index === undefined ? undefined : TABS[index];
    if (!next) return;
    event.preventDefault();
    event.stopPropagation();
    onChoose(next);
    document.getElementById(tabId(next))?.focus();
  };
  return (
    <div className={styles['tabs']} role="tablist" aria-label="Parts of this call" tabIndex={-1} onKeyDown={walk}>
      {TABS.map((each) => (
        <button
          key={each}
          type="button"
          role="tab"
          id={tabId(each)}
          className={styles['tab']}
          aria-selected={each === tab}
          aria-controls={each === tab ? panelId(each) : undefined}
          tabIndex={each === tab ? 0 : -1}
          data-empty={empty.has(each)}
          onClick={() => onChoose(each)}
        >
          {each}
        </button>
      ))}
    </div>
  );
}
