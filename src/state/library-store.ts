import { createStore } from 'zustand/vanilla';
import type { SourceDocument } from '../documents/document.ts';
import type { ProgressUnit } from '../documents/extract/extractor.ts';
import type { DocumentOrigin } from './kept.ts';

/** A dropped file on its way to being a document; `name` has the folders or the archive that it came in. */
export type LibraryItem = {
  readonly id: string;
  readonly name: string;
  readonly bytes: number;
} & (
  | {
      readonly status: 'reading';
      readonly done: number;
      /** 0 where it is not known. */
      readonly total: number;
      readonly unit: ProgressUnit;
      readonly origin: DocumentOrigin;
    }
  | { readonly status: 'ready'; readonly document: SourceDocument; readonly origin: DocumentOrigin }
  | { readonly status: 'failed'; readonly message: string }
);
export type ReadyItem = LibraryItem & { readonly status: 'ready' };

export interface Library {
  /** In drop order, which is the order of `context`. */
  readonly items: readonly LibraryItem[];
}

type Change = (item: LibraryItem) => LibraryItem;

/**
 * The library. `schedule` says when changes of items are applied, all at once: of hundreds of files
 * that are read side by side each tells of its progress, and every change draws the list again.
 */
export function createLibraryStore(schedule: (apply: () => void) => void = (apply) => apply()) {
  const store = createStore<Library>(() => ({ items: [] }));
  const waiting = new Map<string, Change[]>();
  const applied: (() => void)[] = [];

  const apply = () => {
    const changes = new Map(waiting);
    const done = applied.splice(0);
    waiting.clear();
    store.setState(({ items }) => ({
      items: items.map((item) => (changes.get(item.id) ?? []).reduce((now, change) => change(now), item)),
    }));
    for (const resolve of done) resolve();
  };

  return {
    ...store,
    /** Changes an item, if it is still there, with the next batch; resolves when that is done. */
    change(id: string, change: Change): Promise<void> {
      const isFirst = applied.length === 0;
      waiting.set(id, [...(waiting.get(id) ?? []), change]);
      const done = new Promise<void>((resolve) => applied.push(resolve));
      if (isFirst) schedule(apply);
      return done;
    },
    add(items: readonly LibraryItem[]): void {
      if (items.length > 0) store.setState((now) => ({ items: [...now.items, ...items] }));
    },
  };
}
export type LibraryStore = ReturnType<typeof createLibraryStore>;

export const readyItems = (library: Library): readonly ReadyItem[] =>
  library.items.filter((item): item is ReadyItem => item.status === 'ready');

export const readyDocuments = (library: Library): readonly SourceDocument[] =>
  readyItems(library).map(({ document }) => document);

export const isReading = (library: Library): boolean =>
  library.items.some((item) => item.status === 'reading');

/** Resolves when no file is being read any more. */
export function allRead(library: LibraryStore): Promise<void> {
  if (!isReading(library.getState())) return Promise.resolve();
  return new Promise((resolve) => {
    const unsubscribe = library.subscribe((state) => {
      if (isReading(state)) return;
      unsubscribe();
      resolve();
    });
  });
}
