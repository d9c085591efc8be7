import type { Page } from '@playwright/test';
import type { App } from './app.ts';
import { withFaults } from './model-server/script.ts';
import type { ModelServer } from './model-server/types.ts';
import { ANSWER, lookAskFinish } from './scripts.ts';
import { file, haystack } from './texts.ts';
import { expect, test } from './test.ts';

const KEY = 'sk-test-4f1c9a7be2d84055-never-to-be-seen';

async function prepare(app: App, server: ModelServer): Promise<void> {
  await app.configure({
    provider: 'OpenAI-compatible',
    baseUrl: server.url,
    key: KEY,
    rootModel: 'root-model',
    subModel: 'sub-model',
  });
  await app.chooseFiles(file('letters.txt', haystack(30_000)));
  await expect(app.document('letters.txt')).toBeVisible();
}

test('streams an answer over an OpenAI-compatible endpoint, and the counts agree', async ({ app, serveModel }) => {
  const server = await serveModel({ script: lookAskFinish(), key: KEY, cors: 'strict' });
  await prepare(app, server);
  expect(await app.askAndFinish('How many letters mention the river?')).toMatch(/^Answered/);
  await expect(app.answer).toContainText(ANSWER);
  expect(server.stats()).toMatchObject({ root: 3, sub: 8, refused: 0, aborted: 0 });

  const log = parse((await app.export('Trajectory (JSONL)')).text);
  expect(log[0]).toMatchObject({ format: 'matryoshka/trajectory', version: 1 });
  expect(count(log, 'call.finished')).toBe(9);
  expect(count(log, 'call.sent')).toBe(11);
  const official = parse((await app.export('Official rlm log (JSONL)')).text);
  expect(official.filter(({ type }) => type === 'metadata')).toHaveLength(1);
  expect(official.filter(({ type }) => type === 'iteration')).toHaveLength(3);
  expect(official.flatMap(subCallsOf)).toHaveLength(8);
});

test('429s, a cut stream and a missing finish are retried, and every attempt is in the log', async ({ app, serveModel, guard }) => {
  guard.allow(/429|ERR_INCOMPLETE_CHUNKED|ERR_CONNECTION|Failed to load resource/);
  const script = withFaults(lookAskFinish(), [
    {
      when: ({ prompt }) => prompt.startsWith('Part 1:'),
      fault: { kind: 'status', status: 429, headers: { 'retry-after': '0' } },
      times: 2,
    },
    { when: ({ prompt }) => prompt.startsWith('Part 4:'), fault: { kind: 'cut', afterChunks: 2 } },
    { when: ({ prompt }) => prompt.startsWith('Part 6:'), fault: { kind: 'no-finish' } },
    { when: ({ kind, turn }) => kind === 'root' && turn === 2, fault: { kind: 'status', status: 503 } },
  ]);
  const server = await serveModel({ script, key: KEY });
  await prepare(app, server);
  expect(await app.askAndFinish('How many letters mention the river?')).toMatch(/^Answered/);
  await expect(app.answer).toContainText(ANSWER);
  expect(server.stats()).toMatchObject({ root: 4, sub: 12 });
  const log = parse(await app.trajectory());
  expect(count(log, 'call.sent')).toBe(16);
  expect(count(log, 'call.retried')).toBe(5);
  expect(count(log, 'call.finished')).toBe(9);
  expect(count(log, 'call.failed')).toBe(0);
});

test('Stop ends a run whose endpoint hangs at once, and the log keeps what there was', async ({ app, serveModel }) => {
  const script = withFaults(lookAskFinish(), [
    { when: ({ kind }) => kind === 'sub', fault: { kind: 'stall', afterChunks: 1 }, times: Infinity },
  ]);
  const server = await serveModel({ script });
  await prepare(app, server);
  await app.question.fill('How many letters mention the river?');
  await app.ask.click();
  await expect.poll(() => server.stats().sub).toBeGreaterThanOrEqual(6);
  await expect(app.status).toHaveText(/^\s*Running/);
  await app.stop.click();
  await expect(app.status).toHaveText(/^\s*Stopped/, { timeout: 5000 });
  await expect.poll(() => server.stats().aborted).toBeGreaterThanOrEqual(6);
  await expect(app.ask).toBeVisible();
  const log = parse(await app.trajectory());
  expect(log.at(-1)).toMatchObject({ type: 'run.finished', outcome: 'stopped' });
});

test('the key is in no export, no storage and no part of the page', async ({ app, page, serveModel }) => {
  const server = await serveModel({ script: lookAskFinish(2), key: KEY });
  await prepare(app, server);
  expect(await app.askAndFinish('How many letters mention the river?')).toMatch(/^Answered/);
  for (const item of ['Trajectory (JSONL)', 'Official rlm log (JSONL)'] as const) {
    const { text } = await app.export(item);
    expect(text.length, item).toBeGreaterThan(50);
    expect(text, item).not.toContain(KEY);
  }
  expect(await app.trajectory()).not.toContain(KEY);
  await app.openSettings();
  expect(await everythingKept(page)).not.toContain(KEY);
  await page.reload();
  expect(await everythingKept(page)).not.toContain(KEY);
});

test('a remembered key works after a reload and is still nowhere in plain text', async ({ app, page, serveModel }) => {
  const server = await serveModel({ script: lookAskFinish(2), key: KEY });
  await app.openSettings();
  await app.fillSettings({
    provider: 'OpenAI-compatible',
    baseUrl: server.url,
    key: KEY,
    rootModel: 'root-model',
    subModel: 'sub-model',
  });
  await app.settings.getByRole('checkbox', { name: 'Remember key on this device' }).check();
  await app.saveSettings();
  expect(await everythingKept(page)).not.toContain(KEY);
  await app.open();
  await app.chooseFiles(file('letters.txt', haystack(10_000)));
  expect(await app.askAndFinish('How many letters mention the river?')).toMatch(/^Answered/);
  expect(server.stats().refused).toBe(0);
});

interface Line {
  readonly type?: string;
  readonly [field: string]: unknown;
}

/** The sub-calls that an iteration of the official log holds. */
function subCallsOf(line: Line): unknown[] {
  const blocks = (line['code_blocks'] ?? []) as { result: { rlm_calls: unknown[] } }[];
  return blocks.flatMap((block) => block.result.rlm_calls);
}

function parse(jsonl: string): Line[] {
  return jsonl
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
}

function count(log: readonly Line[], type: string): number {
  return log.filter((line) => line.type === type).length;
}

/** The document with its fields' values, both storages, cookies, and every IndexedDB record as text. */
async function everythingKept(page: Page): Promise<string> {
  return await page.evaluate(async () => {
    const read = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result));
        request.addEventListener('error', () => reject(new Error('IndexedDB refused')));
      });
    const asText = (value: unknown): string => {
      if (value instanceof ArrayBuffer) return new TextDecoder().decode(value);
      if (ArrayBuffer.isView(value)) return new TextDecoder().decode(value);
      if (typeof value === 'object' && value !== null) return Object.values(value).map(asText).join('\n');
      return String(value);
    };
    const kept = [
      document.documentElement.outerHTML,
      document.cookie,
      JSON.stringify(localStorage),
      JSON.stringify(sessionStorage),
      ...[...document.querySelectorAll('input, textarea')].map((field) => ('value' in field ? String(field.value) : '')),
    ];
    for (const { name } of await indexedDB.databases()) {
      if (!name) continue;
      const database = await read(indexedDB.open(name));
      for (const store of database.objectStoreNames) {
        kept.push(asText(await read(database.transaction(store).objectStore(store).getAll())));
      }
      database.close();
    }
    return kept.join('\n');
  });
}
