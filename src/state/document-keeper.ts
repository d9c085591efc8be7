import type { SourceDocument } from '../documents/document.ts';
import type { DocumentInfo } from '../trajectory/events.ts';
import { type CommandDeps, sentence } from './command-deps.ts';
import type { Device } from './device.ts';
import type { DocumentOrigin, Kept, KeptDocument } from './kept.ts';
import { readyItems, type LibraryItem, type ReadyItem } from './library-store.ts';
import { runInFlight } from './runs-store.ts';

/** Bytes of a run's documents that are copied to this device without being asked for. */
export const COPIED_UNASKED = 64 * 1024 * 1024;

export interface DocumentKeeper {
  /** Where each of these can be had again, and the copies that have to be made for it. */
  plan(items: readonly ReadyItem[]): Promise<KeepPlan>;
  /** Makes copies, one after the other, in the background. */
  copy(copies: readonly Copy[]): void;
  /** The copy of a document, by what a log knows of it; null where there is none. */
  find(info: DocumentInfo): Promise<string | null>;
  /** The file of a copy, and null where it is gone. */
  open(key: string): Promise<File | null>;
  /** Drops what no unfinished run needs and the person does not want kept. */
  sweep(): Promise<void>;
  /** A document that was removed from the library is not kept any longer. */
  removed(item: LibraryItem): Promise<void>;
  /** Keeps documents, or stops it, as the preferences say now. */
  setKeep(keep: boolean): Promise<void>;
  /** Forgets all copies, of unfinished runs too. */
  forgetAll(): Promise<void>;
  /** The copies that were kept beyond their runs. */
  restorable(): Promise<readonly KeptDocument[]>;
}

export interface KeepPlan {
  readonly origins: readonly DocumentOrigin[];
  readonly copies: readonly Copy[];
}

interface Copy {
  readonly document: KeptDocument;
  readonly blob: Blob;
}

/** Copies of documents: unasked for the runs that need them, on wish for good. */
export function createDocumentKeeper(deps: CommandDeps, device: Device): DocumentKeeper {
  const { library, settings, runs, kept: shown, alerts } = deps;
  let queue = Promise.resolve();
  let generation = 0;
  const wanted = new Set<string>();
  const pending = new Set<KeptDocument>();

  const measure = async () => {
    const all = (await device.now?.listDocuments()) ?? [];
    shown.setState({ bytes: all.reduce((sum, { size }) => sum + size, 0) });
  };

  /** Copies that the library's documents are read from: the large ones stay on the disk. */
  const inUse = () =>
    new Set(library.getState().items.map(readFrom).filter((key) => key !== null));

  const copyOf = (item: ReadyItem, keep: boolean): Copy => ({
    document: {
      key: deps.newId(),
      name: item.name,
      size: fileOf(item.document).size,
      sha256: item.document.info.sha256,
      lastModified: lastModified(fileOf(item.document)),
      keep,
    },
    blob: fileOf(item.document),
  });

  const copyOne = async (kept: Kept, { document, blob }: Copy, mine: number) => {
    try {
      if (mine !== generation) return;
      await kept.copyDocument(document, blob);
      // «Forget all» was pressed while it was written.
      if (mine !== generation) await kept.dropDocument(document.key);
    } catch (reason) {
      if (document.keep) alerts.raise(`${document.name} could not be kept on this device: ${sentence(reason)}`);
    }
  };

  const sweep = async () => {
    await device.now?.sweepDocuments(inUse());
    await measure();
  };

  const copy = (copies: readonly Copy[]) => {
    if (copies.length === 0) return;
    const mine = generation;
    for (const { document } of copies) pending.add(document);
    shown.setState(({ copying }) => ({ copying: copying + copies.length }));
    queue = queue.then(async () => {
      for (const each of copies) {
        if (device.now) await copyOne(device.now, each, mine);
        pending.delete(each.document);
        shown.setState(({ copying }) => ({ copying: copying - 1 }));
      }
      await measure();
      // A run may have ended before its documents were copied.
      if (!runInFlight(runs.getState())) await sweep();
    });
  };

  /** Copies that there are, and those being made. */
  const allCopies = async (kept: Kept) => [...(await kept.listDocuments()), ...pending];

  /** Copies what is in the library and was not yet. */
  const keepLibrary = async () => {
    const kept = await device.ready;
    if (!kept || !settings.getState().keepDocuments) return;
    const items = readyItems(library.getState()).filter(({ id, origin }) => origin.from === 'person' && !wanted.has(id));
    if (items.length === 0) return;
    for (const { id } of items) wanted.add(id);
    const have = await allCopies(kept);
    copy(items.filter((item) => !have.some((document) => isSame(document, item))).map((item) => copyOf(item, true)));
  };
  library.subscribe((now, before) => {
    if (now.items !== before.items) void keepLibrary();
  });
  void device.ready.then(measure);

  return {
    copy,
    async plan(items) {
      const kept = await device.ready;
      if (!kept) return { origins: items.map(() => ({ from: 'person' })), copies: [] };
      const have = await allCopies(kept);
      const keep = settings.getState().keepDocuments;
      const copies: Copy[] = [];
      let room = COPIED_UNASKED;
      const origins = items.map((item): DocumentOrigin => {
        const { origin } = item;
        if (origin.from === 'sample') return origin;
        const existing =
          have.find(({ key }) => origin.from === 'copy' && key === origin.key) ??
          [...have, ...copies.map(({ document }) => document)].find((document) => isSame(document, item));
        if (existing) {
          if (!existing.keep) room -= existing.size;
          return { from: 'copy', key: existing.key };
        }
        const made = copyOf(item, keep);
        if (!keep && made.document.size > room) return { from: 'person' };
        if (!keep) room -= made.document.size;
        copies.push(made);
        return { from: 'copy', key: made.document.key };
      });
      return { origins, copies };
    },

    async find(info) {
      const have = (await (await device.ready)?.listDocuments()) ?? [];
      const isIt = ({ name, size, sha256 }: KeptDocument) =>
        sha256 !== '' && info.sha256 !== '' ? sha256 === info.sha256 : name === info.name && size === info.bytes;
      return have.find(isIt)?.key ?? null;
    },

    async open(key) {
      const file = (await (await device.ready)?.openDocument(key)) ?? null;
      if (!file || file.size > COPIED_UNASKED) return file;
      // In memory, so that it stays readable when the copy is dropped.
      return new File([await file.arrayBuffer()], file.name, { type: file.type, lastModified: file.lastModified });
    },

    sweep,

    async removed(item) {
      const kept = device.now;
      if (!kept || item.status !== 'ready') return;
      wanted.delete(item.id);
      const same = (await kept.listDocuments()).filter((document) => isSame(document, item));
      await kept.keepDocuments(false, new Set(same.map(({ key }) => key)));
      await sweep();
    },

    async setKeep(keep) {
      const kept = await device.ready;
      if (!kept) {
        if (keep) alerts.raise(NOTHING_KEPT);
        return;
      }
      if (keep) {
        deps.persist();
        await kept.keepDocuments(true);
        await keepLibrary();
        return;
      }
      wanted.clear();
      await kept.keepDocuments(false);
      await sweep();
    },

    async forgetAll() {
      generation += 1;
      wanted.clear();
      settings.setState({ keepDocuments: false });
      const gone = inUse();
      library.setState(({ items }) => ({
        items: items.filter((item) => !gone.has(readFrom(item) ?? '')),
      }));
      await device.now?.dropDocuments();
      await measure();
    },

    async restorable() {
      const kept = await device.ready;
      if (!kept || !settings.getState().keepDocuments) return [];
      return (await kept.listDocuments()).filter(({ keep }) => keep);
    },
  };
}

const NOTHING_KEPT =
  'This browser does not let the page keep anything on this device: allow site data for it, or go on without.';

const lastModified = (blob: Blob): number => (blob instanceof File ? blob.lastModified : 0);

/** The copy that an item is read from on the disk; smaller ones are in memory. */
const readFrom = (item: LibraryItem): string | null =>
  'origin' in item && item.origin.from === 'copy' && item.bytes > COPIED_UNASKED ? item.origin.key : null;

/** The same bytes, by hash where both are known, else by name, size and date. */
function isSame(document: KeptDocument, { name, document: source }: ReadyItem): boolean {
  const file = fileOf(source);
  if (document.sha256 !== '' && source.info.sha256 !== '') return document.sha256 === source.info.sha256;
  return document.name === name && document.size === file.size && document.lastModified === lastModified(file);
}

/** What is kept of a document: the file that it was read from. */
const fileOf = ({ original, text }: SourceDocument): Blob => original ?? text.blob;
