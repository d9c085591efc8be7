import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** Gzipped bytes of JavaScript that the page needs before it can be used (design: 280 KB). */
export const FIRST_LOAD_BUDGET = 280 * 1024;

interface ManifestChunk {
  readonly file: string;
  readonly isEntry?: boolean;
  readonly imports?: readonly string[];
  readonly css?: readonly string[];
}

export interface SizeReport {
  /** What is in `dist`, one line each, largest group first. */
  readonly lines: readonly string[];
  /** Sentences about what is over budget or out of place; empty when all is well. */
  readonly problems: readonly string[];
}

interface FileSize {
  readonly raw: number;
  readonly gzip: number;
}

/** Measures a build. `dist` must hold `.vite/manifest.json`. */
export function measureBuild(dist: string, budget = FIRST_LOAD_BUDGET): SizeReport {
  const manifest = JSON.parse(
    readFileSync(join(dist, '.vite/manifest.json'), 'utf8'),
  ) as Record<string, ManifestChunk>;
  const first = new Set<string>();
  const visit = (key: string): void => {
    const chunk = manifest[key];
    if (!chunk || first.has(chunk.file)) return;
    first.add(chunk.file);
    for (const file of chunk.css ?? []) first.add(file);
    for (const imported of chunk.imports ?? []) visit(imported);
  };
  for (const [key, chunk] of Object.entries(manifest)) if (chunk.isEntry) visit(key);

  const assets = readdirSync(join(dist, 'assets'), { recursive: true, encoding: 'utf8' })
    .map((name) => `assets/${name.replaceAll('\\', '/')}`)
    .filter((file) => statSync(join(dist, file)).isFile());
  const groups = new Map<string, Map<string, FileSize>>();
  for (const file of assets) {
    const group = groupOf(file, first);
    const files = groups.get(group) ?? new Map<string, FileSize>();
    files.set(file, sizeOf(join(dist, file)));
    groups.set(group, files);
  }
  const totals = [...groups].map(([name, files]) => ({ name, files, gzip: sum(files) }));
  totals.sort((a, b) => b.gzip - a.gzip);
  const lines = totals.flatMap(({ name, files, gzip }) => [
    `${name}: ${kilobytes(gzip)} gzipped, ${files.size} file${files.size === 1 ? '' : 's'}`,
    ...(name === FETCHED ? [] : [...files])
      .toSorted(([, a], [, b]) => b.gzip - a.gzip)
      .map(([file, size]) => `  ${kilobytes(size.gzip).padStart(9)} (${kilobytes(size.raw)})  ${file}`),
  ]);

  const problems: string[] = [];
  const firstLoad = sum(groups.get(FIRST_JS) ?? new Map());
  if (firstLoad === 0) problems.push('No entry script was found in the build.');
  if (firstLoad > budget) {
    problems.push(
      `The first load is ${kilobytes(firstLoad)} of JavaScript, over the budget of ` +
        `${kilobytes(budget)}: import what is not needed at once with import().`,
    );
  }
  const wasm = assets.filter((file) => file.endsWith('.wasm') && !isInFolder(file));
  if (wasm.length > 1) problems.push(`One QuickJS is enough, the build has ${wasm.join(', ')}.`);
  return { lines, problems };
}

const FIRST_JS = 'first load, scripts';

/** Character maps, fonts and decoders of pdf.js: each is fetched when a file wants it. */
const FETCHED = 'fetched one by one';
const isInFolder = (file: string): boolean => file.split('/').length > 2;

function groupOf(file: string, first: ReadonlySet<string>): string {
  if (isInFolder(file)) return FETCHED;
  if (first.has(file)) return file.endsWith('.css') ? 'first load, styles' : FIRST_JS;
  if (file.startsWith('assets/worker-') && file.endsWith('.js')) return 'workers';
  if (/\.(woff2?|ttf)$/.test(file)) return 'fonts';
  if (/\.(js|css)$/.test(file)) return 'later, scripts and styles';
  return 'other';
}

function sizeOf(path: string): FileSize {
  return { raw: statSync(path).size, gzip: gzipSync(readFileSync(path), { level: 9 }).length };
}

function sum(files: ReadonlyMap<string, FileSize>): number {
  return [...files.values()].reduce((total, size) => total + size.gzip, 0);
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1024).toFixed(1)} KB`;
}
