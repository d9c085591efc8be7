import { lookAskFinish } from './scripts.ts';
import { file, haystack } from './texts.ts';
import { expect, test } from './test.ts';

test('settings survive a reload, the key does not', async ({ app }) => {
  await app.configure({
    provider: 'OpenAI-compatible',
    baseUrl: 'http://127.0.0.1:11434/v1',
    key: 'sk-forgotten-on-reload',
    rootModel: 'big',
    subModel: 'small',
    maxTurns: 12,
    maxDepth: 2,
    maxSubCalls: 77,
    parallelSubCalls: 5,
    budgetUsd: 0.25,
  });
  await app.open();
  await app.openSettings();
  await expect(app.field('Base URL')).toHaveValue('http://127.0.0.1:11434/v1');
  await expect(app.field('Root model')).toHaveValue('big');
  await expect(app.field('Sub-call model')).toHaveValue('small');
  await expect(app.field('Max turns')).toHaveValue('12');
  await expect(app.field('Max depth')).toHaveValue('2');
  await expect(app.field('Max sub-calls')).toHaveValue('77');
  await expect(app.field('Parallel sub-calls')).toHaveValue('5');
  await expect(app.field('Budget (USD)')).toHaveValue('0.25');
  await expect(app.field('API key')).toHaveValue('');
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
