import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { fixture, HANDBOOK } from './document-cases.ts';
import { file, haystack } from './texts.ts';
import { expect, test } from './test.ts';

/** Words that only the documents hold: the handbook, and a diary that is plain text. */
const IN_HANDBOOK = ['7413-QX', 'churchyard wall'];
const IN_DIARY = ['WR-9063', 'the parish ledger'];
const WORDS = [...IN_HANDBOOK, ...IN_DIARY];

/** Which of the words anything that is kept on this device holds: OPFS, IndexedDB, storages and caches. */
async function keptWords(page: Page): Promise<readonly string[]> {
  return await page.evaluate(async (words) => {
    type Entries = FileSystemDirectoryHandle & { values(): AsyncIterable<FileSystemDirectoryHandle | FileSystemFileHandle> };
    const found = new Set<string>();
    const look = (text: string) => {
      for (const word of words) if (text.includes(word)) found.add(word);
    };
    const lookAt = async (value: unknown): Promise<void> => {
      if (value instanceof Blob) look(await value.text());
      else if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) look(new TextDecoder().decode(value));
      else if (typeof value === 'string') look(value);
      else if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) await lookAt(inner);
    };
    const walk = async (folder: FileSystemDirectoryHandle): Promise<void> => {
      for await (const entry of (folder as Entries).values()) {
        if (entry.kind === 'directory') await walk(entry);
        // A copy may be removed while it is looked at: then it holds nothing.
        else look(await entry.getFile().then((kept) => kept.text()).catch(() => ''));
      }
    };
    const asked = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result));
        request.addEventListener('error', () => reject(new Error('IndexedDB refused')));
      });
    await walk(await navigator.storage.getDirectory());
    for (const { name } of await indexedDB.databases()) {
      const database = await asked(indexedDB.open(name ?? ''));
      for (const store of database.objectStoreNames) {
        await lookAt(await asked(database.transaction(store).objectStore(store).getAll()));
      }
      database.close();
    }
    look(JSON.stringify([localStorage, sessionStorage]));
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) look((await (await cache.match(request))?.text()) ?? '');
    }
    return [...found];
  }, WORDS);
}

test('kept documents are there after a reload, with their pages, until all is forgotten', async ({ app, page }) => {
  await app.chooseFiles([fixture('handbook.pdf'), fixture('depot.txt.gz')]);
  await app.documentReady('handbook.pdf');
  await app.documentReady('depot.txt');
  await app.keepDocuments.check();
  await expect(page.getByText(/^\d+(\.\d)? kB kept$/)).toBeVisible();
  await page.reload();
  await app.documentReady('handbook.pdf');
  await app.documentReady('depot.txt');
  await expect(app.document('handbook.pdf')).toContainText('5 pages');
  expect(await app.askAndFinish(HANDBOOK.question)).toMatch(/^Answered/);
  await expect(app.answer).toContainText(HANDBOOK.answer);
  await expect(app.quoteLink(1)).toHaveAccessibleName(HANDBOOK.place);
  await app.quoteLink(1).click();
  await expect(app.passage(HANDBOOK.answer)).toBeVisible();

  await app.open();
  await app.documentReady('handbook.pdf');
  await app.forgetDocuments.click();
  await expect(page.getByText(/ kept$/)).toHaveCount(0);
  await page.reload();
  await app.status.waitFor();
  await expect(app.documents.getByRole('listitem')).toHaveCount(0);
});

test('kept documents come back in the order in which they were added', async ({ app, page }) => {
  const names = ['f', 'b', 'e', 'a', 'd', 'c'].map((letter) => `${letter}.txt`);
  await app.chooseFiles(names.map((name) => file(name, haystack(500, [`This is ${name}.`]))));
  for (const name of names) await app.documentReady(name);
  await app.keepDocuments.check();
  await expect(page.getByText(/^\d+(\.\d)? kB kept$/)).toBeVisible();
  await page.reload();
  for (const name of names) await app.documentReady(name);
  await expect(app.documents.getByRole('listitem')).toHaveText(names.map((name) => new RegExp(`^\\s*${name}`)));
});

test('of documents that are not kept nothing is on this device, and nothing stays when they are removed', async ({ app, page }) => {
  const diary = haystack(3000, ['The reference number of the sunken barge is WR-9063.']);
  const handbook = readFileSync(fixture('handbook.pdf'));
  await app.chooseFiles([file('diary.txt', diary), file('handbook.pdf', handbook, 'application/pdf')]);
  await app.documentReady('diary.txt');
  await app.documentReady('handbook.pdf');
  expect(await keptWords(page)).toEqual([]);
  await app.keepDocuments.check();
  // The search does find what is there. Of the PDF its file is kept, which is packed, and not its text.
  await expect.poll(() => keptWords(page)).toEqual(IN_DIARY);
  await expect(page.getByText(/^\d+(\.\d)? kB kept$/)).toBeVisible();
  await page.getByRole('button', { name: 'Remove diary.txt' }).click();
  await expect.poll(() => keptWords(page)).toEqual([]);
  await page.reload();
  await app.documentReady('handbook.pdf');
  await expect(app.documents.getByRole('listitem')).toHaveCount(1);
});
