import { whyPruned } from '../base/pruned-folders.ts';
import type { FileKind } from '../trajectory/document-kinds.ts';
import { binaryByName } from './binary-names.ts';

/** Beside those folders that a listing does not go into at all. */
const FOLDERS: ReadonlyMap<string, string> = new Map([
  ['.tox', 'installed packages'],
  ['Pods', 'installed packages'],
  ['.bzr', 'version control'],
  ['CVS', 'version control'],
  ['System Volume Information', 'system file'],
  ['.Trash', 'system file'],
  ['.mypy_cache', 'build cache'],
  ['.pytest_cache', 'build cache'],
  ['.ruff_cache', 'build cache'],
  ['.nuxt', 'build cache'],
  ['.svelte-kit', 'build cache'],
  ['.turbo', 'build cache'],
  ['.parcel-cache', 'build cache'],
  ['DerivedData', 'build cache'],
]);

/** `vendor` is also a folder of contracts: it counts only where a package manager made it. */
const VENDORED =
  /(?:^|\/)vendor\/(?:bundle|composer|gems|(?:github|gitlab|golang|google|gopkg|k8s|go)\.[a-z]+)\/|(?:^|\/)v?env\/(?:lib|Lib)\/|\/dist-packages\//;

/** In small letters. */
const LOCK_FILES: ReadonlySet<string> = new Set([
  'package-lock.json', 'npm-shrinkwrap.json', 'yarn.lock', 'pnpm-lock.yaml', 'bun.lock', 'bun.lockb', 'deno.lock',
  'cargo.lock', 'poetry.lock', 'pdm.lock', 'uv.lock', 'pipfile.lock', 'pixi.lock', 'conda-lock.yml', 'composer.lock',
  'gemfile.lock', 'go.sum', 'mix.lock', 'rebar.lock', 'flake.lock', 'pubspec.lock', 'podfile.lock', 'cartfile.resolved',
  'package.resolved', 'packages.lock.json', 'gradle.lockfile', '.terraform.lock.hcl', 'stack.yaml.lock', 'chart.lock',
]);

const SYSTEM_FILES: ReadonlySet<string> = new Set(['.ds_store', 'thumbs.db', 'ehthumbs.db', 'desktop.ini', 'icon\r', '.localized']);

/** Hidden by their dot only for being out of the way. */
const OPEN: ReadonlySet<string> = new Set(['.github', '.well-known', '.storybook']);

/**
 * Why a file of a folder or archive is left out unless the person wants it, in a few words; null where it is read.
 * @param path in the folder, parted by `/`.
 * @param kind null where it is none that can be read.
 * @param bytes of the file.
 */
export function whySkipped(path: string, kind: FileKind | null, bytes: number): string | null {
  const parts = path.split('/');
  const name = parts.at(-1) ?? path;
  const folders = parts.slice(0, -1);
  for (const folder of folders) {
    const why = whyPruned(folder) ?? FOLDERS.get(folder);
    if (why !== undefined) return why;
  }
  if (VENDORED.test(path)) return 'installed packages';
  const small = name.toLowerCase();
  if (SYSTEM_FILES.has(small) || small.startsWith('._')) return 'system file';
  if (bytes === 0) return 'empty';
  if (LOCK_FILES.has(small)) return 'lock file';
  // What office programs leave beside an open document.
  if (/^(?:~\$|\.~lock\.)/.test(small)) return 'temporary file';
  if (kind === null) return binaryByName(name) ?? 'binary data';
  if (parts.some((part) => part.startsWith('.') && !OPEN.has(part))) return 'hidden file';
  if (/\.(?:[cm]?js|css|ts)\.map$/.test(small)) return 'source map';
  if (/[.-]min\.(?:[cm]?js|css)$/.test(small)) return 'minified';
  return null;
}
