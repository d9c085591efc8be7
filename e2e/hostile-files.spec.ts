import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { fileURLToPath } from 'node:url';
import type { App } from './app.ts';
import { fixture, HANDBOOK } from './document-cases.ts';
import { pdfOf } from './made-pdf.ts';
import { bombEntry, entryOf, zipOf } from './made-zip.ts';
import { file, haystack } from './texts.ts';
import { expect, test } from './test.ts';

const CORPORA = fileURLToPath(new URL('../../shared/corpora/files', import.meta.url));
const FUZZED = ['handbook.pdf', 'minutes.docx', 'stock.xlsx', 'rents.xls', 'briefing.pptx', 'ferry.odp', 'novel.epub', 'letter.eml', 'papers.zip', 'depot.txt.gz'];

/** A file that is always well, to see that others go on. */
const good = () => file('good.txt', haystack(3000, [`${HANDBOOK.answer} is the code.`]));

/** Each of these files stands in the list as text that can be opened, or as failed with a sentence. */
async function eachIsTextOrSentence(app: App, names: readonly string[]): Promise<void> {
  await expect(app.status).toHaveText(/^\s*Ready/, { timeout: 120_000 });
  for (const name of names) {
    const rows = app.document(name);
    const opens = await rows.first().getByRole('button', { name: `Open ${name}`, exact: true }).count();
    if (opens > 0) continue;
    await expect(rows.first(), name).toContainText(/[a-z]{3,}.*[.!]\s*$/i);
    await expect(rows.first(), name).not.toContainText(/undefined|\[object|Error:|TypeError|at \w+ \(/);
  }
}

/** Answers every question about what of an archive is read with what is ticked, one after the other. */
async function readWhatIsTicked(app: App): Promise<void> {
  const read = app.survey.getByRole('button', { name: /^Read / });
  const answer = async () => {
    // What is looked at still can only be given up.
    if (await app.survey.getByText('is being looked at').isVisible()) return;
    if (await read.isEnabled()) await read.click();
    else await app.survey.getByRole('button', { name: 'Cancel', exact: true }).click();
  };
  // The next question may stand in the place of the one that was answered.
  await app.page.addLocatorHandler(app.survey, answer, { noWaitAfter: true });
}

/** The same every time. */
function fuzz(bytes: Buffer, seed: number): Buffer {
  const changed = Buffer.from(bytes);
  let state = seed;
  const next = () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0);
  for (let n = 0; n < 1 + bytes.length / 200; n++) changed[next() % bytes.length] = next() & 0xff;
  return seed % 2 === 0 ? changed : changed.subarray(0, Math.floor(bytes.length * 0.8));
}

test('locked files say so in a sentence, and others go on', async ({ app }) => {
  const locked = ['locked.pdf', 'locked.docx', 'locked.xlsx', 'locked.odt'];
  await app.chooseFiles([...locked, 'handbook.pdf', 'owner-only.pdf'].map(fixture));
  await app.documentReady('handbook.pdf');
  // A password to change it keeps nobody from reading.
  await app.documentReady('owner-only.pdf');
  for (const name of locked) await expect(app.document(name)).toContainText(/password|encrypted/i);
  await app.askAndFinish(HANDBOOK.question);
  await expect(app.answer).toContainText(HANDBOOK.answer);
});

test('a ZIP with a password says so', async ({ app, page }) => {
  await app.chooseFiles(fixture('locked.zip'));
  await expect(page.getByText(/password|encrypted/i).first()).toBeVisible();
});

test('the kind of a file is what it is, not what it is called; a picture and an empty file are refused', async ({ app }) => {
  const wrong = [
    file('table.pdf', readFileSync(fixture('stock.xlsx'))),
    file('slides.txt', readFileSync(fixture('briefing.pptx'))),
    file('book.docx', readFileSync(fixture('novel.epub'))),
    file('mail.xlsx', readFileSync(fixture('letter.eml'))),
    file('picture.pdf', readFileSync(fixture('photo.png'))),
  ];
  const empty = ['none.pdf', 'none.docx', 'none.xlsx', 'none.zip', 'none.eml', 'none.gz'];
  await app.chooseFiles([...wrong, ...empty.map((name) => file(name, '')), good()]);
  await eachIsTextOrSentence(app, ['table.pdf', 'slides.txt', 'book.docx', 'mail.xlsx', 'picture.pdf', ...empty, 'good.txt']);
  for (const name of ['table.pdf', 'slides.txt', 'book.docx', 'good.txt']) await app.documentReady(name);
  await expect(app.document('picture.pdf')).toContainText(/picture|PNG|image/i);
  for (const name of empty) await expect(app.document(name)).toContainText(/empty/i);
});

test('damaged files of every kind become text or a sentence', async ({ app }) => {
  await readWhatIsTicked(app);
  const damaged = FUZZED.flatMap((name) => [2, 3].map((seed) => file(`${seed}-${name}`, fuzz(readFileSync(fixture(name)), seed))));
  const truncated = file('truncated.pdf', readFileSync(fixture('truncated.pdf')));
  await app.chooseFiles([...damaged, truncated, good()]);
  // An archive that opens is not in the list itself, and what is in it may be.
  const names = damaged.map(({ name }) => name).filter((name) => !/\.(?:zip|gz)$/.test(name));
  await eachIsTextOrSentence(app, [...names, 'truncated.pdf', 'good.txt']);
  await app.documentReady('good.txt');
});

test('bombs, paths that climb out, archives in archives: the page answers, and the others are read', async ({ app }) => {
  await readWhatIsTicked(app);
  let nested = zipOf([entryOf('deep.txt', haystack(2000))]);
  for (let depth = 0; depth < 12; depth++) nested = zipOf([entryOf(`level-${depth}.zip`, nested)]);
  const overlapping = zipOf(Array.from({ length: 500 }, (_, n) => ({ ...bombEntry('same.txt', 10), name: `same-${n}.txt` })), true);
  const climbing = zipOf(['../../climbs.txt', '/absolute.txt', 'C:\\drive.txt', 'a/../../b.txt'].map((name) => entryOf(name, haystack(500))));
  await app.chooseFiles([
    file('bomb.zip', zipOf([bombEntry('bomb.txt', 1200)])),
    file('bomb.txt.gz', gzipSync(Buffer.alloc(200_000_000, 'a'))),
    file('bomb.docx', zipOf([entryOf('[Content_Types].xml', '<Types/>'), { ...bombEntry('word/document.xml', 1200), name: 'word/document.xml' }])),
    file('nested.zip', nested),
    file('overlapping.zip', overlapping),
    file('climbing.zip', climbing),
    good(),
  ]);
  // While they are read the page answers.
  await app.question.fill('What is the code?');
  await app.openSettings();
  await app.saveSettings();
  await app.documentReady('good.txt');
  await eachIsTextOrSentence(app, ['good.txt', 'bomb.docx']);
  await expect(app.documents).not.toContainText('..');
  await expect(app.alert.filter({ hasText: /bomb/ }).first()).toBeVisible();
});

test('a PDF of 10,000 pages is read while the page answers, and its page is found', async ({ app, page }) => {
  const book = pdfOf(10_000, (number) => (number === 7777 ? 'The name of the tug is Brother Otto.' : `Leaf ${number} of a long and dull book.`));
  await app.chooseFiles([file('book.pdf', book), good()]);
  await app.documentReady('good.txt');
  await app.question.fill('What is the name of the tug?');
  await app.documentReady('book.pdf', 120_000);
  await expect(app.document('book.pdf')).toContainText('10,000 pages');
  expect(await app.askAndFinish('What is the name of the tug?')).toMatch(/^Answered/);
  await expect(app.quoteLink(1)).toHaveAccessibleName(/page 7,777$/);
  await app.quoteLink(1).click();
  await expect(app.passage('Brother Otto')).toBeVisible();
  for (const name of ['book.pdf', 'good.txt']) {
    await page.getByRole('button', { name: `Remove ${name}`, exact: true }).click();
    await expect(app.document(name)).toHaveCount(0);
  }
});

test('every file of the corpora becomes text or a sentence', async ({ app }) => {
  test.skip(!existsSync(CORPORA), `${CORPORA} is not on this machine`);
  await readWhatIsTicked(app);
  const paths = readdirSync(CORPORA).flatMap((kind) => readdirSync(join(CORPORA, kind)).map((name) => join(CORPORA, kind, name)));
  await app.chooseFiles(paths);
  await eachIsTextOrSentence(app, paths.map((path) => basename(path)));
});
