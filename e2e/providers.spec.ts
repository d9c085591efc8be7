import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Locator, Page } from '@playwright/test';
import type { App, DialogSettings } from './app.ts';
import { freePort } from './free-port.ts';
import { expect, test } from './test.ts';
import { file } from './texts.ts';

/** What the browser itself writes to the console about requests that a test makes fail. */
const REQUEST_FAILED = /CORS policy|ERR_FAILED|ERR_CONNECTION_REFUSED|Failed to load resource/;

async function check(app: App, wanted: DialogSettings): Promise<void> {
  await app.openSettings();
  await app.fillSettings({ provider: 'OpenAI-compatible', ...wanted });
  await app.settings.getByRole('button', { name: 'Check connection', exact: true }).click();
}

const alertOf = (app: App): Locator => app.settings.getByRole('alert');

test('a good address and key are connected, and name their models', async ({ app, serveModel }) => {
  const server = await serveModel({ script: () => 'x', key: 'sk-right', models: ['alpha', 'beta'] });
  await check(app, { baseUrl: server.url, key: 'sk-right' });
  await expect(app.settings.getByRole('status', { name: 'Connection' })).toHaveText(/Connected, 2 models/);
});

test('a refused key is told, and is not repeated', async ({ app, serveModel, guard }) => {
  guard.allow(REQUEST_FAILED);
  const server = await serveModel({ script: () => 'x', key: 'sk-right', echoKey: 'whole' });
  await check(app, { baseUrl: server.url, key: 'sk-wrong-1234567890' });
  await expect(alertOf(app)).toHaveText(/refused the API key \(401\)/);
  await expect(alertOf(app)).not.toContainText('sk-wrong-1234567890');
});

test('a key that is refused without CORS headers is told from a dead host', async ({ app, serveModel, guard }) => {
  guard.allow(REQUEST_FAILED);
  const server = await serveModel({ script: () => 'x', key: 'sk-right', cors: 'errors-without' });
  await check(app, { baseUrl: server.url, key: 'sk-wrong-1234567890' });
  await expect(alertOf(app)).toHaveText(/is up, but this page cannot read its answers: it refused the key, or/);
});

test('a server that allows no pages is told, with what to switch on', async ({ app, serveModel, guard, page }) => {
  guard.allow(REQUEST_FAILED);
  const server = await serveModel({ script: () => 'x', cors: 'none' });
  await check(app, { provider: 'Ollama', baseUrl: server.url });
  const { origin } = new URL(page.url());
  await expect(alertOf(app)).toHaveText(new RegExp(`is up, but does not let this page.*OLLAMA_ORIGINS to ${origin}`));
});

test('a dead port is told', async ({ app, guard }) => {
  guard.allow(REQUEST_FAILED);
  const url = `http://127.0.0.1:${await freePort()}/v1`;
  guard.allowOrigin(url);
  await check(app, { baseUrl: url });
  await expect(alertOf(app)).toHaveText(/Nothing answers at 127\.0\.0\.1:\d+ on this computer\. Start the server/);
});

test('a page in the place of an API is told', async ({ app, guard }) => {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html', 'access-control-allow-origin': '*' }).end('<!doctype html><title>Sign in</title>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // `as`: a server that listens on a port has an address of this kind.
  const { port } = server.address() as AddressInfo;
  guard.allowOrigin(`http://127.0.0.1:${port}`);
  await check(app, { baseUrl: `http://127.0.0.1:${port}/v1` });
  await expect(alertOf(app)).toHaveText(/not like a model API: it sent a web page/);
  server.closeAllConnections();
  server.close();
});

test('http:// to another computer is refused before anything is sent', async ({ app }) => {
  await check(app, { baseUrl: 'http://192.168.1.2:8000/v1' });
  await expect(alertOf(app)).toHaveText(/only \(localhost or 127\.0\.0\.1\)/);
});

test.describe('the browser’s own model', () => {
  test.beforeEach(({ page }) => installBrowserModel(page));

  test('answers a question through the page', async ({ app, page }) => {
    await app.open();
    await app.configure({ provider: 'Chrome built-in' });
    await app.chooseFiles(file('note.txt', 'The code word is plum.'));
    await expect(app.document('note.txt')).toBeVisible();
    expect(await app.askAndFinish('What is the code word?')).toMatch(/^Answered/);
    await expect(app.answer).toContainText('plum, says a sub-call');
    expect(await page.evaluate(() => Reflect.get(window, 'destroyedSessions') as number)).toBe(3);
  });

  test('is checked, and says what it is', async ({ app }) => {
    await app.open();
    await app.openSettings();
    await app.fillSettings({ provider: 'Chrome built-in' });
    await app.settings.getByRole('button', { name: 'Check connection', exact: true }).click();
    await expect(app.settings.getByRole('status', { name: 'Connection' })).toHaveText(/Connected/);
  });
});

/** Puts a scripted `LanguageModel` in the page's own place for it: two cells, and a sub-call's reply. */
async function installBrowserModel(page: Page): Promise<void> {
  await page.addInitScript(() => {
    let destroyed = 0;
    const replyTo = (messages: readonly { role: string; content: string }[]): string => {
      if (messages[0]?.role !== 'system') return 'plum, says a sub-call';
      return messages.some(({ role }) => role === 'assistant')
        ? 'Done.\n```repl\nFINAL(said)\n```'
        : 'I ask.\n```repl\nconst said = await llm_query("What is the code word? " + context);\nprint(said)\n```';
    };
    const languageModel = {
      availability: async () => 'available',
      create: async ({ initialPrompts }: { initialPrompts: { role: string; content: string }[] }) => ({
        promptStreaming: (input: string) =>
          new ReadableStream<string>({
            start(controller) {
              const reply = replyTo([...initialPrompts, { role: 'user', content: input }]);
              for (let from = 0; from < reply.length; from += 10) controller.enqueue(reply.slice(from, from + 10));
              controller.close();
            },
          }),
        destroy: () => {
          destroyed += 1;
          Object.defineProperty(window, 'destroyedSessions', { value: destroyed, configurable: true });
        },
      }),
    };
    Object.defineProperty(window, 'LanguageModel', { value: languageModel, configurable: true });
  });
}
