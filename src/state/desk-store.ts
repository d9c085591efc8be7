import { createStore } from 'zustand/vanilla';

/** The tabs above the graph, and on a phone also the tabs below it. */
export type RunTab = 'graph' | 'calls' | 'timeline';
export type PhoneTab = 'documents' | 'graph' | 'timeline' | 'inspector';

/** Where the person is on the desk: nothing of a run, nothing that is kept. */
export interface Desk {
  /** Draft in the Question box. */
  readonly question: string;
  readonly runTab: RunTab;
  readonly phoneTab: PhoneTab;
  readonly settingsOpen: boolean;
  /** With an answer on screen: the views of the run are folded to their tab bar below it. */
  readonly viewsFolded: boolean;
  /** The next question follows up on the run on screen, with its variables, where it can. */
  readonly followUp: boolean;
}

export const createDeskStore = () =>
  createStore<Desk>(() => ({
    question: '',
    runTab: 'graph',
    phoneTab: 'graph',
    settingsOpen: false,
    viewsFolded: false,
    followUp: true,
  }));
export type DeskStore = ReturnType<typeof createDeskStore>;
