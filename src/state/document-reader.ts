import type { ArchiveListing, SurveyEntry } from '../documents/survey.ts';
import type { ReadSource } from '../worker/protocol.ts';
import { type CommandDeps, sentence } from './command-deps.ts';
import type { DocumentOrigin } from './kept.ts';
import { leftOut, nothingInside } from './left-out.ts';
import { isReading, type LibraryItem } from './library-store.ts';
import type { SurveyQueue } from './survey-queue.ts';

export const NOTHING_TO_READ = 'There is nothing to ask about yet. Add a file, or try one of the samples.';

/** An archive of more is not read without asking what of it is wanted: files, bytes unpacked. */
const MOST_UNASKED = 30;
const MOST_UNASKED_BYTES = 100_000_000;

/** Files that are sent to the worker before the page draws again: to send a thousand takes a second. */
const SENT_AT_ONCE = 20;

/** Entries of an archive that the worker is asked for side by side, as each is unpacked before it is read. */
const UNPACKED_AT_ONCE = 6;

/**
 * Archives that are opened inside the archives of one that was added: ten in each of ten in each of
 * ten … are a hundred thousand, from a file of a few kilobytes. Those that lie in it itself all are.
 */
const MOST_NESTED = 300;
const TOO_MANY_NESTED = `archive past the ${MOST_NESTED} that are opened inside of others`;

/** Files that are named in alerts of their own, of those that cannot be read one after the other. */
const MOST_ALERTS = 5;
export const MORE_FAILED = 'More files could not be read: each says why in the list of documents.';

export const PERSON: DocumentOrigin = { from: 'person' };

/** What was opened of an archive that was added, all the way down. */
interface Tree {
  nested: number;
}

/** What is to become a document. */
export interface Wanted {
  readonly path: string;
  /** 0 where it is not known. */
  readonly bytes: number;
  readonly source: ReadSource;
  readonly origin: DocumentOrigin;
}

/** It is on the list. */
export interface Listed extends Wanted {
  readonly id: string;
  /** Of what lies in an archive; absent for what was added itself. */
  readonly tree?: Tree;
}

interface Opened {
  readonly listed: Listed;
  readonly path: string;
  readonly listing: ArchiveListing;
}

export interface DocumentReader {
  /** Puts files on the list at once, so that the page says that it reads, however many there are. */
  list(wanted: readonly Wanted[]): readonly Listed[];
  /** Reads what is listed, and what is inside of it; says what cannot be read. Never rejects. */
  read(listed: readonly Listed[]): Promise<void>;
}

/** Makes what a person added documents of the library: archives become what is inside of them, in place. */
export function createDocumentReader(
  { library, alerts, documents, newId }: Pick<CommandDeps, 'library' | 'alerts' | 'documents' | 'newId'>,
  surveys: SurveyQueue,
): DocumentReader {
  const withIds = (wanted: readonly Wanted[], tree?: Tree): readonly Listed[] =>
    wanted.map((one) => ({ ...one, id: newId(), ...(tree && { tree }) }));

  /** Files that could not be read since there was last nothing to read. */
  let failed = 0;

  /** Says in the list and beside it why something is no document. */
  async function fail({ id, path, bytes: known, source }: Listed, message: string): Promise<void> {
    // A file removed while it was read is no longer in the list: nothing to say.
    if (!library.has(id)) return;
    const bytes = known === 0 && source.from === 'file' ? source.file.size : known;
    await library.change(id, () => ({ id, name: path, bytes, status: 'failed', message }));
    failed += 1;
    // Most sentences name their file.
    const said = path !== '' && message.includes(path) ? message : `${path || 'A file without a name'}: ${message}`;
    alerts.raise(failed > MOST_ALERTS ? MORE_FAILED : said);
  }

  /** @param shown where it is told when the list says what became of it: the next need not wait for a frame. */
  async function readOne(listed: Listed, shown: Promise<void>[]): Promise<Opened | null> {
    const { id, path, source, origin } = listed;
    // It may have been removed before its turn came.
    if (!library.has(id)) return null;
    try {
      const result = await documents.request('read', { id, path: source.from === 'url' ? '' : path, source });
      if (result.kind === 'archive') return { listed, path: result.path, listing: result.listing };
      const { document } = result;
      const { name, bytes } = document.info;
      shown.push(library.change(id, () => ({ id, name, bytes, status: 'ready', document, origin })));
      alerts.withdraw(NOTHING_TO_READ);
    } catch (reason) {
      shown.push(fail(listed, sentence(reason)));
    }
    return null;
  }

  async function read(listed: readonly Listed[], atOnce: number = listed.length): Promise<void> {
    const inside: Promise<void>[] = [];
    const shown: Promise<void>[] = [];
    const left = listed.values();
    const readOn = async () => {
      for (const one of left) {
        const opened = await readOne(one, shown);
        // Not waited for here: the person may take their time to answer.
        if (opened) inside.push(open(opened));
      }
    };
    const going: Promise<void>[] = [];
    while (going.length < Math.min(atOnce, listed.length)) {
      going.push(readOn());
      if (going.length % SENT_AT_ONCE === 0) await new Promise((resolve) => setTimeout(resolve, 0));
    }
    await Promise.all(going);
    await Promise.all([...shown, ...inside]);
  }

  /** Reads of an archive what is wanted of it. Its entry in the list gives way to those inside. */
  async function open(opened: Opened): Promise<void> {
    const { listed } = opened;
    try {
      if (library.has(listed.id)) await read(await choose(opened), UNPACKED_AT_ONCE);
    } catch (reason) {
      alerts.raise(`${opened.path}: ${sentence(reason)}`);
    } finally {
      void documents.request('closeArchive', { id: listed.id });
    }
  }

  async function choose({ listed, path, listing }: Opened): Promise<readonly Listed[]> {
    const { id, tree = { nested: 0 } } = listed;
    const entries = listed.tree ? withoutTooMany(listing.entries, listed.tree) : listing.entries;
    if (!entries.some(({ readable }) => readable)) {
      await fail({ ...listed, path }, nothingInside(path, entries));
      return [];
    }
    const entry = (number: number): readonly Wanted[] => {
      const found = entries[number];
      if (!found) return [];
      const source: ReadSource = { from: 'archive', archive: id, entry: number };
      return [{ path: `${path}/${found.path}`, bytes: found.bytes, source, origin: PERSON }];
    };
    const unasked = [...entries.keys()].filter((number) => entries[number]?.readable && entries[number].skip === null);
    const bytes = unasked.reduce((sum, number) => sum + (entries[number]?.bytes ?? 0), 0);
    if (unasked.length > 0 && unasked.length <= MOST_UNASKED && bytes <= MOST_UNASKED_BYTES) {
      const inside = withIds(unasked.flatMap(entry), tree);
      const message = leftOut(entries, unasked);
      const note: readonly LibraryItem[] =
        message === null ? [] : [{ id: newId(), name: path, bytes: listed.bytes, status: 'note', message }];
      library.replace(id, [...inside.map(reading), ...note]);
      return inside;
    }
    // What waits for an answer is not being read: a question may be asked about the rest.
    const before = library.remove(id);
    const answer = await surveys.ask({ title: path, of: 'archive', pruned: [] }, async () => entries);
    const inside = withIds((answer?.chosen ?? []).flatMap(entry), tree);
    library.insert(before, inside.map(reading));
    return inside;
  }

  return {
    list(wanted) {
      const listed = withIds(wanted);
      if (!isReading(library.getState())) failed = 0;
      library.add(listed.map(reading));
      return listed;
    },
    read: (listed) => read(listed),
  };
}

/** What lies in an archive inside another: its own archives are left out where they would be too many. */
function withoutTooMany(entries: readonly SurveyEntry[], tree: Tree): readonly SurveyEntry[] {
  const isArchive = ({ kind, readable }: SurveyEntry) => kind === 'zip' && readable;
  const nested = entries.filter(isArchive).length;
  if (tree.nested + nested > MOST_NESTED) {
    return entries.map((entry) => (isArchive(entry) ? { ...entry, readable: false, skip: TOO_MANY_NESTED } : entry));
  }
  tree.nested += nested;
  return entries;
}

const reading = ({ id, path, bytes, origin }: Listed): LibraryItem => ({
  id,
  name: path,
  bytes,
  status: 'reading',
  done: 0,
  total: bytes,
  unit: 'bytes',
  origin,
});
