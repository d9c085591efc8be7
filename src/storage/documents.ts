import * as z from 'zod/mini';
import { openDatabase } from './database.ts';
import { listRuns } from './runs.ts';

/**
 * Copies of documents on this device: their bytes in OPFS, each in a file of its own, and what they
 * are in IndexedDB, written when the bytes are whole. Every function throws what `openDatabase` throws.
 */

const FOLDER = 'documents';

export const KeptDocument = z.object({
  /** Name of its file in OPFS. */
  key: z.string(),
  name: z.string(),
  /** Bytes. */
  size: z.int().check(z.minimum(0)),
  /** Hex SHA-256, '' where it was not known when it was copied. */
  sha256: z.string(),
  /** Of the file it was copied from, milliseconds since the epoch. */
  lastModified: z.number(),
  /** True where the person wants it kept beyond the runs that need it. */
  keep: z.boolean(),
  /** When it was copied, milliseconds since the epoch and parts of them; copies of before this was written have none. */
  copiedAt: z.optional(z.number()),
});
export type KeptDocument = z.infer<typeof KeptDocument>;

/** All copies, in the order in which they were made. Records that are damaged are left out and removed. */
export async function listDocuments(): Promise<readonly KeptDocument[]> {
  const database = await openDatabase();
  const change = database.transaction('documents');
  const [keys, records] = await Promise.all([change.store.getAllKeys(), change.store.getAll(), change.done]);
  const found: KeptDocument[] = [];
  for (const [at, key] of keys.entries()) {
    const checked = KeptDocument.safeParse(records[at]);
    if (checked.success && checked.data.key === key) found.push(checked.data);
    else await dropDocument(key);
  }
  // The database has them in the order of their keys, which are random.
  return found.sort((one, other) => (one.copiedAt ?? 0) - (other.copiedAt ?? 0));
}

/**
 * Copies `blob` to this device. The browser copies: nothing of it passes through the page.
 * @throws DOMException where it does not fit, or the file cannot be read; nothing is left of it then.
 * @throws Error where this browser cannot write such files.
 */
export async function copyDocument(document: KeptDocument, blob: Blob): Promise<void> {
  if (!('createWritable' in FileSystemFileHandle.prototype)) {
    throw new Error('This browser cannot keep documents on this device: add them again after a reload.');
  }
  const database = await openDatabase();
  try {
    const handle = await (await folder()).getFileHandle(document.key, { create: true });
    const writable = await handle.createWritable();
    await writable.write(blob);
    await writable.close();
    // Copies are made one after the other: no two have the same time.
    const copiedAt = performance.timeOrigin + performance.now();
    await database.put('documents', { ...document, copiedAt }, document.key);
  } catch (reason) {
    await dropDocument(document.key);
    throw reason;
  }
}

/** The copy as a file of its old name, which may be a path; null where it is not there, or not whole. */
export async function openDocument(key: string): Promise<File | null> {
  const database = await openDatabase();
  const checked = KeptDocument.safeParse(await database.get('documents', key));
  if (!checked.success) return null;
  const { name, size, lastModified } = checked.data;
  try {
    const handle = await (await folder()).getFileHandle(key);
    const file = await handle.getFile();
    return file.size === size ? new File([file], name, { lastModified }) : null;
  } catch {
    return null;
  }
}

/** Says of every copy, or of `only` these, whether it is kept beyond the runs that need it. */
export async function keepDocuments(keep: boolean, only?: ReadonlySet<string>): Promise<void> {
  for (const document of await listDocuments()) {
    if (document.keep === keep || only?.has(document.key) === false) continue;
    const database = await openDatabase();
    await database.put('documents', { ...document, keep }, document.key);
  }
}

/**
 * Removes the copies that are neither kept, nor needed by an unfinished run, nor `inUse` in this tab,
 * and what is left of copying that was broken off.
 */
export async function sweepDocuments(inUse: ReadonlySet<string>): Promise<void> {
  // In this order: a run says what it needs before that is copied.
  const documents = await listDocuments();
  const runs = await listRuns();
  const needed = new Set(inUse);
  for (const { summary, origins } of runs) {
    if (summary.outcome !== null) continue;
    for (const origin of origins) if (origin.from === 'copy') needed.add(origin.key);
  }
  for (const { key, keep } of documents) {
    if (keep) needed.add(key);
    else if (!needed.has(key)) await dropDocument(key);
  }
  for (const name of await fileNames()) if (!needed.has(name)) await removeEntry(name);
}

/** Removes one copy. */
export async function dropDocument(key: string): Promise<void> {
  await removeEntry(key);
  const database = await openDatabase();
  await database.delete('documents', key);
}

/** Removes all copies. */
export async function dropDocuments(): Promise<void> {
  const root = await navigator.storage.getDirectory();
  await root.removeEntry(FOLDER, { recursive: true }).catch(() => undefined);
  const database = await openDatabase();
  await database.clear('documents');
}

async function removeEntry(key: string): Promise<void> {
  try {
    await (await folder()).removeEntry(key);
  } catch {
    // Not there, or being written.
  }
}

async function fileNames(): Promise<readonly string[]> {
  // Not all type libraries that this is compiled with know that directories can be listed.
  const directory: FileSystemDirectoryHandle & { readonly keys?: () => AsyncIterable<string> } = await folder();
  const names: string[] = [];
  for await (const name of directory.keys?.() ?? []) names.push(name);
  return names;
}

async function folder(): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  return root.getDirectoryHandle(FOLDER, { create: true });
}
