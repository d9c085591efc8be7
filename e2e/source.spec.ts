import { rmSync, writeFileSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { pdfOf } from './made-pdf.ts';
import { file, haystack } from './texts.ts';
import { expect, test } from './test.ts';

const LINES = 20_000;
const LOG = Array.from({ length: LINES }, (_, n) => `entry ${n + 1} of the harbour log${n % 100 === 99 ? ', a storm' : ''}`).join('\n');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

const source = (page: Page): Locator => page.getByRole('region', { name: 'Source', exact: true });
const field = (page: Page, name: string): Locator => source(page).getByRole('textbox', { name, exact: true });
const position = (page: Page): Locator => source(page).getByRole('slider', { name: 'Position in document' });
const openDocument = (page: Page, name: string): Promise<void> => page.getByRole('button', { name: `Open ${name}`, exact: true }).click();

async function goTo(page: Page, where: string): Promise<void> {
  await field(page, 'Go to').fill(where);
  await field(page, 'Go to').press('Enter');
}

test('a document is read, searched and gone about in, from the first page on', async ({ app, page }) => {
  await app.chooseFiles(file('harbour.log', LOG));
  await openDocument(page, 'harbour.log');
  await expect(source(page).getByRole('heading', { name: 'harbour.log' })).toBeFocused();
  await expect(source(page).getByText('entry 1 of the harbour log', { exact: true })).toBeVisible();

  await goTo(page, '12,345');
  await expect(source(page).getByText('entry 12345 of the harbour log', { exact: true })).toBeInViewport();
  await expect(position(page)).toHaveAttribute('aria-valuetext', /^line 12,3\d\d of 20,000$/);
  await goTo(page, '20001');
  await expect(source(page).getByRole('alert')).toHaveText('There is no line 20,001: the document has 20,000 lines.');

  await field(page, 'Search in document').fill('A STORM');
  await expect(source(page).getByText('124 of 200', { exact: true })).toBeVisible();
  await expect(source(page).getByText(/^entry 12400 of/)).toBeInViewport();
  await field(page, 'Search in document').press('Enter');
  await expect(source(page).getByText('125 of 200', { exact: true })).toBeVisible();
  await expect(source(page).getByText(/^entry 12500 of/)).toBeInViewport();
  await field(page, 'Search in document').press('Shift+Enter');
  await expect(source(page).getByText(/^entry 12400 of/)).toBeInViewport();
  await source(page).getByRole('button', { name: 'Match case' }).click();
  await expect(source(page).getByText('no matches', { exact: true })).toBeVisible();

  await position(page).press('End');
  await expect(source(page).getByText('entry 20000 of the harbour log, a storm', { exact: true })).toBeInViewport();
  await position(page).press('Home');
  await expect(source(page).getByText('entry 1 of the harbour log', { exact: true })).toBeInViewport();
  expect(await source(page).locator('mark, [dir]').count()).toBeLessThan(400);

  await page.keyboard.press('Escape');
  await expect(source(page)).toBeHidden();
  await expect(page.getByRole('button', { name: 'Open harbour.log', exact: true })).toBeFocused();
});

test('what was scrolled past is loaded as it is come to, and in order', async ({ app, page }) => {
  await app.chooseFiles(file('harbour.log', LOG));
  await openDocument(page, 'harbour.log');
  await goTo(page, '10000');
  const text = source(page).getByRole('group', { name: 'Text' });
  await expect(text.getByText('entry 10000 of the harbour log, a storm', { exact: true })).toBeInViewport();
  for (const [delta, beyond] of [
    [-4_000, 8_000],
    [4_000, 12_000],
  ] as const) {
    await text.hover();
    await expect(async () => {
      await page.mouse.wheel(0, delta);
      const seen = await text.locator('[dir]').allInnerTexts();
      const numbers = seen.map((line) => Number(/entry (\d+)/.exec(line)?.[1]));
      expect(numbers).toEqual(numbers.map((_, n) => (numbers[0] ?? NaN) + n));
      expect(delta < 0 ? (numbers[0] ?? Infinity) < beyond : (numbers[0] ?? 0) > beyond).toBe(true);
    }).toPass({ intervals: [50] });
  }
});

test('rows are copied as the document has them, without their numbers', async ({ app, page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await app.chooseFiles(file('short.txt', `first\u0007 line\n\n${'long words '.repeat(200)}end\nשלום\n`));
  await openDocument(page, 'short.txt');
  await source(page).getByText('first␇ line').click();
  const copied = await source(page)
    .getByRole('group', { name: 'Text' })
    .evaluate((text) => {
      getSelection()?.selectAllChildren(text);
      const data = new DataTransfer();
      text.dispatchEvent(new ClipboardEvent('copy', { clipboardData: data, bubbles: true, cancelable: true }));
      return data.getData('text/plain');
    });
  expect(copied).toBe(`first\u0007 line\n\n${'long words '.repeat(200)}end\nשלום\n`);
});

test('one line of 10 MB, and a text of 100 MB, open like any other', async ({ app, page }) => {
  const line = Array.from({ length: 1_000_000 }, (_, n) => `word${n}`).join(' ').slice(0, 10_000_000);
  await app.chooseFiles(file('line.json', `"${line}"`));
  await openDocument(page, 'line.json');
  await expect(source(page).getByText(/^"word0 word1 /)).toBeVisible();
  await goTo(page, 'offset 5000000');
  await expect(source(page).getByText(/word4\d{5} word4\d{5}/).first()).toBeAttached();
  await expect(position(page)).toHaveValue('5000000');
  await field(page, 'Search in document').fill('word700000 ');
  await expect(source(page).locator('mark').filter({ hasText: 'word700000' })).toBeInViewport();
  await position(page).press('End');
  await expect(source(page).getByText(/"$/)).toBeInViewport();
  await source(page).getByRole('button', { name: 'Close source' }).click();

  const name = 'large.log';
  await page.evaluate((called) => {
    const block = Array.from({ length: 10_000 }, (_, n) => `${String(n).padStart(5, '0')} a quiet day in the harbour\n`).join('');
    const files = new DataTransfer();
    files.items.add(new File([`first of all\n`, ...Array.from({ length: 290 }, () => block), 'last of all\n'], called));
    for (const type of ['dragenter', 'dragover', 'drop']) {
      document.body.dispatchEvent(new DragEvent(type, { dataTransfer: files, bubbles: true, cancelable: true }));
    }
  }, name);
  await openDocument(page, name);
  await expect(source(page).getByText('first of all', { exact: true })).toBeVisible();
  await goTo(page, 'line 1,500,000');
  await expect(source(page).getByText(/^09998 a quiet day/)).toBeInViewport();
  await field(page, 'Search in document').fill('last of all');
  await expect(source(page).getByText('1 of 1', { exact: true })).toBeVisible();
  await expect(source(page).getByText('last of all', { exact: true })).toBeInViewport();
});

test('a document whose file has gone says so, and one of blanks is shown', async ({ app, page }, info) => {
  const path = info.outputPath('moved.txt');
  writeFileSync(path, LOG);
  await app.chooseFiles([path]);
  await expect(page.getByRole('button', { name: 'Open moved.txt', exact: true })).toBeVisible();
  rmSync(path);
  await openDocument(page, 'moved.txt');
  await expect(source(page).getByRole('alert')).toHaveText(/^moved\.txt cannot be read any more: .+ add the file again\.$/);
  await source(page).getByRole('button', { name: 'Close source' }).click();
  await expect(source(page)).toBeHidden();
  await app.chooseFiles(file('blank.txt', ' \n'));
  await openDocument(page, 'blank.txt');
  await expect(position(page)).toHaveAttribute('aria-valuetext', /^line 1 of/);
  await position(page).press('End');
  await expect(position(page)).toHaveValue('2');
  await expect(position(page)).toHaveAttribute('aria-valuetext', /^line 1 of/);
});

const FACT = 'The access code of the harbour office is 7413-QX.';

test('a PDF is seen as text and as pages, with what the answer quotes', async ({ app, page }) => {
  await app.chooseFiles(file('office.pdf', pdfOf(12, (n) => (n === 7 ? FACT : `Page ${n}: ${haystack(60).slice(0, 70)}`)), 'application/pdf'));
  await expect(page.getByRole('button', { name: 'Open office.pdf', exact: true })).toBeVisible();
  expect(await app.askAndFinish('What is the access code of the harbour office?')).toMatch(/^Answered/);
  const link = page.getByRole('link', { name: /^Open quote 1 in office\.pdf, page 7/ }).first();
  await link.click();
  await expect(source(page).locator('mark').filter({ hasText: '7413-QX' })).toBeInViewport();
  await expect(source(page).getByText('Passage, page 7')).toBeAttached();
  await expect(position(page)).toHaveAttribute('aria-valuetext', /^page 7 of 12 · line/);

  await source(page).getByRole('button', { name: 'Pages', exact: true }).click();
  const picture = (n: number) => source(page).getByRole('img', { name: `Page ${n} of office.pdf, as it looks` });
  await expect(picture(7)).toBeInViewport();
  const drawn = source(page).locator('figure').filter({ has: page.getByRole('img', { name: /^Page 7 / }) });
  await expect(drawn.locator('i[data-from]').first()).toBeInViewport();
  await expect(drawn.locator('i[data-number="1"]')).toBeAttached();
  await expect(drawn.locator('b').filter({ hasText: /^1$/ })).toBeVisible();

  await source(page).getByRole('button', { name: 'Next page' }).click();
  await expect(source(page).getByRole('spinbutton', { name: 'Page' })).toHaveValue('8');
  await expect(picture(8)).toBeInViewport();
  await source(page).getByRole('spinbutton', { name: 'Page' }).fill('12');
  await source(page).getByRole('spinbutton', { name: 'Page' }).press('Enter');
  await expect(picture(12)).toBeInViewport();
  await source(page).getByRole('button', { name: '200%' }).click();
  await expect(picture(12)).toBeInViewport();
  await goTo(page, 'quote 1');
  await expect(drawn.locator('i[data-from]').first()).toBeInViewport();

  await page.keyboard.press('Escape');
  await expect(link).toBeFocused();
  await link.press('Enter');
  await expect(picture(7)).toBeInViewport();
});

for (const [name, viewport] of [
  ['desk', { width: 1440, height: 900 }],
  ['phone', { width: 390, height: 844 }],
] as const) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`the source meets WCAG 2.2 AA on a ${name}, ${colorScheme}`, async ({ app, page }) => {
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await app.chooseFiles(file('office.pdf', pdfOf(3, (n) => `Page ${n}. ${FACT}`), 'application/pdf'));
      await openDocument(page, 'office.pdf');
      await field(page, 'Search in document').fill('office');
      await expect(source(page).getByText('1 of 3', { exact: true })).toBeVisible();
      for (const mode of ['Text', 'Pages']) {
        await source(page).getByRole('button', { name: mode, exact: true }).click();
        await expect(source(page).getByRole('group', { name: mode, exact: true })).toBeVisible();
        const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`), mode).toEqual([]);
      }
    });
  }
}
