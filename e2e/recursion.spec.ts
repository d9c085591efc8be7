import type { App } from './app.ts';
import { cellReply, scriptOf } from './model-server/script.ts';
import type { ModelServer, Script } from './model-server/types.ts';
import { file, haystack } from './texts.ts';
import { expect, test } from './test.ts';

async function prepare(app: App, server: ModelServer, settings: Parameters<App['configure']>[0] = {}): Promise<void> {
  await app.configure({ provider: 'OpenAI-compatible', baseUrl: server.url, rootModel: 'root-model', subModel: 'sub-model', ...settings });
  await app.chooseFiles(file('letters.txt', haystack(20_000)));
  await expect(app.document('letters.txt')).toBeVisible();
}

/** A root with three children, each of which has two of its own, each of which asks once at the depth limit. */
function threeLevels(): Script {
  const askEach = (question: string, count: number) =>
    `const said = await Promise.all(Array.from({ length: ${count} }, (_, n) => rlm_query('${question}', context.slice(n * 100, n * 100 + 100))));\nFINAL(said.join("+"));`;
  return scriptOf({
    root: [
      ({ body }) => {
        const asked = body.messages.find(({ role }) => role === 'user')?.content ?? '';
        if (asked.startsWith('Question:\nSecond')) return cellReply(askEach('Third?', 2));
        if (asked.startsWith('Question:\nThird')) return cellReply(askEach('Fourth?', 1));
        return cellReply(askEach('Second?', 3));
      },
    ],
    sub: () => 'leaf',
  });
}

test('children of children answer in parallel, and at the depth limit a plain call does', async ({ app, serveModel }) => {
  const server = await serveModel({ script: threeLevels() });
  await prepare(app, server, { maxDepth: 3 });
  expect(await app.askAndFinish('First?')).toMatch(/^Answered/);
  await expect(app.answer).toContainText(Array.from({ length: 6 }, () => 'leaf').join('+'));
  expect(server.stats()).toMatchObject({ root: 10, sub: 6 });
  const log = await app.trajectory();
  expect(log.match(/"type":"call\.started"/g)).toHaveLength(16);
  expect(log).toContain('"call":"0.3.2.1"');
  expect(log).toContain('At the depth limit of 3 this rlm_query is one plain reply.');
});

test('the person is asked before many short sub-calls, and what they decline is refused', async ({ app, page, serveModel }) => {
  const script = scriptOf({
    root: [
      cellReply('const said = await llm_query_batched(Array.from({ length: 12 }, (_, n) => "Say " + n + "."));\nFINAL(said.filter((one) => one instanceof Error).length + " were refused");'),
    ],
    sub: () => 'said',
  });
  const server = await serveModel({ script });
  await prepare(app, server, { askAbove: 5 });
  await app.question.fill('What do they say?');
  await app.ask.click();
  const panel = page.getByRole('region', { name: 'Many small sub-calls' });
  await expect(panel).toContainText('7');
  await panel.getByRole('button', { name: 'Refuse', exact: true }).click();
  expect(await app.finish()).toMatch(/^Answered/);
  await expect(app.answer).toContainText('7 were refused');
  expect(server.stats().sub).toBe(5);
});
