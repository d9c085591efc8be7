import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { lookAskFinish } from './scripts.ts';
import { file, haystack } from './texts.ts';
import { expect, test } from './test.ts';

const LOCAL = 'http://127.0.0.1:11434/v1';

test('settings survive a reload, the key does not', async ({ app }) => {
  await app.configure({
    provider: 'OpenAI-compatible',
    baseUrl: LOCAL,
    key: 'sk-forgotten-on-reload',
    rootModel: 'big',
    subModel: 'small',
    method: 'base',
    overflow: 'truncate',
    profile: 'small-window',
    maxTurns: 12,
    maxDepth: 2,
    maxSubCalls: 77,
    parallelSubCalls: 5,
    budgetUsd: 0.25,
    rootBy: 'person',
    reuse: 'run',
    askAbove: 0,
    windowTokens: 32_000,
    maxMinutes: 5,
    answerSchema: '{"type":"object"}',
  });
  await app.open();
  await app.openSettings();
  await expect(app.field('Base URL')).toHaveValue(LOCAL);
  await expect(app.field('Root model')).toHaveValue('big');
  await expect(app.field('Sub-call model')).toHaveValue('small');
  await expect(app.settings.getByRole('combobox', { name: 'Method', exact: true })).toHaveValue('base');
  await expect(app.field('Past the window')).toHaveValue('truncate');
  await expect(app.field('Prompt profile')).toHaveValue('small-window');
  await expect(app.field('Max turns')).toHaveValue('12');
  await expect(app.field('Max depth')).toHaveValue('2');
  await expect(app.field('Max sub-calls')).toHaveValue('77');
  await expect(app.field('Parallel sub-calls')).toHaveValue('5');
  await expect(app.field('Budget (USD)')).toHaveValue('0.25');
  await expect(app.field('API key')).toHaveValue('');
  await app.unfold('More');
  await expect(app.field('Root replies by')).toHaveValue('person');
  await expect(app.field('Identical sub-calls')).toHaveValue('run');
  await expect(app.field('Ask before more than')).toHaveValue('0');
  await expect(app.field('Window of the root model')).toHaveValue('32000');
  await expect(app.field('Time limit')).toHaveValue('5');
  await expect(app.field('Answer schema (JSON Schema)')).toHaveValue('{"type":"object"}');
});

test('closing the dialog without saving changes nothing', async ({ app, page }) => {
  await app.openSettings();
  await app.fillSettings({ maxTurns: 3 });
  await page.keyboard.press('Escape');
  await expect(app.settings).toBeHidden();
  await app.openSettings();
  await expect(app.field('Max turns')).toHaveValue('30');
});

test('limits of the dialog bound the run', async ({ app, serveModel }) => {
  const server = await serveModel({ script: lookAskFinish(20) });
  await app.configure({
    provider: 'OpenAI-compatible',
    baseUrl: server.url,
    rootModel: 'root-model',
    subModel: 'sub-model',
    maxSubCalls: 5,
  });
  await app.chooseFiles(file('letters.txt', haystack(10_000)));
  await app.askAndFinish('How many letters mention the river?');
  expect(server.stats().sub).toBe(5);
});

test('a provider brings its address, its models and what it needs', async ({ app }) => {
  await app.openSettings();
  await expect(app.field('API key')).toBeDisabled();
  await expect(app.field('API key')).toHaveAttribute('placeholder', 'not needed');
  await expect(app.settings.getByText('costs nothing').first()).toBeVisible();
  await app.fillSettings({ provider: 'OpenAI', key: 'sk-of-openai' });
  await expect(app.field('Base URL')).toHaveValue('https://api.openai.com/v1');
  await expect(app.field('Root model')).not.toHaveValue('');
  await expect(app.settings.getByRole('link', { name: 'Get a key for OpenAI' })).toHaveAttribute('href', /^https:/);
  await app.fillSettings({ provider: 'Ollama' });
  await expect(app.field('Base URL')).toHaveValue('http://localhost:11434/v1');
  await expect(app.field('API key')).toHaveValue('');
  await app.fillSettings({ provider: 'OpenAI-compatible' });
  await expect(app.field('Base URL')).toHaveValue('');
});

test('the models of a checked endpoint can be chosen from', async ({ app, page, serveModel }) => {
  const server = await serveModel({ script: lookAskFinish() });
  await app.openSettings();
  await app.fillSettings({ provider: 'OpenAI-compatible', baseUrl: server.url });
  await app.settings.getByRole('button', { name: 'Check connection' }).click();
  await expect(app.settings.getByRole('status', { name: 'Connection' })).toContainText('2 models');
  await app.settings.getByRole('button', { name: 'Choose the root model' }).click();
  await page.getByRole('menuitem', { name: 'root-model', exact: true }).click();
  await expect(app.field('Root model')).toHaveValue('root-model');
});

test('where no list has a price, the person says it', async ({ app, page }) => {
  await app.openSettings();
  await app.fillSettings({ provider: 'OpenAI-compatible', baseUrl: LOCAL, rootModel: 'of-nobody', subModel: 'of-nobody-too' });
  await expect(app.settings.getByText('price unknown')).toHaveCount(2);
  await app.unfold('Say the price');
  await app.field('Root output').fill('2');
  await app.settings.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(app.settings.getByRole('alert')).toHaveText(/A number from 0/);
  await expect(app.field('Root input')).toBeFocused();
  await app.field('Root input').fill('0.5');
  await expect(app.settings.getByText('$0.50 in, $2.00 out per million, as you say')).toBeVisible();
  await app.saveSettings();
  await page.reload();
  await app.openSettings();
  await app.unfold('Say the price');
  await expect(app.field('Root output')).toHaveValue('2');
});

test('a prompt is changed, read as it will be sent, and reset', async ({ app, page }) => {
  await app.question.fill('Which harbour?');
  await app.chooseFiles(file('harbour.txt', haystack(2_000)));
  await expect(app.document('harbour.txt')).toBeVisible();
  await app.openSettings();
  const edit = app.settings.getByRole('button', { name: 'Edit prompt' });
  const editor = page.getByRole('dialog', { name: 'Edit prompt' });
  const template = editor.getByRole('textbox', { name: 'System prompt' });
  await edit.click();
  await expect(template).toHaveValue(/Recursive Language Model/);
  const builtIn = await template.inputValue();
  await template.fill('You are mine. {{moon}}');
  await expect(editor.getByText('Nothing fills in {{moon}}.')).toBeVisible();
  await editor.getByRole('button', { name: 'Done' }).click();
  await expect(edit).toBeFocused();

  const exact = page.getByRole('dialog', { name: 'Exact prompt' });
  const view = app.settings.getByRole('button', { name: 'View exact prompt' });
  await view.click();
  await expect(exact.getByRole('region', { name: 'System prompt' })).toContainText('You are mine.');
  await expect(exact.getByText(/This prompt has no {{names}}/)).toBeVisible();
  await expect(exact.getByRole('region', { name: 'First message' })).toContainText('Which harbour?');
  await expect(exact.getByText(/1 document\. In all [\d,]+ characters, about [\d,]+ tokens/)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(view).toBeFocused();
  await app.saveSettings();

  await page.reload();
  await app.openSettings();
  await edit.click();
  await expect(template).toHaveValue('You are mine. {{moon}}');
  await editor.getByRole('button', { name: 'Reset to built-in' }).click();
  await expect(template).toHaveValue(builtIn);
  await editor.getByRole('button', { name: 'Done' }).click();
  await view.click();
  await expect(exact.getByRole('region', { name: 'System prompt' })).toContainText('Recursive Language Model');
});

test('a schema that is none is refused where it stands', async ({ app, page }) => {
  await app.openSettings();
  await app.unfold('More');
  const schema = app.field('Answer schema (JSON Schema)');
  await schema.fill('{"type":');
  await expect(app.settings.getByText(/This is not JSON/)).toBeVisible();
  await app.settings.getByText('More', { exact: true }).click();
  await expect(schema).toBeHidden();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(schema).toBeFocused();
  await expect(app.settings.getByRole('alert')).toHaveText(/This is not JSON/);
  await schema.fill('{"type":"object","properties":{"n":{"type":"number"}}}');
  await expect(app.settings.getByText('Valid JSON: object with 1 property.')).toBeVisible();
  await app.saveSettings();
});

for (const [colorScheme, width, height] of [
  ['light', 1440, 900],
  ['dark', 390, 844],
] as const) {
  test(`everything in it is accessible, ${colorScheme}, ${width} px`, async ({ app, page }) => {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await app.openSettings();
    await app.fillSettings({ provider: 'OpenAI-compatible', baseUrl: LOCAL, rootModel: 'of-nobody', method: 'base', askAbove: -1 });
    await expect(app.settings.getByText('price unknown').first()).toBeVisible();
    await app.unfold('Say the price');
    await app.settings.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(app.settings.getByRole('alert')).toBeVisible();
    await expectAccessible(page, 'settings');
    const box = await app.settings.boundingBox();
    if (width < 640) expect(box).toMatchObject({ x: 0, width });
    await app.settings.getByRole('button', { name: 'Edit prompt' }).click();
    await expect(page.getByRole('textbox', { name: 'System prompt' })).toBeEnabled();
    await expectAccessible(page, 'prompt editor');
    await page.keyboard.press('Escape');
    await app.settings.getByRole('button', { name: 'View exact prompt' }).click();
    await expect(page.getByRole('dialog', { name: 'Exact prompt' }).getByRole('region').first()).toBeVisible();
    await expectAccessible(page, 'exact prompt');
  });
}

async function expectAccessible(page: Page, screen: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
  expect(found, screen).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
}
