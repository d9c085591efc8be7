import type { Page } from '@playwright/test';
import { lookAskFinish } from './scripts.ts';
import { file, haystack } from './texts.ts';
import { expect, test } from './test.ts';

const ENDPOINT = { provider: 'OpenAI-compatible', rootModel: 'root-model', subModel: 'sub-model' } as const;
const QUESTION = 'How many letters mention the river?';

test('an empty file is refused with a sentence, and the other files stay', async ({ app }) => {
  await app.chooseFiles([file('good.txt', haystack(5000)), file('empty.txt', '')]);
  await expect(app.alert.filter({ hasText: 'empty.txt' })).toContainText(/empty/i);
  await expect(app.document('good.txt')).toBeVisible();
  await app.askAndFinish('What did the miller count?');
  expect(await app.trajectory()).not.toContain('empty.txt');
});

test('a binary is refused by name, with what to do', async ({ app }) => {
  const bytes = Buffer.from(Array.from({ length: 4096 }, (_, n) => (n * 197 + (n >> 3)) % 256));
  await app.chooseFiles([file('photo.bin', bytes, 'application/octet-stream'), file('good.txt', haystack(5000))]);
  await expect(app.alert.filter({ hasText: 'photo.bin' })).toContainText(/text/i);
  await expect(app.document('good.txt')).toBeVisible();
});

test('asking nothing, or about nothing, says what is missing', async ({ app }) => {
  await app.question.fill(QUESTION);
  if (await app.ask.isEnabled()) {
    await app.ask.click();
    await expect(app.alert.filter({ hasText: /\S/ })).toContainText(/document|file/i);
  }
  await expect(app.question).toHaveValue(QUESTION);
  await app.chooseFiles(file('good.txt', haystack(5000)));
  await expect(app.document('good.txt')).toBeVisible();
  await app.question.fill('');
  if (await app.ask.isEnabled()) {
    await app.ask.click();
    await expect(app.alert.filter({ hasText: /question/i })).toBeVisible();
  }
  await expect(app.status).toHaveText(/^\s*Ready/);
});

test('a wrong key fails with a sentence, and question and documents stay', async ({ app, serveModel, guard }) => {
  guard.allow(/401|Failed to load resource/);
  const server = await serveModel({ script: lookAskFinish(), key: 'sk-right', echoKey: 'whole' });
  await app.configure({ ...ENDPOINT, baseUrl: server.url, key: 'sk-wrong-0123456789' });
  await app.chooseFiles(file('letters.txt', haystack(5000)));
  await expect(app.document('letters.txt')).toBeVisible();
  expect(await app.askAndFinish(QUESTION)).toMatch(/^Failed/);
  const alert = app.alert.filter({ hasText: /key/i });
  await expect(alert).toBeVisible();
  await expect(alert).not.toContainText('sk-wrong-0123456789');
  await expect(app.question).toHaveValue(QUESTION);
  await expect(app.document('letters.txt')).toBeVisible();
  expect(await app.trajectory()).not.toContain('sk-wrong-0123456789');
});

test('an unreachable endpoint fails with a sentence about the address', async ({ app, guard }) => {
  guard.allow(/ERR_CONNECTION_REFUSED|Failed to load resource/);
  guard.allowOrigin('http://127.0.0.1:9');
  guard.allow(/ERR_UNSAFE_PORT/);
  await app.configure({ ...ENDPOINT, baseUrl: 'http://127.0.0.1:9/v1' });
  await app.chooseFiles(file('letters.txt', haystack(5000)));
  await expect(app.document('letters.txt')).toBeVisible();
  expect(await app.askAndFinish(QUESTION)).toMatch(/^Failed/);
  await expect(app.alert.filter({ hasText: /127\.0\.0\.1:9|reach|address/i })).toBeVisible();
  await expect(app.question).toHaveValue(QUESTION);
});

test('Check connection tells a good endpoint from a bad one', async ({ app, serveModel, guard }) => {
  guard.allow(/401|Failed to load resource/);
  const server = await serveModel({ script: lookAskFinish(), key: 'sk-right' });
  await app.openSettings();
  const check = app.settings.getByRole('button', { name: 'Check connection' });
  await app.fillSettings({ ...ENDPOINT, baseUrl: server.url, key: 'sk-wrong' });
  await check.click();
  await expect(app.settings.getByRole('alert').filter({ hasText: /key/i })).toBeVisible();
  await app.fillSettings({ key: 'sk-right' });
  await check.click();
  await expect(app.settings.getByText(/2 models|root-model/).first()).toBeVisible();
  expect(server.stats().models).toBe(1);
});

test('a huge paste on the page becomes a document', async ({ app, page }) => {
  await paste(page, haystack(3_000_000, ['The access code is 7413-QX.']));
  await expect(app.documents.getByRole('listitem')).toHaveCount(1);
  await app.askAndFinish('What is the access code?');
  await expect(app.answer).toContainText('7413-QX');
});

test('a huge paste into the question loses nothing', async ({ app, page }) => {
  const huge = haystack(3_000_000);
  await app.question.focus();
  await paste(page, huge);
  // Either it became a document, or it stands in the box whole.
  const kept = async () =>
    (await app.documents.getByRole('listitem').count()) > 0 || (await app.question.inputValue()).length === huge.length;
  await expect.poll(kept).toBe(true);
  await expect(app.status).toHaveText(/^\s*(Ready|Reading)/);
});

/** Pastes into what has the focus, as the keyboard would. */
async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((pastedText) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', pastedText);
    const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
    // A paste that nobody handles inserts its text, as a real one does.
    if (document.activeElement?.dispatchEvent(event)) document.execCommand('insertText', false, pastedText);
  }, text);
}
