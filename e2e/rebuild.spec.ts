import type { TrajectoryEvent } from '../src/trajectory/events.ts';
import { cellReply } from './model-server/script.ts';
import type { Script } from './model-server/types.ts';
import { file, haystack } from './texts.ts';
import { expect, test } from './test.ts';

/** A native call that no interrupt reaches: only the end of its worker ends it. */
const ENDLESS = 'const bees = 17;\nArray.prototype.reverse.call({ length: 2 ** 53 - 1 });';

const ROOT = [
  `const begun = Math.random();
const first = await llm_query('First: ' + context.slice(0, 40));
print(first, begun);`,
  `const [bad, good] = await Promise.all([
  rlm_query('Bad child', context.slice(0, 2000)),
  rlm_query('Good child', context.slice(2000, 4000)),
]);
print(first, begun, bad, good);`,
  'FINAL([first, begun, bad, good].join("; "));',
];
const BAD = ['const before = context.length;\nprint(before);', ENDLESS, 'FINAL("bad: " + before + " " + typeof bees);'];
const GOOD = [
  'const seen = await llm_query("Second: " + context.slice(0, 40));\nprint(seen);',
  'const third = await llm_query("Third: " + context.slice(0, 40));\nFINAL("good: " + seen + third + context.length);',
];

const script: Script = ({ kind, turn, prompt, body }) => {
  // The second is still to come when the endless cell is killed.
  if (kind === 'sub') return { text: `reply to ${prompt.slice(0, 5)}`, latencyMs: prompt.startsWith('Second') ? 6000 : 0 };
  const question = body.messages[1]?.content ?? '';
  const cells = question.includes('Bad child') ? BAD : question.includes('Good child') ? GOOD : ROOT;
  return cellReply(cells[turn] ?? 'FINAL("too many turns")');
};

test('a child whose cell never ends costs parent and sibling nothing, and nothing is asked twice', async ({ app, page, serveModel }) => {
  // The limit is in no dialog: it is kept with the other settings.
  await page.addInitScript(() =>
    localStorage.setItem('matryoshka.preferences', JSON.stringify({ run: { cellCpuSeconds: 2 } })),
  );
  await page.reload();
  await app.status.waitFor();
  const server = await serveModel({ script });
  const models = { rootModel: 'root', subModel: 'sub' };
  await app.configure({ provider: 'OpenAI-compatible', baseUrl: server.url, ...models, maxDepth: 2 });
  await app.chooseFiles(file('plain.txt', haystack(5000)));
  await expect(app.document('plain.txt')).toBeVisible();
  expect(await app.askAndFinish('What do the children say?')).toMatch(/^Answered/);

  const log = (await app.trajectory()).trim().split('\n').slice(1).map((line) => JSON.parse(line) as TrajectoryEvent);
  const ends = log.flatMap((event) => (event.type === 'cell.finished' ? [event] : []));
  expect(ends.filter(({ lost }) => lost).map(({ cell }) => cell)).toEqual(['0.2:2']);
  expect(ends.filter(({ ok }) => !ok).map(({ cell }) => cell)).toEqual(['0.2:2']);
  const printed = log.flatMap((event) => (event.type === 'cell.printed' && event.cell === '0:1' ? [event.text] : []));
  const begun = printed.join('').trim().split(' ').at(-1);
  const answer = log.flatMap((event) => (event.type === 'run.finished' ? [event.answer] : []));
  expect(answer).toEqual([
    `reply to First; ${begun}; bad: 2000 undefined; good: reply to Seconreply to Third2000`,
  ]);
  // Root, bad child and good child took three, three and two turns; the three sub-calls once each.
  expect(server.stats()).toMatchObject({ root: 8, sub: 3, aborted: 0 });
  expect(server.requests.flatMap(({ call }) => (call ? [call.attempt] : []))).toEqual(Array.from({ length: 11 }, () => 1));
});
