import { test as base, expect } from '@playwright/test';
import { App } from './app.ts';
import { startModelServer } from './model-server/model-server.ts';
import type { ModelServer } from './model-server/types.ts';
import { openPublicApp, type PublicApp } from './public-app.ts';
import { ANSWER, lookAskFinish } from './scripts.ts';
import { file, haystack } from './texts.ts';

/** A page on the internet and a model on this computer: Chrome asks the person before the two may talk. */
const test = base.extend<{ model: ModelServer; site: PublicApp; app: App }>({
  model: async ({ browserName: _ }, use) => {
    const model = await startModelServer({ script: lookAskFinish(2) });
    await use(model);
    await model.close();
  },
  site: async ({ model }, use) => {
    const site = await openPublicApp(model.port);
    await use(site);
    await site.close();
  },
  app: async ({ site }, use) => {
    const context = await site.browser.newContext({ baseURL: `${site.origin}/` });
    const app = new App(await context.newPage());
    await app.open();
    await use(app);
    await context.close();
  },
});

test('without the permission the check says which one is missing, and nothing reaches the server', async ({ app, model }) => {
  await app.openSettings();
  await app.fillSettings({ provider: 'Ollama', baseUrl: model.url });
  await app.settings.getByRole('button', { name: 'Check connection', exact: true }).click();
  await expect(app.settings.getByRole('alert')).toHaveText(/apps on this device.*site settings/);
  expect(model.requests).toEqual([]);
});

test('with the permission the check connects, and a run is answered', async ({ app, model, site }) => {
  await app.page.context().grantPermissions(['local-network-access'], { origin: site.origin });
  await app.openSettings();
  await app.fillSettings({ provider: 'Ollama', baseUrl: model.url, rootModel: 'root-model', subModel: 'sub-model' });
  await app.settings.getByRole('button', { name: 'Check connection', exact: true }).click();
  await expect(app.settings.getByRole('status', { name: 'Connection' })).toHaveText(/Connected, 2 models/);
  await app.saveSettings();
  await app.chooseFiles(file('letters.txt', haystack(10_000)));
  expect(await app.askAndFinish('How many letters mention the river?')).toMatch(/^Answered/);
  await expect(app.answer).toContainText(ANSWER);
});
