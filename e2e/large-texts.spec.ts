import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TrajectoryEvent } from '../src/trajectory/events.ts';
import type { App } from './app.ts';
import { cellReply, scriptOf } from './model-server/script.ts';
import type { ModelServer, Script } from './model-server/types.ts';
import { file, haystack, tooLargeForMemory } from './texts.ts';
import { expect, test } from './test.ts';

const FACT = 'The access code of the harbour office is 7413-QX.';
const LATER = 'The access code of the harbour office was 9902-ZZ before.';
let folder = '';

test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'matryoshka-large-'));
});
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What models ask of a text, as one object; the same lines run here over the same string. */
const QUESTIONS = `({
  chars: context.length,
  index: context.indexOf('7413-QX'),
  from: context.indexOf('access code', context.indexOf('7413-QX')),
  last: context.lastIndexOf('access code'),
  miss: context.indexOf('7413-QZ'),
  includes: [context.includes('9902-ZZ'), context.includes('9902-ZQ')],
  ends: [context.startsWith(context.slice(0, 9)), context.at(-2), context.charCodeAt(0)],
  around: context.slice(context.indexOf('7413-QX') - 60, context.indexOf('7413-QX') + 60),
  search: context.search(/\\b9902-[A-Z]+/),
  match: [...context.match(/code of the (\\w+) office is (\\S+)\\./)],
  all: context.match(/(?<=[Tt]he )access code(?= of)/g).length,
  matchAll: [...context.matchAll(/office (is|was) (\\d+)/g)].map((found) => [found.index, ...found]),
  grep: grep(/ACCESS code/i).map(({ index, line, text, before, after }) => [index, line, text, before, after]),
})`;

/** The same by V8, with a plain grep. */
function expected(context: string): unknown {
  const grep = (pattern: RegExp) =>
    [...context.matchAll(new RegExp(pattern, 'gi'))].map(({ index, 0: text }) => ({
      index,
      line: context.slice(0, index).split('\n').length,
      text,
      before: context.slice(Math.max(0, index - 80), index),
      after: context.slice(index + text.length, index + text.length + 80),
    }));
  // oxlint-disable-next-line typescript/no-implied-eval -- the very text that the cell runs
  const ask = new Function('context', 'grep', `return ${QUESTIONS}`) as (text: string, find: typeof grep) => unknown;
  return ask(context, grep);
}

/** A model that runs `code` in its only cell, and gives up where that did not end the run. */
const only = (code: string): Script => scriptOf({ root: [cellReply(code), cellReply('FINAL("The cell failed.")')] });

/** Has the model of `server` run its cell over the chosen documents, and returns what the run answered. */
async function answerOf(app: App, server: ModelServer): Promise<string> {
  await app.configure({ provider: 'OpenAI-compatible', baseUrl: server.url, rootModel: 'root', subModel: 'sub' });
  const status = await app.askAndFinish('What is the code?');
  const events = (await app.trajectory()).trim().split('\n').map((line) => JSON.parse(line) as TrajectoryEvent);
  expect(events.flatMap((event) => (event.type === 'cell.finished' && event.error ? [event.error] : []))).toEqual([]);
  expect(status).toMatch(/^Answered/);
  const end = events.at(-1);
  return (end?.type === 'run.finished' && end.answer) || '';
}

const LAZY = `const lines = { all: 0, fair: 0 };
for (const line of context.lines()) {
  lines.all++;
  if (line.includes('after the fair')) lines.fair++;
}
const attempt = async (work) => {
  try {
    return await work();
  } catch (error) {
    return error.name + ': ' + error.message;
  }
};
FINAL(JSON.stringify({
  ...${QUESTIONS},
  lines,
  lazy: documents[0].lazy === true,
  type: typeof context,
  isArray: Array.isArray(context),
  json: JSON.stringify({ context }),
  template: await attempt(() => \`\${context}!\`),
  split: await attempt(() => context.split('\\n').length),
  prompt: await attempt(() => llm_query(context)),
}));`;

test('a text too large for memory is searched in its file, with the results of a string', async ({ app, serveModel }) => {
  const text = tooLargeForMemory([FACT, LATER]);
  const path = join(folder, 'large.txt');
  writeFileSync(path, text);
  const server = await serveModel({ script: only(LAZY) });
  await app.chooseFiles([path]);
  await expect(app.document('large.txt')).toBeVisible();
  const { template, split, prompt, ...found } = JSON.parse(await answerOf(app, server)) as Record<string, string>;
  const lines = text.split('\n');
  expect(found).toEqual({
    ...(expected(text) as object),
    lines: { all: lines.length, fair: lines.filter((line) => line.includes('after the fair')).length },
    lazy: true,
    type: 'string',
    isArray: false,
    json: `{"context":"«text of ${text.length} characters»"}`,
  });
  expect(template).toMatch(/^RangeError: .*slice/);
  expect(split).toMatch(/^RangeError: .*lines\(\)/);
  expect(prompt).toMatch(/Error: .*(slice|characters)/);
  expect(server.stats().sub, 'a whole text is no prompt').toBe(0);
});

const ENCODINGS: readonly (readonly [name: string, encode: (text: string) => Buffer])[] = [
  ['UTF-16 little-endian', (text) => Buffer.from(`\uFEFF${text}`, 'utf16le')],
  ['UTF-16 big-endian', (text) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
  ['windows-1252', (text) => Buffer.from(text.replaceAll('€', '\u0080').replaceAll('—', '\u0097'), 'latin1')],
];

for (const [name, encode] of ENCODINGS) {
  test(`a text in ${name} answers the same`, async ({ app, serveModel }) => {
    const text = haystack(60_000, [`Señora Muñoz paid 30 € — twice. ${FACT}`, LATER]);
    const script = only(`FINAL(JSON.stringify(${QUESTIONS}));`);
    await app.chooseFiles(file('encoded.txt', encode(text)));
    await expect(app.document('encoded.txt')).toBeVisible();
    const found: unknown = JSON.parse(await answerOf(app, await serveModel({ script })));
    expect(found).toEqual(expected(text));
  });
}

test('a windows-1252 text too large for memory is searched in its file', async ({ app, serveModel }) => {
  const block = 'Fünf Bären — für 30 € je Stück.\r\n';
  const text = block.repeat(Math.ceil(67_108_865 / block.length)) + FACT;
  const path = join(folder, 'western.txt');
  writeFileSync(path, Buffer.from(text.replaceAll('€', '\u0080').replaceAll('—', '\u0097'), 'latin1'));
  const cell = `const at = context.indexOf('7413-QX');
FINAL(JSON.stringify([documents[0].lazy, context.length, at, context.slice(at - 72, at), context.match(/— für \\d+ €/g).length]));`;
  const server = await serveModel({ script: only(cell) });
  await app.chooseFiles([path]);
  await expect(app.document('western.txt')).toBeVisible();
  const at = text.indexOf('7413-QX');
  const found: unknown = JSON.parse(await answerOf(app, server));
  expect(found).toEqual([true, text.length, at, text.slice(at - 72, at), text.match(/— für \d+ €/g)?.length]);
});

test('a thousand small files are read, and one of them answers', async ({ app }) => {
  const small = haystack(1500);
  await app.chooseFiles(
    Array.from({ length: 1000 }, (_, n) => file(`note-${n}.txt`, n === 617 ? `${small} ${FACT}` : small)),
  );
  await expect(app.documents.getByRole('listitem').first()).toBeVisible();
  expect(await app.askAndFinish('What is the access code of the harbour office?')).toMatch(/^Answered/);
  await expect(app.answer).toContainText('7413-QX');
  const events = (await app.trajectory()).trim().split('\n').map((line) => JSON.parse(line) as TrajectoryEvent);
  expect(events.find(({ type }) => type === 'run.started')).toMatchObject({ documents: { length: 1000 } });
});

test('the offline model answers from a text too large for memory', async ({ app }) => {
  const path = join(folder, 'offline.txt');
  writeFileSync(path, tooLargeForMemory([FACT]));
  await app.chooseFiles([path]);
  await expect(app.document('offline.txt')).toBeVisible();
  expect(await app.askAndFinish('What is the access code of the harbour office?')).toMatch(/^Answered/);
  await expect(app.answer).toContainText('7413-QX');
});
