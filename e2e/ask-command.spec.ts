import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withFaults } from './model-server/script.ts';
import { ANSWER, lookAskFinish } from './scripts.ts';
import { haystack } from './texts.ts';
import { expect, test } from './test.ts';

const KEY = 'sk-of-the-environment-51';
let folder = '';

test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'matryoshka-ask-'));
  writeFileSync(join(folder, 'harbour.txt'), haystack(300_000, ['The access code of the harbour office is 7413-QX.']));
});
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `npm run ask` as a person would, without npm's own lines. */
function ask(args: readonly string[], key?: string): Promise<Ended> {
  // Playwright sets FORCE_COLOR for its workers; beside a NO_COLOR of the caller Node warns on stderr.
  const { FORCE_COLOR: _forced, ...env } = process.env;
  if (key === undefined) delete env['OPENAI_API_KEY'];
  else env['OPENAI_API_KEY'] = key;
  const child = spawn(process.execPath, ['e2e/run.mjs', 'ask', ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (piece) => (stdout += String(piece)));
  child.stderr.on('data', (piece) => (stderr += String(piece)));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
}

test('answers with the offline model, events on stderr, the log in a file', async () => {
  const out = join(folder, 'offline.jsonl');
  const question = 'What is the access code of the harbour office?';
  const ended = await ask(['--out', out, '--question', question, join(folder, 'harbour.txt')]);
  expect(ended).toMatchObject({ code: 0, stdout: expect.stringContaining('7413-QX') });
  const events = ended.stderr.trim().split('\n').map((line) => JSON.parse(line) as { type: string; seq: number });
  expect(events[0]).toMatchObject({ type: 'run.started', seq: 0 });
  expect(events.at(-1)).toMatchObject({ type: 'run.finished', outcome: 'answered' });
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, n) => n));
  const log = readFileSync(out, 'utf8').trim().split('\n');
  expect(JSON.parse(log[0] ?? '')).toMatchObject({ format: 'matryoshka/trajectory' });
  expect(log).toHaveLength(events.length + 1);
});

test('runs an endpoint with a key from the environment and limits from the command line', async ({ serveModel }) => {
  const server = await serveModel({ script: lookAskFinish(4), key: KEY });
  const out = join(folder, 'endpoint.jsonl');
  const limits = ['--max-turns', '7', '--max-depth', '2', '--max-sub-calls', '9', '--parallel', '3', '--budget', '0.5'];
  const models = ['--base-url', server.url, '--model', 'root-model', '--sub-model', 'sub-model', '--method', 'rlm'];
  const question = ['--question', 'How many letters mention the river?', join(folder, 'harbour.txt')];
  const args = [...models, ...limits, '--out', out, ...question];
  const ended = await ask(args, KEY);
  expect(ended).toMatchObject({ code: 0, stdout: `${ANSWER}\n` });
  expect(ended.stdout + ended.stderr + readFileSync(out, 'utf8')).not.toContain(KEY);
  const { settings } = JSON.parse(ended.stderr.split('\n')[0] ?? '') as { settings: unknown };
  expect(settings).toMatchObject({
    maxTurns: 7,
    maxDepth: 2,
    maxSubCalls: 9,
    parallelSubCalls: 3,
    budgetUsd: 0.5,
    rootModel: 'root-model',
    subModel: 'sub-model',
  });
  expect(server.stats()).toMatchObject({ root: 3, sub: 4, maxInFlight: { sub: 3 } });
});

for (const method of ['base', 'compaction']) {
  test(`answers by the method ${method}, which the log names`, async () => {
    const question = 'What is the access code of the harbour office?';
    const ended = await ask(['--method', method, '--question', question, join(folder, 'harbour.txt')]);
    expect(ended).toMatchObject({ code: 0, stdout: expect.stringContaining('7413-QX') });
    const events = ended.stderr.trim().split('\n').map((line) => JSON.parse(line) as { type: string; code?: string });
    expect(events[0]).toMatchObject({ type: 'run.started', method });
    expect(events.filter(({ type }) => type === 'cell.started')).toEqual([]);
  });
}

test('says why there is no answer and exits with 1', async ({ serveModel }) => {
  const server = await serveModel({ script: lookAskFinish(), key: 'sk-right' });
  const args = ['--base-url', server.url, '--model', 'm', '--question', 'Anything?', join(folder, 'harbour.txt')];
  const ended = await ask(args, 'sk-wrong-0123');
  expect(ended).toMatchObject({ code: 1, stdout: '' });
  expect(ended.stderr).toMatch(/key/i);
  expect(ended.stderr).not.toContain('sk-wrong-0123');
});

test('gives up where the provider goes down, since nobody is there to try again', async ({ serveModel }) => {
  const script = withFaults(lookAskFinish(), [
    { when: ({ kind, turn }) => kind === 'root' && turn === 1, fault: { kind: 'status', status: 503 }, times: Infinity },
  ]);
  const server = await serveModel({ script });
  const ended = await ask(['--base-url', server.url, '--model', 'm', '--question', 'Anything?', join(folder, 'harbour.txt')]);
  expect(ended).toMatchObject({ code: 1, stdout: '' });
  expect(ended.stderr).toContain('"type":"run.paused"');
  expect(ended.stderr).toContain('503');
});

test('refuses arguments that make no sense with the usage and 2', async () => {
  const ended = await ask(['--question', 'Why?', '--colour', 'red', join(folder, 'harbour.txt')]);
  expect(ended).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('Usage: npm run ask') });
});
