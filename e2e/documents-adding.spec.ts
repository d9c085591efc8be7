import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { App } from './app.ts';
import { fixture, HANDBOOK, STOCK } from './document-cases.ts';
import { serveFiles } from './file-server.ts';
import { pdfOf } from './made-pdf.ts';
import { file, haystack } from './texts.ts';
import { expect, test } from './test.ts';

const FACT = 'The reference number of the sunken barge is WR-9063.';
const QUESTION = 'What is the reference number of the sunken barge?';

/** Asks, and opens the first quote of the answer at its passage. */
async function askAndOpen(app: App, question: string, answer: string, place: RegExp): Promise<void> {
  expect(await app.askAndFinish(question)).toMatch(/^Answered/);
  await expect(app.answer).toContainText(answer);
  const link = app.quoteLink(1);
  await expect(link).toHaveAccessibleName(place);
  await link.click();
  await expect(app.passage(answer)).toBeVisible();
}

/** Writes files below a folder, by their paths. */
function writeFolder(folder: string, files: Readonly<Record<string, string | Buffer>>): string {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

const FOLDER = {
  'letters/barge.txt': haystack(4000, [FACT]),
  'letters/tug.md': `# Tug\n\n${haystack(2000)}`,
  'handbook.pdf': readFileSync(fixture('handbook.pdf')),
  'photo.png': readFileSync(fixture('photo.png')),
  'package-lock.json': '{ "lockfileVersion": 3 }',
  'node_modules/left/index.js': 'module.exports = 1;',
};

test('several files at once, and the quote opens the right one', async ({ app }) => {
  await app.chooseFiles([HANDBOOK, STOCK].map((each) => fixture(each.file)).concat(fixture('minutes.docx')));
  for (const name of ['handbook.pdf', 'stock.xlsx', 'minutes.docx']) await app.documentReady(name);
  await askAndOpen(app, STOCK.question, STOCK.answer, /stock\.xlsx, Stock, row 8$/);
  await expect(app.source).toContainText('stock.xlsx');
});

test('pasted text is a document that can be quoted', async ({ app, page }) => {
  await page.evaluate((text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', text);
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, `Wrecks of the bay\n\n${haystack(3000, [FACT])}`);
  await app.documentReady('Wrecks of the bay');
  await askAndOpen(app, QUESTION, 'WR-9063', /Wrecks of the bay.*, line \d+$/);
});

test('a file at a web address is read where its server allows it, and refused with a sentence where not', async ({ app, guard }) => {
  const pdf = { body: readFileSync(fixture('handbook.pdf')), type: 'application/pdf' };
  const server = await serveFiles({
    '/open/handbook.pdf': { ...pdf, cors: true },
    '/shut/handbook.pdf': { ...pdf, cors: false },
  });
  try {
    guard.allowOrigin(server.origin);
    guard.allow(/CORS|Failed to load resource/);
    await app.addAddress(`${server.origin}/shut/handbook.pdf`);
    await expect(app.alert.filter({ hasText: 'handbook.pdf' })).toContainText(/\bCORS\b|does not (?:allow|let)/);
    await app.addAddress(`${server.origin}/open/none.pdf`);
    await expect(app.alert.filter({ hasText: '404' })).toBeVisible();
    await app.addAddress(`${server.origin}/open/handbook.pdf`);
    await app.documentReady('handbook.pdf');
    await askAndOpen(app, HANDBOOK.question, HANDBOOK.answer, HANDBOOK.place);
  } finally {
    await server.close();
  }
});

test('what of a folder is read is asked first, with what is left out and why', async ({ app }, testInfo) => {
  const folder = writeFolder(testInfo.outputPath('papers'), FOLDER);
  await app.chooseFolder(folder);
  const left = app.survey.getByRole('region', { name: 'Left out' });
  await expect(left).toContainText(/lock file/i);
  await expect(left).toContainText(/picture/i);
  await expect(left).toContainText('papers/node_modules');
  await expect(app.survey).toContainText(/characters/);
  await expect(app.survey).toContainText(/tokens/);
  await app.survey.getByRole('button', { name: 'Cancel', exact: true }).click();
  await expect(app.documents.getByRole('listitem')).toHaveCount(0);

  await app.chooseFolder(folder);
  await app.survey.getByRole('checkbox', { name: 'Markdown' }).uncheck();
  await app.survey.getByRole('button', { name: 'Read 2 files', exact: true }).click();
  await app.documentReady('handbook.pdf');
  await app.documentReady('barge.txt');
  await expect(app.documents.getByRole('listitem')).toHaveCount(2);
  await askAndOpen(app, QUESTION, 'WR-9063', /barge\.txt, line \d+$/);
});

test('a folder that is dropped is asked about too', async ({ app, page }, testInfo) => {
  const folder = writeFolder(testInfo.outputPath('papers'), FOLDER);
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [folder], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, x: 700, y: 400, data });
  }
  await app.survey.getByRole('button', { name: 'Read 3 files', exact: true }).click();
  await app.documentReady('handbook.pdf');
  await app.documentReady('barge.txt');
  await app.documentReady('tug.md');
});

test('a ZIP is opened in place, another inside it too, and nothing is left out without a word', async ({ app, page }) => {
  await app.chooseFiles(fixture('papers.zip'));
  const read = app.survey.getByRole('button', { name: /^Read \d+ files?$/ });
  await expect(read.or(app.document('chapel.txt'))).toBeVisible();
  // A small archive may be read without a question.
  if (await read.isVisible()) await read.click();
  await app.documentReady('chapel.txt');
  await app.documentReady('barge.txt');
  await askAndOpen(app, QUESTION, 'WR-9063', /barge\.txt, line \d+$/);
  await expect(page.getByText(/photo\.png|picture/i).first()).toBeAttached();
});

test('two thousand small files of a folder are read, and one of them answers', async ({ app }, testInfo) => {
  const small = haystack(400);
  const names = Array.from({ length: 2000 }, (_, n) => `notes/${n % 20}/note-${n}.txt`);
  const folder = writeFolder(
    testInfo.outputPath('many'),
    Object.fromEntries(names.map((name, n) => [name, n === 1617 ? `${small}\n${FACT}` : small])),
  );
  await app.chooseFolder(folder);
  await app.survey.getByRole('button', { name: 'Read 2,000 files', exact: true }).click();
  expect(await app.askAndFinish(QUESTION)).toMatch(/^Answered/);
  await expect(app.answer).toContainText('WR-9063');
  await expect(app.quoteLink(1)).toHaveAccessibleName(/note-1617\.txt, line \d+$/);
});

test('a file that takes long tells how far it is, and can be given up; others go on', async ({ app, page }) => {
  const long = pdfOf(20_000, (number) => `Page ${number} of the long book.`);
  const short = file('handbook.pdf', readFileSync(fixture('handbook.pdf')), 'application/pdf');
  await app.chooseFiles([file('long.pdf', long, 'application/pdf'), short]);
  await expect(page.getByRole('progressbar', { name: 'Reading long.pdf' })).toBeVisible();
  await expect(app.document('long.pdf')).toContainText(/of 20,000 pages/);
  await expect(app.status).toHaveText(/^\s*Reading/);
  await page.getByRole('button', { name: 'Remove long.pdf' }).click();
  await expect(app.document('long.pdf')).toHaveCount(0);
  await app.documentReady('handbook.pdf');
  await expect(app.status).toHaveText(/^\s*Ready/);
  expect(await app.askAndFinish(HANDBOOK.question)).toMatch(/^Answered/);
  await expect(app.answer).toContainText(HANDBOOK.answer);
});
