/** Folders that hold no documents and would flood the library. */
const SKIPPED = new Set(['node_modules', '__MACOSX', '__pycache__', 'Thumbs.db', 'desktop.ini']);

/** The most files that one drop or folder adds: more freezes the page and was seldom meant. */
export const MOST_FILES = 2000;

/** True for a part of a path that is left out: hidden ones and `SKIPPED`. */
export const isSkipped = (name: string): boolean => name.startsWith('.') || SKIPPED.has(name);

/**
 * All files of a drop, folders walked recursively in order of name, at most `MOST_FILES` of them.
 * Must be called in the event's own task: the list of items is empty afterwards.
 */
export async function droppedFiles(transfer: DataTransfer): Promise<File[]> {
  const sources = [...transfer.items].flatMap((item): readonly (File | FileSystemEntry)[] => {
    if (item.kind !== 'file') return [];
    const entry = item.webkitGetAsEntry();
    if (entry?.isDirectory) return [entry];
    const file = item.getAsFile();
    return file ? [file] : [];
  });
  const files: File[] = [];
  for (const source of sources) {
    if (source instanceof File) files.push(source);
    else await walk(source, files);
  }
  return files.slice(0, MOST_FILES);
}

async function walk(entry: FileSystemEntry, into: File[]): Promise<void> {
  if (into.length >= MOST_FILES) return;
  if (isFile(entry)) {
    const file = await new Promise<File | null>((resolve) => {
      // A file that went away between the drop and now is left out.
      entry.file(resolve, () => resolve(null));
    });
    if (file) into.push(file);
  } else if (isDirectory(entry)) {
    const inside = await children(entry);
    for (const child of inside.sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }))) {
      if (!isSkipped(child.name)) await walk(child, into);
    }
  }
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;
const isDirectory = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;

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

/** Files of a folder picker, without what `isSkipped` leaves out. */
export const pickedFiles = (files: Iterable<File>): File[] =>
  [...files]
    .filter(({ name, webkitRelativePath }) => !(webkitRelativePath || name).split('/').slice(1).some(isSkipped))
    .slice(0, MOST_FILES);
