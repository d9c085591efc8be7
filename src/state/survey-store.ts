import { createStore } from 'zustand/vanilla';
import type { SurveyEntry } from '../documents/survey.ts';

/** A folder, or a large archive, that waits for the person to say what of it is read. */
export interface Survey {
  /** Name of the folder or archive, or what was dropped in words. */
  readonly title: string;
  readonly of: 'folder' | 'archive';
  /** `looking` while its files are looked at; then all entries are there. */
  readonly phase: 'looking' | 'ready';
  readonly entries: readonly SurveyEntry[];
  /** Folders that were not gone into, and why: «node_modules», «installed packages». */
  readonly pruned: readonly PrunedFolder[];
}

export interface PrunedFolder {
  readonly path: string;
  readonly why: string;
}

export interface SurveyState {
  /** What is asked about now; others wait behind it. */
  readonly survey: Survey | null;
}

export const createSurveyStore = () => createStore<SurveyState>(() => ({ survey: null }));
export type SurveyStore = ReturnType<typeof createSurveyStore>;
