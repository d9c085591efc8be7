import { file, haystack } from './texts.ts';
import { expect, test } from './test.ts';

const FACT = 'The access code of the harbour office is 7413-QX.';

test('a planted fact in a dropped text is found, with no key and no network', async ({ app }) => {
  await app.chooseFiles(file('harbour.txt', haystack(400_000, [FACT])));
  await expect(app.document('harbour.txt')).toBeVisible();
  const status = await app.askAndFinish('What is the access code of the harbour office?');
  expect(status).toMatch(/^Answered/);
  await expect(app.answer).toContainText('7413-QX');
  await expect(app.cost).toContainText(/0/);
  await app.showView('Graph');
  await expect(app.graph.getByRole('group', { name: /^Call 0,/ })).toBeVisible();
  await expect(app.graph.getByRole('group', { name: /^Call 0\.1,/ })).toBeAttached();
  await app.showView('Calls');
  await expect(app.calls.getByRole('treeitem', { name: /^Call 0,/ })).toBeVisible();
});

test('a question whose answer is not there is not answered with an invention', async ({ app }) => {
  await app.chooseFiles(file('harbour.txt', haystack(200_000, [FACT])));
  await app.askAndFinish("What is the maiden name of the lighthouse keeper's grandmother?");
  await expect(app.answer).toContainText(/not found|found nothing|no answer|nothing/i);
  await expect(app.answer).not.toContainText('7413');
});

test('one of several documents holds the fact', async ({ app }) => {
  await app.chooseFiles([
    file('north.txt', haystack(60_000)),
    file('south.txt', haystack(60_000, ['The bridge at Oldmere was finished in 1874.'])),
    file('west.txt', haystack(60_000)),
  ]);
  await expect(app.documents.getByRole('listitem')).toHaveCount(3);
  await app.askAndFinish('In which year was the bridge at Oldmere finished?');
  await expect(app.answer).toContainText('1874');
});

test('UTF-16 text is read, and windows-1252 with a notice', async ({ app, page }) => {
  const fact = 'The café in Lübeck opened in 1921.';
  await app.chooseFiles([
    file('sixteen.txt', Buffer.from(`\uFEFF${haystack(20_000, [fact])}`, 'utf16le')),
    file('latin.txt', Buffer.from(haystack(20_000, ['Señor Muñoz keeps 17 bees.']), 'latin1')),
  ]);
  await expect(app.document('latin.txt')).toBeVisible();
  await expect(page.getByText(/windows-1252/).first()).toBeVisible();
  await app.askAndFinish('When did the café in Lübeck open?');
  await expect(app.answer).toContainText('1921');
});

test('dropping a file anywhere on the window adds it', async ({ app, page }) => {
  const transfer = await page.evaluateHandle((text) => {
    const dropped = new DataTransfer();
    dropped.items.add(new File([text], 'dropped.txt', { type: 'text/plain' }));
    return dropped;
  }, haystack(5000, [FACT]));
  await page.dispatchEvent('body', 'dragover', { dataTransfer: transfer });
  await page.dispatchEvent('body', 'drop', { dataTransfer: transfer });
  await expect(app.document('dropped.txt')).toBeVisible();
});

test('one button is Ask, whatever the question and the model say', async ({ app, page }) => {
  const tickets = ['EMEA', 'APAC', 'EMEA'].map((region, id) => JSON.stringify({ id, region, status: 'open' }));
  await app.chooseFiles(file('tickets.jsonl', tickets.join('\n')));
  await app.askAndFinish('Which region has the most tickets, was the task to ask or to stop?');
  await expect(page.getByRole('button', { name: 'Ask' })).toHaveCount(1);
  await expect(page.getByRole('button', { name: 'Stop' })).toHaveCount(0);
});
