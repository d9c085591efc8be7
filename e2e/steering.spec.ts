import type { App } from './app.ts';
import { cellReply, scriptOf, withFaults } from './model-server/script.ts';
import type { ModelServer, Script } from './model-server/types.ts';
import { ANSWER, lookAskFinish } from './scripts.ts';
import { file, haystack } from './texts.ts';
import { expect, test } from './test.ts';

async function prepare(app: App, server: ModelServer): Promise<void> {
  await app.configure({ provider: 'OpenAI-compatible', baseUrl: server.url, rootModel: 'root-model', subModel: 'sub-model' });
  await app.chooseFiles(file('letters.txt', haystack(20_000)));
  await expect(app.document('letters.txt')).toBeVisible();
}

/** Three turns, the first of which is not answered before `after` resolves. */
function threeTurns(after: Promise<void>): Script {
  return scriptOf({
    root: [
      { text: cellReply('const seen = 41; print(seen);', 'First I look.'), after },
      cellReply('print("second", seen);', 'I look again.'),
      cellReply('FINAL("It was " + seen);', 'Done.'),
    ],
    sub: () => 'nothing',
  });
}

test('a run pauses before a cell, runs it changed, and goes on', async ({ app, page, serveModel }) => {
  let answer = () => {};
  const server = await serveModel({ script: threeTurns(new Promise((resolve) => (answer = resolve))) });
  await prepare(app, server);
  await app.question.fill('What was seen?');
  await app.ask.click();
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Pausing…' })).toBeVisible();
  answer();
  await expect(app.status).toContainText('paused before the cell of turn 1');
  const cell = page.getByRole('textbox', { name: 'Next cell' });
  await expect(cell).toHaveValue('const seen = 41; print(seen);');
  await cell.fill('const seen = 42; print("changed");');
  // What is being written outlives its field: a phone that is turned puts up another layout.
  const size = page.viewportSize();
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(cell).toHaveValue('const seen = 42; print("changed");');
  if (size) await page.setViewportSize(size);
  await page.getByRole('button', { name: 'Run changed cell' }).click();

  await expect(app.status).toContainText('paused before the cell of turn 2');
  await page.getByRole('button', { name: 'Continue', exact: true }).click();
  expect(await app.finish()).toMatch(/^Answered/);
  await expect(app.answer).toContainText('It was 42');
  // The model was shown what ran, not what it had written.
  const requests = server.requests.map((request) => JSON.stringify(request));
  expect(requests.at(-1)).toContain('const seen = 42');
  expect(requests.at(-1)).not.toContain('const seen = 41');
  await page.getByRole('button', { name: /^Unfold/ }).click();
  await page.getByRole('button', { name: 'Turn 1 of call 0', exact: true }).click();
  await expect(app.inspector).toContainText('You changed this cell');
  await app.inspector.getByRole('tab', { name: 'Reply', exact: true }).click();
  await expect(app.inspector).toContainText('const seen = 41');
  await expect(app.inspector).toContainText('const seen = 42');
  const log = await app.trajectory();
  expect(log).toContain('"run.paused"');
  expect(log).toContain('"edited":true');
});

test('from any turn a new run shares the log, pays nothing twice and goes another way', async ({ app, page, serveModel }) => {
  const server = await serveModel({ script: lookAskFinish() });
  await prepare(app, server);
  expect(await app.askAndFinish('How many letters mention the river?')).toMatch(/^Answered/);
  expect(server.stats()).toMatchObject({ root: 3, sub: 8 });
  const first = await app.trajectory();

  await page.getByRole('button', { name: /^Unfold/ }).click();
  await app.showView('Calls');
  await app.calls.getByRole('treeitem', { name: /^Call 0,/ }).click();
  await page.getByRole('button', { name: 'Run again from here' }).click();
  const dialog = page.getByRole('dialog', { name: /^Run again from turn 3/ });
  await dialog.getByRole('textbox').fill('I say it otherwise.\n```repl\nFINAL("None; and " + replies.length + " were asked.");\n```');
  await dialog.getByRole('button', { name: 'Start new run' }).click();
  await expect(app.answer).toContainText('None; and 8 were asked.');
  expect(server.stats()).toMatchObject({ root: 3, sub: 8 });
  const second = await app.trajectory();
  expect(second).toContain('"branch":{"run":');
  expect(first).toContain(ANSWER);
  await expect(app.runs.getByRole('listitem')).toHaveCount(2);
});

test('a person is the root model, and the offline model answers the sub-calls', async ({ app, page }) => {
  await app.openSettings();
  await app.fillSettings({ provider: 'Offline demo', rootBy: 'person' });
  await app.saveSettings();
  await app.chooseFiles(file('note.txt', 'The lighthouse keeper was called Ada Thorne. She wrote every day.'));
  await app.question.fill('Who kept the lighthouse?');
  await app.ask.click();
  const reply = page.getByRole('textbox', { name: 'Reply as the root' });
  await expect(app.status).toContainText('turn 1 is yours to write');
  await reply.fill('```repl\nconst found = await llm_query("Question:\\nWho kept the lighthouse?\\n\\nContext:\\n" + context);\nprint(found);\n```');
  await page.getByRole('button', { name: 'Send reply' }).click();
  await expect(app.status).toContainText('turn 2 is yours to write');
  await expect(page.getByRole('textbox', { name: 'What the root is shown' })).toHaveValue(/Ada Thorne/);
  await reply.fill('FINAL_VAR("found")');
  await page.getByRole('button', { name: 'Send reply' }).click();
  expect(await app.finish()).toMatch(/^Answered/);
  await expect(app.answer).toContainText('Ada Thorne');
});

test('a provider that is down pauses the run, and a click goes on', async ({ app, page, guard, serveModel }) => {
  guard.allow(/503|Failed to load resource/);
  let isDown = true;
  const script = withFaults(lookAskFinish(2), [
    { when: ({ kind, turn }) => isDown && kind === 'root' && turn === 1, fault: { kind: 'status', status: 503, headers: { 'retry-after': '0' } }, times: Infinity },
  ]);
  const server = await serveModel({ script });
  await prepare(app, server);
  await app.question.fill('How many letters mention the river?');
  await app.ask.click();
  const panel = page.getByRole('region', { name: 'The provider does not answer' });
  await expect(panel).toBeVisible({ timeout: 120_000 });
  await expect(app.status).toHaveText(/^\s*Running/);
  isDown = false;
  await panel.getByRole('button', { name: 'Try again' }).click();
  expect(await app.finish()).toMatch(/^Answered/);
  await expect(app.answer).toContainText(ANSWER);
});
