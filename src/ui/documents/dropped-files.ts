import { whyPruned } from '../../base/pruned-folders.ts';
import type { PrunedFolder } from '../../state/survey-store.ts';
import type { FoundFile } from '../../worker/protocol.ts';

/** The most files of one folder that are listed: to look for more takes the browser minutes. */
export const MOST_FILES = 50_000;

/** A folder, and all that was found in it. */
export interface FoundFolder {
  readonly title: string;
  /** In order of their paths, which begin with the folder's name. */
  readonly files: readonly FoundFile[];
  /** Folders that were not gone into. */
  readonly pruned: readonly PrunedFolder[];
}

export interface Dropped {
  readonly files: readonly File[];
  readonly folders: readonly FoundFolder[];
}

/**
 * The files and folders of a drop, folders walked recursively in order of name.
 * Must be called in the event's own task: the list of items is empty afterwards.
 */
export async function dropped(transfer: DataTransfer): Promise<Dropped> {
  const sources = [...transfer.items].flatMap((item): readonly (File | FileSystemDirectoryEntry)[] => {
    if (item.kind !== 'file') return [];
    const entry = item.webkitGetAsEntry();
    if (entry && isDirectory(entry)) return [entry];
    const file = item.getAsFile();
    return file ? [file] : [];
  });
  const folders: FoundFolder[] = [];
  for (const source of sources) if (!(source instanceof File)) folders.push(await walkFolder(source));
  return { files: sources.filter((source) => source instanceof File), folders };
}

async function walkFolder(folder: FileSystemDirectoryEntry): Promise<FoundFolder> {
  const files: FoundFile[] = [];
  const pruned: PrunedFolder[] = [];

  const walk = async (directory: FileSystemDirectoryEntry, path: string): Promise<void> => {
    for (const entry of inOrder(await children(directory))) {
      const at = `${path}/${entry.name}`;
      if (files.length >= MOST_FILES) return;
      if (isFile(entry)) {
        const file = await fileOf(entry);
        if (file) files.push({ file, path: at });
        else pruned.push({ path: at, why: 'could not be opened' });
      } else if (isDirectory(entry)) {
        const why = whyPruned(entry.name);
        if (why === null) await walk(entry, at);
        else pruned.push({ path: at, why });
      }
    }
  };
  await walk(folder, folder.name);
  return { title: folder.name, files, pruned: withRest(files, pruned, folder.name) };
}

/** Nothing is left out without a word. */
function withRest(files: readonly FoundFile[], pruned: readonly PrunedFolder[], title: string): readonly PrunedFolder[] {
  if (files.length < MOST_FILES) return pruned;
  const why = `more than ${MOST_FILES.toLocaleString('en')} files: what follows was not looked at, add it by smaller folders`;
  return [...pruned, { path: title, why }];
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;
const isDirectory = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;

const inOrder = (entries: readonly FileSystemEntry[]): readonly FileSystemEntry[] =>
  entries.toSorted((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));

const fileOf = (entry: FileSystemFileEntry): Promise<File | null> =>
  new Promise((resolve) => {
    // A file that went away between the drop and now.
    entry.file(resolve, () => resolve(null));
  });

/** `readEntries` gives a hundred at a time, and an empty list at the end. */
async function children(directory: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = directory.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve) => {
      reader.readEntries(resolve, () => resolve([]));
    });
    if (some.length === 0) return all;
    all.push(...some);
  }
}

/** The files of a folder picker as the folder that was picked. */
export function pickedFolder(chosen: Iterable<File>): FoundFolder {
  const files: FoundFile[] = [];
  const pruned = new Map<string, PrunedFolder>();
  let title = '';
  for (const file of chosen) {
    const path = file.webkitRelativePath || file.name;
    const parts = path.split('/');
    if (title === '') title = parts[0] ?? '';
    const at = parts.findIndex((part, index) => index > 0 && index < parts.length - 1 && whyPruned(part) !== null);
    const folder = parts.slice(0, at + 1).join('/');
    const why = whyPruned(parts[at] ?? '');
    if (at > 0 && why !== null) pruned.set(folder, { path: folder, why });
    else if (files.length < MOST_FILES) files.push({ file, path });
  }
  const inPathOrder = files.toSorted((a, b) => a.path.localeCompare(b.path, 'en', { numeric: true }));
  return { title, files: inPathOrder, pruned: withRest(files, [...pruned.values()], title) };
}
