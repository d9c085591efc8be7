import { fixture } from './document-cases.ts';
import { cellReply, scriptOf } from './model-server/script.ts';
import { expect, test } from './test.ts';

const TRUE_QUOTE = 'The access code of the harbour office is 7413-QX.';
const INVENTED = 'The harbour office has nine doors, and all of them are painted green.';
const ANSWER = `The code is 7413-QX.

> ${TRUE_QUOTE}

The manual also says:

> ${INVENTED}`;

test('a quote that no document holds is marked, beside one that opens its page', async ({ app, serveModel }) => {
  const server = await serveModel({ script: scriptOf({ root: [cellReply(`FINAL(${JSON.stringify(ANSWER)})`)] }) });
  await app.configure({ provider: 'OpenAI-compatible', baseUrl: server.url, rootModel: 'root', subModel: 'sub' });
  await app.chooseFiles(fixture('handbook.pdf'));
  await app.documentReady('handbook.pdf');
  expect(await app.askAndFinish('What is the access code?')).toMatch(/^Answered/);
  await expect(app.quotes.getByRole('listitem').filter({ hasText: TRUE_QUOTE })).toContainText('page 3');
  await expect(app.quotes.getByRole('listitem').filter({ hasText: INVENTED })).toContainText('not found in the documents');
  await expect(app.answer).toContainText(/painted green\.\s*not found in the documents/);
  await app.quoteLink(1).click();
  await expect(app.passage('7413-QX')).toBeVisible();
  expect(await app.trajectory()).toContain('"document":null');
});
