import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'vite';
import { describe, expect, test } from 'vitest';

/** The folders of `src` and who may import whom (docs: AGENTS.md). */
const SRC = fileURLToPath(new URL('.', import.meta.url));

interface Rule {
  /** Path prefixes in `src` that may be imported besides the folder's own files. */
  readonly may: readonly string[];
  /** Files of which only types may be imported. */
  readonly types?: readonly string[];
  /** Packages that must not be imported. */
  readonly not: readonly string[];
}

const DOCUMENT = 'documents/document.ts';
/** Types that cross between threads. */
const CROSSING = [DOCUMENT, 'documents/survey.ts', 'documents/extract/extractor.ts'];
const PROTOCOL = ['worker/protocol.ts', 'worker/rpc.ts'];
const UI = ['react', 'react-dom', 'zustand', '@xyflow/react'];
const MODEL = ['openai'];
const REPL = ['quickjs-emscripten', 'quickjs-emscripten-core', '@jitl/quickjs-wasmfile-release-sync'];
const LOWER = ['base/', 'trajectory/'];

/** The longest prefix of a file's path is its rule. */
const RULES: Readonly<Record<string, Rule>> = {
  'base/': { may: [], not: [...UI, ...MODEL, ...REPL, 'node:fs'] },
  'trajectory/': { may: ['base/'], not: [...UI, ...MODEL, ...REPL, 'node:fs'] },
  'documents/': { may: LOWER, not: [...UI, ...MODEL, ...REPL, 'node:fs'] },
  'repl/': { may: [...LOWER, 'documents/locate.ts'], types: [DOCUMENT], not: [...UI, ...MODEL, 'node:fs'] },
  'models/': { may: LOWER, not: [...UI, ...REPL, 'node:fs'] },
  'engine/': { may: [...LOWER, 'repl/port.ts', 'models/port.ts'], not: [...UI, ...MODEL, ...REPL, 'node:fs'] },
  'lab/': { may: [...LOWER, 'documents/', 'repl/', 'models/', 'engine/'], not: [...UI, 'node:fs'] },
  'storage/': { may: LOWER, types: [DOCUMENT], not: [...UI, ...MODEL, ...REPL, 'node:fs'] },
  'worker/': {
    may: [...LOWER, 'documents/', 'repl/', 'models/', 'engine/', 'storage/'],
    not: [...UI, 'node:fs'],
  },
  'worker/protocol.ts': { may: [...LOWER, ...PROTOCOL], types: CROSSING, not: [...UI, ...MODEL, ...REPL, 'node:fs'] },
  'worker/rpc.ts': { may: [...LOWER, ...PROTOCOL], types: [DOCUMENT], not: [...UI, ...MODEL, ...REPL, 'node:fs'] },
  'state/': { may: [...LOWER, ...PROTOCOL], types: CROSSING, not: [...MODEL, ...REPL, 'node:fs'] },
  'ui/': { may: [...LOWER, 'state/', 'worker/protocol.ts', 'styles/'], not: [...MODEL, ...REPL, 'node:fs'] },
  'ui/kit/': { may: ['base/', 'styles/'], not: ['zustand', '@xyflow/react', ...MODEL, ...REPL, 'node:fs'] },
  'main.tsx': {
    may: [...LOWER, 'documents/', 'models/providers.ts', 'storage/', 'state/', 'ui/', 'worker/', 'styles/', '../package.json'],
    not: [...MODEL, ...REPL, 'node:fs'],
  },
};

interface Import {
  /** Path from `src`, or the name of a package. */
  readonly target: string;
  readonly typeOnly: boolean;
}

/** Imports and re-exports of a file at `path` (from `src`), relative ones resolved. */
function importsOf(path: string, source: string): Import[] {
  const { module, errors } = parseSync(path, source);
  if (errors[0]) throw new Error(`${path}: ${errors[0].message}`);
  const found: { specifier: string; typeOnly: boolean }[] = [];
  for (const { moduleRequest, entries } of module.staticImports) {
    const typeOnly = entries.length > 0 && entries.every((entry) => entry.isType);
    found.push({ specifier: moduleRequest.value, typeOnly });
  }
  for (const { entries } of module.staticExports) {
    for (const { moduleRequest, isType } of entries) {
      if (moduleRequest) found.push({ specifier: moduleRequest.value, typeOnly: isType });
    }
  }
  for (const { moduleRequest } of module.dynamicImports) {
    const text = source.slice(moduleRequest.start, moduleRequest.end);
    found.push({ specifier: text.replace(/^['"`]|['"`]$/g, ''), typeOnly: false });
  }
  return found.map(({ specifier, typeOnly }) => ({
    target: specifier.startsWith('.') ? posix.join(posix.dirname(path), specifier) : specifier,
    typeOnly,
  }));
}

const isTest = (path: string): boolean => /\.(test|bench)\.tsx?$|\/testing\//.test(path);

function ruleOf(path: string): [prefix: string, rule: Rule] {
  const prefix = Object.keys(RULES)
    .filter((key) => path.startsWith(key))
    .sort((a, b) => b.length - a.length)[0];
  const rule = prefix === undefined ? undefined : RULES[prefix];
  if (prefix === undefined || !rule) throw new Error(`${path}: no folder of ours, see RULES`);
  return [prefix, rule];
}

/** Why one import breaks the directions, or null. Tests may compose what they test. */
function brokenDirection(path: string, { target, typeOnly }: Import): string | null {
  if (isTest(path)) return null;
  const [prefix, { may, types = [], not }] = ruleOf(path);
  const [bare = ''] = target.split('?');
  if (/(^|\/)(index|utils)\.tsx?$/.test(bare)) return `${path} imports a barrel or a utils, ${bare}`;
  const ours = /\.(tsx?|css|json|svg|wasm)$/.test(bare) && !bare.startsWith('@');
  if (!ours || !/^(\.\.\/|[a-z]+\/|main\.tsx$)/.test(bare)) {
    const isNot = not.some((name) => bare === name || bare.startsWith(`${name}/`));
    return isNot || bare.startsWith('node:') ? `${path} imports the package ${bare}` : null;
  }
  if (isTest(bare)) return `${path} imports ${bare}, which is for tests`;
  const own = prefix.endsWith('/') && bare.startsWith(prefix);
  const allowed = own || may.some((start) => bare.startsWith(start)) || (typeOnly && types.includes(bare));
  // A package's own file (a font's style sheet, say) looks like a path, but is not in `src`.
  const isPackage = !SRC_FOLDERS.some((folder) => bare.startsWith(folder)) && !bare.startsWith('../') && bare !== 'main.tsx';
  return allowed || isPackage ? null : `${path} must not import ${bare}${typeOnly ? ' (a type)' : ''}`;
}

const SRC_FOLDERS = [...new Set(Object.keys(RULES).map((key) => `${key.split('/')[0]}/`)), 'styles/'];

/** A cycle among value imports, as the files along it, or null. */
function findCycle(graph: ReadonlyMap<string, readonly string[]>): string[] | null {
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (file: string): string[] | null => {
    const at = path.indexOf(file);
    if (at >= 0) return [...path.slice(at), file];
    if (done.has(file)) return null;
    path.push(file);
    for (const next of graph.get(file) ?? []) {
      const cycle = visit(next);
      if (cycle) return cycle;
    }
    path.pop();
    done.add(file);
    return null;
  };
  for (const file of graph.keys()) {
    const cycle = visit(file);
    if (cycle) return cycle;
  }
  return null;
}

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => /\.tsx?$/.test(path) && !path.endsWith('.d.ts'));
const sources = files.map((path) => ({ path, imports: importsOf(path, readFileSync(join(SRC, path), 'utf8')) }));

describe('The source tree', () => {
  test('keeps the import directions', () => {
    const broken = sources
      .filter(({ path }) => path !== 'architecture.test.ts')
      .flatMap(({ path, imports }) => imports.map((one) => brokenDirection(path, one)))
      .filter((sentence) => sentence !== null);
    expect(broken).toEqual([]);
  });

  test('has no import cycle', () => {
    const graph = new Map(
      sources.map(({ path, imports }) => [
        path,
        imports.filter((one) => !one.typeOnly).map((one) => one.target),
      ]),
    );
    expect(findCycle(graph)).toBeNull();
  });

  test('has no barrel, no utils, and kebab-case names', () => {
    expect(files.filter((path) => /(^|\/)(index|utils?|helpers?)\.tsx?$/.test(path))).toEqual([]);
    expect(
      files.filter((path) => !/^[a-z0-9]+(-[a-z0-9]+)*(\.(test|bench|worker|module))*\.tsx?$/.test(basename(path))),
    ).toEqual([]);
    expect(files.filter((path) => dirname(path).split('/').some((part) => !/^(\.|[a-z0-9-]+)$/.test(part)))).toEqual([]);
  });
});

/** Imports that must be refused, by the file they would stand in. */
const FORBIDDEN: readonly (readonly [path: string, line: string])[] = [
  ['base/a.ts', "import { b } from '../trajectory/b.ts';"],
  ['trajectory/a.ts', "import { b } from '../documents/b.ts';"],
  ['trajectory/export/a.ts', "import { b } from '../../engine/b.ts';"],
  ['documents/a.ts', "import type { B } from '../engine/b.ts';"],
  ['repl/a.ts', "import { b } from '../models/port.ts';"],
  ['repl/a.ts', "import { b } from '../documents/document.ts';"],
  ['repl/a.ts', "import type { B } from '../documents/digest.ts';"],
  ['models/offline/a.ts', "import { b } from '../../repl/b.ts';"],
  ['engine/a.ts', "import { b } from '../repl/session.ts';"],
  ['engine/methods/a.ts', "import { b } from '../../models/openai/client.ts';"],
  ['engine/a.ts', "import OpenAI from 'openai';"],
  ['engine/a.ts', "import { b } from '../documents/b.ts';"],
  ['storage/a.ts', "import { b } from '../state/b.ts';"],
  ['worker/host/a.ts', "import { b } from '../../ui/b.tsx';"],
  ['worker/protocol.ts', "import type { B } from '../engine/b.ts';"],
  ['worker/rpc.ts', "import { b } from './host/b.ts';"],
  ['state/a.ts', "import type { B } from '../engine/engine.ts';"],
  ['state/a.ts', "import { b } from '../worker/host/b.ts';"],
  ['state/a.ts', "import { b } from '../ui/b.tsx';"],
  ['ui/a.tsx', "import type { B } from '../documents/document.ts';"],
  ['ui/graph/a.tsx', "import { b } from '../../models/port.ts';"],
  ['ui/graph/a.tsx', "import { b } from '../../storage/b.ts';"],
  ['ui/graph/a.tsx', "export { b } from '../../repl/port.ts';"],
  ['ui/graph/a.tsx', "const b = await import('../../engine/b.ts'); export { b };"],
  ['ui/kit/a.tsx', "import { b } from '../graph/b.tsx';"],
  ['ui/kit/a.tsx', "import { b } from '../../state/b.ts';"],
  ['main.tsx', "import { b } from './engine/b.ts';"],
];

/** Imports that must pass. */
const ALLOWED: readonly (readonly [path: string, line: string])[] = [
  ['trajectory/a.ts', "import { b } from '../base/b.ts';"],
  ['repl/a.ts', "import type { B } from '../documents/document.ts';"],
  ['repl/texts/a.ts', "import { b } from '../../documents/locate.ts';"],
  ['engine/a.ts', "import type { B } from '../repl/port.ts';"],
  ['engine/methods/a.ts', "import { b } from '../../models/port.ts';"],
  ['worker/host/a.ts', "import { b } from '../../engine/b.ts';"],
  ['state/a.ts', "import { connect } from '../worker/rpc.ts';"],
  ['ui/a.tsx', "import { b } from './documents/b.tsx';"],
  ['ui/graph/a.tsx', "import { b } from '../documents/b.tsx';"],
  ['ui/graph/a.tsx', "import { b } from '../../state/b.ts';"],
  ['ui/kit/a.tsx', "import { b } from '../../base/b.ts';"],
];

describe('The guards themselves', () => {
  const judge = ([path, line]: readonly [path: string, line: string]) =>
    importsOf(path, line).map((one) => brokenDirection(path, one));

  test('this test refuses fabricated bad imports, and passes good ones', () => {
    for (const one of FORBIDDEN) expect(judge(one), one.join(': ')).toEqual([expect.any(String)]);
    for (const one of ALLOWED) expect(judge(one), one.join(': ')).toEqual([null]);
    expect(() => judge(['helpers/a.ts', "import '../base/b.ts';"])).toThrow('no folder of ours');
  });

  test('this test finds a fabricated cycle', () => {
    expect(findCycle(new Map([['a', ['b']], ['b', ['c']], ['c', ['a']]]))).toEqual(['a', 'b', 'c', 'a']);
    expect(findCycle(new Map([['a', ['b', 'c']], ['b', ['c']], ['c', []]]))).toBeNull();
  });

  test('lint refuses and passes the same imports', { timeout: 60_000 }, () => {
    // Lint reads static imports only; this test alone watches over the dynamic ones.
    const lines = [...FORBIDDEN, ...ALLOWED].filter(([, line]) => !line.includes('import('));
    const folder = mkdtempSync(join(tmpdir(), 'architecture-'));
    try {
      copyFileSync(join(SRC, '../.oxlintrc.json'), join(folder, '.oxlintrc.json'));
      const files = lines.map(([path, line], n) => {
        const file = join(folder, 'src', path.replace(/\ba\.ts/, `a-${n}.ts`));
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, `${line}\n`, { flag: 'wx' });
        return file;
      });
      const refused = filesThatLintRefuses(folder);
      expect(lines.filter((_, n) => refused.has(files[n] ?? ''))).toEqual(
        FORBIDDEN.filter((one) => lines.includes(one)),
      );
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

function filesThatLintRefuses(folder: string): Set<string> {
  const oxlint = join(SRC, '../node_modules/oxlint/bin/oxlint');
  const { stdout } = spawnSync(
    process.execPath,
    [oxlint, '-c', join(folder, '.oxlintrc.json'), '--format', 'json', 'src'],
    { cwd: folder, encoding: 'utf8' },
  );
  const report = JSON.parse(stdout) as { diagnostics: { code: string; filename: string }[] };
  const restricted = report.diagnostics.filter(({ code }) => code.includes('no-restricted-imports'));
  return new Set(restricted.map(({ filename }) => join(folder, filename)));
}
