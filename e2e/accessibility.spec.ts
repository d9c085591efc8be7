import { cpSync, mkdirSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { fixture } from './document-cases.ts';
import { cellReply, scriptOf } from './model-server/script.ts';
import { file, haystack } from './texts.ts';
import { expect, test } from './test.ts';

const FACT = 'The access code of the harbour office is 7413-QX.';
const QUESTION = 'What is the access code of the harbour office?';
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

async function expectAccessible(page: Page, screen: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
  expect(found, screen).toEqual([]);
}

/** How many colours are on a canvas. */
function coloursOf(element: Element): number {
  if (!(element instanceof HTMLCanvasElement)) return 0;
  const data = element.getContext('2d')?.getImageData(0, 0, element.width, element.height).data;
  return new Set(new Uint32Array(data?.buffer ?? new ArrayBuffer(0))).size;
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`every screen meets WCAG 2.2 AA, ${colorScheme}`, async ({ app, page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expectAccessible(page, 'first visit');

    await app.openSettings();
    await app.fillSettings({ provider: 'OpenAI-compatible' });
    await expectAccessible(page, 'settings');
    await page.keyboard.press('Escape');

    await app.chooseFiles(file('harbour.txt', haystack(200_000, [FACT])));
    await expect(app.document('harbour.txt')).toBeVisible();
    await expectAccessible(page, 'a document');

    expect(await app.askAndFinish(QUESTION)).toMatch(/^Answered/);
    await expectAccessible(page, 'answer');
    for (const tab of ['Prompt', 'Reply', 'Code', 'Output', 'Variables', 'Raw']) {
      await app.inspector.getByRole('tab', { name: tab, exact: true }).click();
      await expectAccessible(page, `inspector, ${tab}`);
    }
    await app.exportButton.click();
    await expect(page.getByRole('menuitem').first()).toBeVisible();
    await expectAccessible(page, 'export menu');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /^Unfold/ }).click();
    for (const view of ['Graph', 'Calls', 'Timeline'] as const) {
      await app.showView(view);
      await expectAccessible(page, view);
    }
    // Its bars are drawn, also where nothing may move.
    await expect.poll(() => page.locator('canvas').first().evaluate(coloursOf)).toBeGreaterThan(3);
  });
}

const QUOTING = `The code is **7413-QX**.

> ${FACT}
> — handbook.pdf, page 3

It also says “the harbour office has nine doors, all of them green”.`;

for (const [name, viewport] of [
  ['desk', { width: 1440, height: 900 }],
  ['phone', { width: 390, height: 844 }],
] as const) {
  test(`folders, addresses, failures and quotes meet WCAG 2.2 AA on a ${name}`, async ({ app, page, serveModel }, info) => {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    const server = await serveModel({ script: scriptOf({ root: [cellReply(`FINAL(${JSON.stringify(QUOTING)})`)] }) });
    await app.configure({ provider: 'OpenAI-compatible', baseUrl: server.url, rootModel: 'root', subModel: 'sub' });

    const folder = info.outputPath('papers');
    mkdirSync(`${folder}/node_modules`, { recursive: true });
    for (const each of ['handbook.pdf', 'truncated.pdf', 'photo.png', 'keeper.md']) cpSync(fixture(each), `${folder}/${each}`);
    await app.chooseFolder(folder);
    await expectAccessible(page, 'what to read');
    await app.survey.getByRole('button', { name: /^Read 3/ }).click();
    await expect(app.alert.filter({ hasText: 'truncated.pdf' })).toBeVisible();
    await expectAccessible(page, 'documents, one of them damaged');

    await page.getByRole('button', { name: 'Add a web address', exact: true }).click();
    await expect(page.getByRole('dialog', { name: 'Add a web address' })).toBeVisible();
    await expectAccessible(page, 'a web address');
    await page.keyboard.press('Escape');

    expect(await app.askAndFinish(QUESTION)).toMatch(/^Answered/);
    await expect(app.quotes.getByRole('listitem')).toHaveCount(2);
    await expectAccessible(page, 'quotes');
    await app.quoteLink(1).focus();
    await page.keyboard.press('Enter');
    await expect(app.passage('7413-QX')).toBeInViewport();
    await expectAccessible(page, 'a quote in its source');
    await page.keyboard.press('Escape');
    await expect(app.quoteLink(1)).toBeFocused();
  });
}

test('the whole job can be done by keyboard', async ({ app, page }) => {
  /** Presses Tab until the element with this role and name has the focus. */
  const tabTo = async (role: 'button' | 'textbox', name: string): Promise<void> => {
    const target = page.getByRole(role, { name, exact: true }).first();
    for (let presses = 0; presses < 60; presses++) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`Tab never reaches ${role} ${name}`);
  };
  await tabTo('button', 'Add files');
  const chooser = page.waitForEvent('filechooser');
  await page.keyboard.press('Enter');
  await (await chooser).setFiles(file('harbour.txt', haystack(50_000, [FACT])));
  await expect(app.document('harbour.txt')).toBeVisible();
  await tabTo('textbox', 'Question');
  await page.keyboard.type(QUESTION);
  await tabTo('button', 'Ask');
  await page.keyboard.press('Enter');
  expect(await app.finish()).toMatch(/^Answered/);
  await expect(app.answer).toContainText('7413-QX');

  // The tree of calls is one stop, and arrows move in it.
  await page.getByRole('tab', { name: /^Calls/ }).focus();
  await page.keyboard.press('Enter');
  const root = app.calls.getByRole('treeitem', { name: /^Call 0,/ });
  await root.focus();
  await expect(root).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(root).not.toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(root).toBeFocused();

  await tabTo('button', 'Export');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Trajectory (JSONL)' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menuitem')).toHaveCount(0);
  await tabTo('button', 'Settings');
  await page.keyboard.press('Enter');
  await expect(app.settings).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(app.settings).toBeHidden();
  await expect(page.getByRole('button', { name: 'Settings', exact: true })).toBeFocused();
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test('the whole job fits 390 px', async ({ app, page }) => {
    const expectNoSideways = async (): Promise<void> => {
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(overflow).toBeLessThanOrEqual(0);
    };
    await expectNoSideways();
    await expectAccessible(page, 'first visit');
    await app.chooseFiles(file('harbour.txt', haystack(50_000, [FACT])));
    expect(await app.askAndFinish(QUESTION)).toMatch(/^Answered/);
    await expect(app.answer).toContainText('7413-QX');
    await expectNoSideways();
    await expectAccessible(page, 'answer');
    const panes = page.getByRole('navigation', { name: 'Panes' });
    for (const pane of ['Timeline', 'Inspector', 'Documents']) {
      await panes.getByRole('button', { name: pane }).click();
      await expectNoSideways();
      await expectAccessible(page, pane);
    }
    await app.openSettings();
    await expectNoSideways();
    await expectAccessible(page, 'settings');
  });
});
