import type { App } from './app.ts';
import { cellReply, scriptOf } from './model-server/script.ts';
import type { ModelServer, Script } from './model-server/types.ts';
import { file } from './texts.ts';
import { expect, test } from './test.ts';

const ROWS = [
  { region: 'EMEA', tickets: 93 },
  { region: 'APAC', tickets: 41 },
];

async function prepare(app: App, server: ModelServer): Promise<void> {
  await app.configure({ provider: 'OpenAI-compatible', baseUrl: server.url, rootModel: 'root-model', subModel: 'sub-model' });
  await app.chooseFiles(file('tickets.txt', 'EMEA 93\nAPAC 41\n'));
  await expect(app.document('tickets.txt')).toBeVisible();
}

/** What a root says to each question, in one turn. */
function byQuestion(cells: Readonly<Record<string, string>>): Script {
  return scriptOf({
    root: [
      ({ body }) => {
        // The question stands first in the first message; earlier ones may come after it.
        const asked = (body.messages.find(({ role }) => role === 'user')?.content ?? '').slice(0, 60);
        const match = Object.entries(cells).find(([question]) => asked.includes(question));
        return cellReply(match?.[1] ?? 'FINAL("?")', 'I do this.');
      },
    ],
    sub: () => '',
  });
}

test('a follow-up finds the variables and the answers of the run before', async ({ app, page, serveModel }) => {
  const server = await serveModel({
    script: byQuestion({
      'How many tickets': 'const rows = context.trim().split("\\n"); FINAL(rows.length + " regions");',
      'And the first': 'FINAL(rows[0] + "; before: " + history[0].answer);',
      'Start over': 'FINAL("rows is " + typeof rows + ", history has " + history.length);',
    }),
  });
  await prepare(app, server);
  expect(await app.askAndFinish('How many tickets are there?')).toMatch(/^Answered/);
  await expect(app.answer).toContainText('2 regions');

  const followUp = page.getByRole('checkbox', { name: /^Follow up/ });
  await app.question.fill('And the first?');
  await expect(followUp).toBeChecked();
  await app.ask.click();
  await expect(app.answer).toContainText('EMEA 93; before: 2 regions');
  expect(await app.trajectory()).toContain('"follows":');
  // The list says what it follows, and leads there.
  await page.getByRole('button', { name: /^Follows “How many tickets/ }).click();
  await expect(app.answer).toContainText('2 regions');

  await app.question.fill('Start over, please');
  await followUp.uncheck();
  await app.ask.click();
  await expect(app.answer).toContainText('rows is undefined, history has 0');
});

test('a follow-up after a reload finds them too', async ({ app, page, serveModel }) => {
  const server = await serveModel({
    script: byQuestion({
      'How many tickets': 'const rows = context.trim().split("\\n"); FINAL(rows.length + " regions");',
      'And the first': 'FINAL(rows[0]);',
    }),
  });
  await prepare(app, server);
  expect(await app.askAndFinish('How many tickets are there?')).toMatch(/^Answered/);
  await app.open();
  await app.chooseFiles(file('tickets.txt', 'EMEA 93\nAPAC 41\n'));
  await page.getByRole('list', { name: 'Runs' }).getByRole('link').first().click();
  await expect(app.answer).toContainText('2 regions');
  await app.question.fill('And the first?');
  await expect(page.getByRole('checkbox', { name: /^Follow up/ })).toBeChecked();
  await app.ask.click();
  await expect(app.answer).toContainText('EMEA 93');
});

test('an answer that is a value is a table, and goes out as JSON and CSV', async ({ app, serveModel }) => {
  const server = await serveModel({ script: byQuestion({ 'Per region': `FINAL(${JSON.stringify(ROWS)});` }) });
  await prepare(app, server);
  expect(await app.askAndFinish('Per region?')).toMatch(/^Answered/);
  const table = app.answer.getByRole('table');
  await expect(table.getByRole('columnheader')).toHaveText(['region', 'tickets']);
  await expect(table.getByRole('row')).toHaveCount(3);
  expect(JSON.parse((await app.export('Answer (JSON)')).text)).toEqual(ROWS);
  expect((await app.export('Answer (CSV)')).text.trim().split(/\r?\n/)).toEqual(['region,tickets', 'EMEA,93', 'APAC,41']);
});

test('an answer of ten megabytes comes through whole', async ({ app, serveModel }) => {
  const server = await serveModel({
    script: byQuestion({ 'All of it': 'let big = "0123456789".repeat(1_000_000); FINAL_VAR("big");' }),
  });
  await prepare(app, server);
  expect(await app.askAndFinish('All of it?')).toMatch(/^Answered/);
  await expect(app.answer).toContainText('0123456789');
  const { text } = await app.export('Answer (JSON)');
  expect(JSON.parse(text)).toHaveLength(10_000_000);
});
