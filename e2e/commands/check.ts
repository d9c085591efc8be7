import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBrowser } from '../browser.ts';
import { countReport, type PlaywrightReport } from '../playwright-report.ts';
import { measureBuild } from '../size-budget.ts';

/**
 * `npm test`: every check, in the order in which a failure explains the later ones. The last line
 * is the count: a suite counts its tests, any other check counts as one.
 */

interface Count {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const PASSED: Count = { passed: 1, failed: 0, skipped: 0 };
const FAILED: Count = { passed: 0, failed: 1, skipped: 0 };

/** Tests that passed only when they were tried again. */
const flaky: string[] = [];
const reports = mkdtempSync(join(tmpdir(), 'matryoshka-check-'));

/** Runs one of the project's tools with its output passed through; resolves to its exit code. */
function run(bin: string, args: readonly string[], env: Record<string, string> = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join('node_modules', bin), ...args], {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env },
    });
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

async function single(bin: string, ...args: string[]): Promise<Count> {
  return (await run(bin, args)) === 0 ? PASSED : FAILED;
}

/** Counts out of a suite's report. A suite that broke before or outside its tests failed once. */
function suiteCount(exitCode: number, read: () => Count): Count {
  let count: Count;
  try {
    count = read();
  } catch {
    return FAILED;
  }
  return exitCode !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count;
}

async function types(): Promise<Count> {
  const projects = ['tsconfig.json', 'src/tsconfig.worker.json', 'e2e/tsconfig.json'];
  let failed = false;
  for (const project of projects) {
    if ((await run('typescript/bin/tsc', ['-p', project])) !== 0) failed = true;
  }
  return failed ? FAILED : PASSED;
}

async function unit(): Promise<Count> {
  const report = join(reports, 'unit.json');
  const args = ['run', '--reporter=dot', '--reporter=json', `--outputFile.json=${report}`];
  const code = await run('vitest/vitest.mjs', args);
  return suiteCount(code, () => {
    const json = JSON.parse(readFileSync(report, 'utf8')) as {
      numPassedTests: number;
      numFailedTests: number;
      numPendingTests: number;
      numTodoTests: number;
    };
    return {
      passed: json.numPassedTests,
      failed: json.numFailedTests,
      skipped: json.numPendingTests + json.numTodoTests,
    };
  });
}

async function endToEnd(): Promise<Count> {
  const report = join(reports, 'e2e.json');
  const code = await run('@playwright/test/cli.js', ['test', '--reporter=list,json'], {
    PLAYWRIGHT_JSON_OUTPUT_FILE: report,
  });
  return suiteCount(code, () => {
    const count = countReport(JSON.parse(readFileSync(report, 'utf8')) as PlaywrightReport);
    flaky.push(...count.flaky);
    return count;
  });
}

async function build(): Promise<Count> {
  // What runs this command sets it to `development`, and then React would be several times as large and slow.
  const code = await run('vite/bin/vite.js', ['build'], { NODE_ENV: 'production' });
  return code === 0 ? PASSED : FAILED;
}

function size(): Promise<Count> {
  const { lines, problems } = measureBuild('dist');
  for (const line of lines) console.log(line);
  for (const problem of problems) console.error(problem);
  return Promise.resolve(problems.length === 0 ? PASSED : FAILED);
}

function browser(): Promise<Count> {
  console.log(ensureBrowser());
  return Promise.resolve(PASSED);
}

const total = { passed: 0, failed: 0, skipped: 0 };

/** Runs one check, adds it to the total and says whether it passed. */
async function check(name: string, body: () => Promise<Count>): Promise<boolean> {
  console.log(`\n== ${name}`);
  let count: Count;
  try {
    count = await body();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    count = FAILED;
  }
  total.passed += count.passed;
  total.failed += count.failed;
  total.skipped += count.skipped;
  return count.failed === 0;
}

await check('types', types);
await check('lint', () => single('oxlint/bin/oxlint', '--type-aware', '--deny-warnings'));
await check('unit', unit);
const built = await check('build', build);
if (built) {
  await check('size', size);
  if (await check('browser', browser)) await check('e2e', endToEnd);
} else {
  console.log('\nNot run, for there is no build: size, browser, e2e');
}
rmSync(reports, { recursive: true, force: true });

for (const title of flaky) console.log(`flaky: ${title}`);
if (flaky.length > 0) console.log(`${flaky.length} flaky`);
console.log(total.skipped > 0 ? `\n${total.skipped} skipped` : '');
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;
