import { writeFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { App } from './app.ts';
import { withFaults, type FaultRule } from './model-server/script.ts';
import type { ModelServer, ScriptedCall } from './model-server/types.ts';
import { ANSWER, lookAskFinish } from './scripts.ts';
import { file, haystack } from './texts.ts';
import { expect, test } from './test.ts';

test.describe.configure({ timeout: 120_000 });

const QUESTION = 'How many letters mention the river?';
/** Nothing comes of the reply of the third turn, the first time. */
const THIRD_TURN: FaultRule = {
  when: ({ kind, turn }) => kind === 'root' && turn === 2,
  fault: { kind: 'stall', afterChunks: 1 },
};

async function configure(app: App, server: ModelServer, key?: string): Promise<void> {
  await app.configure({
    provider: 'OpenAI-compatible',
    baseUrl: server.url,
    rootModel: 'root-model',
    subModel: 'sub-model',
    ...(key === undefined ? {} : { key }),
  });
}

async function addLetters(app: App): Promise<void> {
  await app.chooseFiles(file('letters.txt', haystack(30_000)));
  await expect(app.document('letters.txt')).toBeVisible();
}

/** Waits until the letters are copied to this device, which begins with the run. */
async function lettersAreKept(app: App): Promise<void> {
  await expect(app.page.getByText(/^30(\.\d)? kB kept$/)).toBeVisible();
}

/** Asks, and returns when the third turn is being written. */
async function askUpToThirdTurn(app: App, server: ModelServer): Promise<void> {
  await app.question.fill(QUESTION);
  await app.ask.click();
  await thirdTurn(app, server);
}

async function thirdTurn(app: App, server: ModelServer): Promise<void> {
  await expect.poll(() => server.stats().root, { timeout: 60_000 }).toBeGreaterThanOrEqual(3);
  await expect(app.status).toContainText('turn 3 is being written');
}

async function reload(app: App): Promise<void> {
  await app.page.reload();
  await app.unfinished.waitFor();
}

async function finishAnswered(app: App): Promise<void> {
  expect(await app.finish()).toMatch(/^Answered/);
  await expect(app.answer).toContainText(ANSWER);
}

/** How often each request came, by its messages; those that were answered with a fault too. */
function timesSeen(server: ModelServer, kind: ScriptedCall['kind']): number[] {
  const counts = new Map<string, number>();
  for (const { call } of server.requests) {
    if (call?.kind !== kind) continue;
    const messages = JSON.stringify(call.body.messages);
    counts.set(messages, (counts.get(messages) ?? 0) + 1);
  }
  return [...counts.values()];
}

/** Records of runs and documents in IndexedDB, and files in OPFS. */
async function keptRecords(page: Page): Promise<{ records: number; files: number }> {
  return await page.evaluate(async () => {
    const read = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result));
        request.addEventListener('error', () => reject(new Error('IndexedDB refused')));
      });
    const database = await read(indexedDB.open('matryoshka'));
    let records = 0;
    for (const store of ['runs', 'batches', 'documents']) {
      records += await read(database.transaction(store).objectStore(store).count());
    }
    database.close();
    const root = await navigator.storage.getDirectory();
    let files = 0;
    try {
      const folder: FileSystemDirectoryHandle & { keys?: () => AsyncIterable<string> } =
        await root.getDirectoryHandle('documents');
      for await (const name of folder.keys?.() ?? []) files += name === '' ? 0 : 1;
    } catch {
      // There is no such folder: nothing was ever kept.
    }
    return { records, files };
  });
}

/** A text file that is too large to be kept without being asked for. */
function largeFile(path: string): string {
  writeFileSync(path, haystack(1_000_000).repeat(72));
  return path;
}

test('a run broken off in its third turn by a reload goes on, and nothing that was answered is asked again', async ({ app, serveModel }) => {
  const server = await serveModel({ script: withFaults(lookAskFinish(), [THIRD_TURN]) });
  await configure(app, server);
  await addLetters(app);
  await askUpToThirdTurn(app, server);
  await lettersAreKept(app);
  await reload(app);
  await expect(app.unfinished).toContainText(QUESTION);
  await expect(app.unfinished).toContainText('turn 3');
  await expect(app.unfinished).toContainText('9 calls');
  expect(server.stats()).toMatchObject({ root: 3, sub: 8 });

  await app.resume.click();
  await finishAnswered(app);
  await expect(app.unfinished).toBeHidden();
  await expect(app.status).toContainText('resumed');
  expect(server.stats()).toMatchObject({ root: 4, sub: 8 });
  // The one that was in flight is sent again; every other came once.
  expect(timesSeen(server, 'root')).toEqual([1, 1, 2]);
  expect(timesSeen(server, 'sub')).toEqual(Array.from({ length: 8 }, () => 1));

  const log = (await app.trajectory()).trim().split('\n').slice(1).map((line) => JSON.parse(line) as { seq: number; type: string });
  expect(log.map(({ seq }) => seq)).toEqual(log.map((_event, n) => n));
  expect(log.filter(({ type }) => type === 'run.resumed')).toHaveLength(1);
  expect(log.filter(({ type }) => type === 'run.started')).toHaveLength(1);
  expect(log.filter(({ type }) => type === 'cell.started')).toHaveLength(3);

  // Kept as one run, which is finished, with no copy of the document left.
  await app.open();
  await expect(app.runs.getByRole('listitem')).toHaveCount(1);
  await expect(app.unfinished).toBeHidden();
  await app.runs.getByRole('link').click();
  await finishAnswered(app);
  expect((await keptRecords(app.page)).files).toBe(0);
});

test('a run broken off among its sub-calls asks only for those that were not back', async ({ app, serveModel }) => {
  const open: FaultRule = {
    when: ({ prompt }) => /^Part [4-7]:/.test(prompt),
    fault: { kind: 'stall', afterChunks: 1 },
  };
  const server = await serveModel({ script: withFaults(lookAskFinish(), [open]) });
  await configure(app, server);
  await addLetters(app);
  await app.question.fill(QUESTION);
  await app.ask.click();
  await expect(app.status).toContainText('4 of 8 back', { timeout: 60_000 });
  await expect.poll(() => server.stats().sub).toBe(8);
  await lettersAreKept(app);
  await reload(app);
  await app.resume.click();
  await finishAnswered(app);
  expect(server.stats()).toMatchObject({ root: 3, sub: 12 });
  expect(timesSeen(server, 'root')).toEqual([1, 1, 1]);
  expect(timesSeen(server, 'sub').toSorted((a, b) => a - b)).toEqual([1, 1, 1, 1, 2, 2, 2, 2]);
});

test('a resumed run can be stopped, and is over then', async ({ app, serveModel }) => {
  const server = await serveModel({ script: withFaults(lookAskFinish(), [{ ...THIRD_TURN, times: Infinity }]) });
  await configure(app, server);
  await addLetters(app);
  await askUpToThirdTurn(app, server);
  await lettersAreKept(app);
  await reload(app);
  await app.resume.click();
  await expect.poll(() => server.stats().root, { timeout: 60_000 }).toBe(4);
  await expect(app.status).toHaveText(/^\s*Running/);
  await app.stop.click();
  await expect(app.status).toHaveText(/^\s*Stopped/);
  await app.open();
  await expect(app.runs.getByRole('listitem')).toHaveCount(1);
  await expect(app.runs).toContainText('Stopped');
  await expect(app.unfinished).toBeHidden();
});

test('Forget leaves nothing of the run on this device', async ({ app, serveModel }) => {
  const server = await serveModel({ script: withFaults(lookAskFinish(), [{ ...THIRD_TURN, times: Infinity }]) });
  await configure(app, server);
  await addLetters(app);
  await askUpToThirdTurn(app, server);
  await lettersAreKept(app);
  await reload(app);
  expect((await keptRecords(app.page)).records).toBeGreaterThan(2);
  expect((await keptRecords(app.page)).files).toBe(1);
  await app.forget.click();
  await expect(app.unfinished).toBeHidden();
  await expect.poll(() => keptRecords(app.page)).toEqual({ records: 0, files: 0 });
  await app.open();
  await expect(app.runs.getByRole('listitem')).toHaveCount(0);
  await expect(app.unfinished).toBeHidden();
});

test('a large file that was not kept has to be added again, and another of its name will not do', async ({ app, serveModel }, testInfo) => {
  const large = largeFile(testInfo.outputPath('large.txt'));
  const server = await serveModel({ script: withFaults(lookAskFinish(), [THIRD_TURN]) });
  await configure(app, server);
  await app.chooseFiles(large);
  await askUpToThirdTurn(app, server);
  expect((await keptRecords(app.page)).files).toBe(0);
  await reload(app);
  await app.resume.click();
  await expect(app.missingFiles).toContainText('large.txt');
  await expect(app.missingFiles).toContainText('72');
  await app.chooseFiles(file('large.txt', 'Another text of the same name.'));
  await expect(app.document('large.txt')).toBeVisible();
  await expect(app.missingFiles).toBeVisible();
  await app.chooseFiles(large);
  await finishAnswered(app);
  expect(server.stats()).toMatchObject({ root: 4, sub: 8 });
});

test('a large file that is kept is there after the reload, until all is forgotten', async ({ app, serveModel }, testInfo) => {
  const large = largeFile(testInfo.outputPath('large.txt'));
  const server = await serveModel({ script: withFaults(lookAskFinish(), [THIRD_TURN]) });
  await configure(app, server);
  await app.chooseFiles(large);
  await app.keepDocuments.check();
  await expect(app.page.getByText(/^7\d(\.\d)? MB kept$/)).toBeVisible({ timeout: 60_000 });
  await askUpToThirdTurn(app, server);
  await reload(app);
  await expect(app.keepDocuments).toBeChecked();
  await expect(app.document('large.txt')).toBeVisible();
  await app.resume.click();
  await finishAnswered(app);
  expect((await keptRecords(app.page)).files).toBe(1);
  await app.open();
  await expect(app.document('large.txt')).toBeVisible();
  await app.forgetDocuments.click();
  await expect(app.document('large.txt')).toBeHidden();
  await expect(app.keepDocuments).toBeHidden();
  await expect.poll(async () => (await keptRecords(app.page)).files).toBe(0);
});

test('the documents of a sample are written again', async ({ app, page, serveModel }) => {
  const server = await serveModel({ script: withFaults(lookAskFinish(2), [THIRD_TURN]) });
  await configure(app, server);
  await page.getByRole('button', { name: 'Try it: The Skarholm papers' }).click();
  await thirdTurn(app, server);
  expect((await keptRecords(page)).files).toBe(0);
  await reload(app);
  await expect(app.documents.getByRole('listitem')).toHaveCount(0);
  await app.resume.click();
  await finishAnswered(app);
  await expect(app.documents.getByRole('listitem')).toHaveCount(40);
  expect(server.stats()).toMatchObject({ root: 4, sub: 2 });
});

test('a key that was not remembered is asked for, and then the run goes on', async ({ app, serveModel }) => {
  const key = 'sk-test-not-remembered-77aa';
  const server = await serveModel({ script: withFaults(lookAskFinish(2), [THIRD_TURN]), key });
  await configure(app, server, key);
  await addLetters(app);
  await askUpToThirdTurn(app, server);
  await lettersAreKept(app);
  await reload(app);
  await app.resume.click();
  await app.settings.waitFor();
  await expect(app.alert.filter({ hasText: 'was not remembered' })).toHaveCount(1);
  await app.fillSettings({ key });
  await app.saveSettings();
  await app.resume.click();
  await finishAnswered(app);
  expect(server.stats()).toMatchObject({ root: 4, sub: 2, refused: 0 });
});

test('a second tab offers the run when the first is closed, and not before', async ({ app, page, serveModel }) => {
  const server = await serveModel({ script: withFaults(lookAskFinish(2), [THIRD_TURN]) });
  await configure(app, server);
  await addLetters(app);
  await askUpToThirdTurn(app, server);
  await lettersAreKept(app);
  const second = new App(await page.context().newPage());
  await second.open();
  // What was kept has been listed when the space it takes is shown.
  await expect(second.forgetDocuments).toBeVisible();
  await expect(second.unfinished).toBeHidden();
  await page.close();
  await second.unfinished.waitFor();
  await second.resume.click();
  await finishAnswered(second);
  expect(server.stats()).toMatchObject({ root: 4, sub: 2 });
});
