import { createStore } from 'zustand/vanilla';
import type { SourceDocument } from '../documents/document.ts';
import type { ProgressUnit } from '../documents/extract/extractor.ts';
import type { DocumentOrigin } from './kept.ts';

/**
 * A dropped file on its way to being a document; `name` has the folders or the archive that it came in.
 * A `note` is no file to be read: it says what of an archive was left out.
 */
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
  | { readonly status: 'note'; readonly message: string }
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
    has: (id: string): boolean => store.getState().items.some((item) => item.id === id),
    /** Puts items in the place of one; nothing where that is not there any more. */
    replace(id: string, by: readonly LibraryItem[]): void {
      store.setState(({ items }) => ({ items: items.flatMap((item) => (item.id === id ? by : [item])) }));
    },
    /** Takes an item away; returns the one before it, null where it was the first. */
    remove(id: string): string | null {
      const { items } = store.getState();
      const at = items.findIndex((item) => item.id === id);
      store.setState({ items: items.filter((item) => item.id !== id) });
      return items[at - 1]?.id ?? null;
    },
    /** Puts items behind another, in front of all for null, at the end where the other is gone. */
    insert(after: string | null, items: readonly LibraryItem[]): void {
      store.setState((now) => {
        const at = after === null ? 0 : now.items.findIndex(({ id }) => id === after) + 1;
        return { items: now.items.toSpliced(after !== null && at === 0 ? now.items.length : at, 0, ...items) };
      });
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
