/** Folders, by name, that a listing does not go into, and why in a word or two. */
const PRUNED: ReadonlyMap<string, string> = new Map([
  ['node_modules', 'installed packages'],
  ['bower_components', 'installed packages'],
  ['site-packages', 'installed packages'],
  ['.venv', 'installed packages'],
  ['.git', 'version control'],
  ['.svn', 'version control'],
  ['.hg', 'version control'],
  ['__MACOSX', 'system files'],
  ['$RECYCLE.BIN', 'system files'],
  ['__pycache__', 'build cache'],
  ['.next', 'build cache'],
  ['.gradle', 'build cache'],
  ['.cache', 'build cache'],
]);

/** Why a folder of this name is not gone into; null where it is. Such folders hold no documents and flood a list. */
export const whyPruned = (folder: string): string | null => PRUNED.get(folder) ?? null;
