import { createStore } from 'zustand/vanilla';
import type { SourceDocument } from '../documents/document.ts';

/** A dropped file on its way to being a document. */
export type LibraryItem = {
  readonly id: string;
  readonly name: string;
  readonly bytes: number;
} & (
  | { readonly status: 'reading'; readonly done: number; readonly total: number }
  | { readonly status: 'ready'; readonly document: SourceDocument }
  | { readonly status: 'failed'; readonly message: string }
);

export interface Library {
  /** In drop order, which is the order of `context`. */
  readonly items: readonly LibraryItem[];
}

export const createLibraryStore = () => createStore<Library>(() => ({ items: [] }));
export type LibraryStore = ReturnType<typeof createLibraryStore>;

export const readyDocuments = (library: Library): readonly SourceDocument[] =>
  library.items.flatMap((item) => (item.status === 'ready' ? [item.document] : []));

export const isReading = (library: Library): boolean =>
  library.items.some((item) => item.status === 'reading');
