import { createStore } from 'zustand/vanilla';

export type { DocumentPart, SourceDocument } from '../documents/document.ts';

/** A document that is open to be read, and the passage that it was opened at. */
export interface SourceView {
  /** Its id in the library, which is that of the run's log where it came from there. */
  readonly document: string;
  /** UTF-16 code units [from, to) of its text; null at the start. */
  readonly passage: { readonly from: number; readonly to: number } | null;
}

/** How a document that has pages to look at is shown. */
export type SourceMode = 'text' | 'pages';

export interface SourceState {
  readonly view: SourceView | null;
  /** What the person chose last. */
  readonly mode: SourceMode;
}

export const createSourceStore = () => createStore<SourceState>(() => ({ view: null, mode: 'text' }));
export type SourceStore = ReturnType<typeof createSourceStore>;
