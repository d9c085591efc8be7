import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { measureBuild } from './size-budget.ts';

let dist = '';
beforeEach(() => {
  dist = mkdtempSync(join(tmpdir(), 'size-budget-'));
  mkdirSync(join(dist, '.vite'));
  mkdirSync(join(dist, 'assets'));
});
afterEach(() => rmSync(dist, { recursive: true, force: true }));

/** A file whose gzipped size is about its own. */
function asset(name: string, bytes: number): void {
  writeFileSync(join(dist, 'assets', name), randomBytes(bytes));
}

function manifest(chunks: object): void {
  writeFileSync(join(dist, '.vite/manifest.json'), JSON.stringify(chunks));
}

const PAGE = {
  'index.html': { file: 'assets/main.js', isEntry: true, imports: ['_shared'], dynamicImports: ['later'], css: ['assets/main.css'] },
  _shared: { file: 'assets/shared.js', imports: ['index.html'] },
  later: { file: 'assets/later.js' },
};

test('the first load is the entry and what it imports at once, styles apart', () => {
  manifest(PAGE);
  asset('main.js', 3000);
  asset('shared.js', 2000);
  asset('later.js', 50_000);
  asset('main.css', 9000);
  const { lines, problems } = measureBuild(dist, 6000);
  expect(problems).toEqual([]);
  expect(lines).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^first load, scripts: 4\.9 KB gzipped, 2 files$/),
      expect.stringMatching(/^first load, styles: 8\.8 KB/),
      expect.stringMatching(/^later, scripts and styles: 48\.9 KB/),
    ]),
  );
});

test('what is in a folder is fetched one by one, and named together', () => {
  manifest(PAGE);
  asset('main.js', 3000);
  mkdirSync(join(dist, 'assets/pdf-1/wasm'), { recursive: true });
  asset('pdf-1/wasm/jpeg.wasm', 2000);
  asset('pdf-1/wasm/colours.wasm', 2000);
  const { lines, problems } = measureBuild(dist);
  expect(problems).toEqual([]);
  expect(lines.filter((line) => line.includes('fetched') || line.includes('pdf-1'))).toEqual([
    expect.stringMatching(/^fetched one by one: [34]\.\d KB gzipped, 2 files$/),
  ]);
});

test('a first load over budget, a second wasm and a missing entry are problems', () => {
  manifest(PAGE);
  asset('main.js', 3000);
  asset('shared.js', 2000);
  asset('quickjs-a.wasm', 10);
  asset('quickjs-b.wasm', 10);
  expect(measureBuild(dist, 4000).problems).toEqual([
    expect.stringContaining('over the budget of 3.9 KB'),
    expect.stringContaining('quickjs-a.wasm, assets/quickjs-b.wasm'),
  ]);
  manifest({});
  expect(measureBuild(dist).problems[0]).toContain('No entry script');
});
