import { startBalancer } from './model-server/balancer.ts';
import { createCertificate } from './model-server/certificate.ts';
import { cellReply, scriptOf } from './model-server/script.ts';
import { ensureBrowser, launchOptions } from './browser.ts';
import { expect, test } from './test.ts';
import { file, haystack } from './texts.ts';

const options = launchOptions(ensureBrowser());
test.use({ launchOptions: { ...options, args: [...(options.args ?? []), '--ignore-certificate-errors'] } });

const CALLS = 120;
const PARALLEL = 40;
/** The reply with which the first backend dies. */
const DIES_AT = 45;

test('a run over HTTP/2 goes on when one of three backends dies in the middle, and every reply is its own', async ({
  app,
  serveModel,
  guard,
}) => {
  guard.allow(/502|ERR_HTTP2|ERR_INCOMPLETE|Failed to load resource/);
  const script = scriptOf({
    root: [
      cellReply(`const replies = await llm_query_batched(Array.from({ length: ${CALLS} }, (_, n) => 'Part ' + n + ':'));
const wrong = replies.filter((reply, n) => reply !== 'This is the reply to part ' + n + '.');
print(replies.length, wrong.length, wrong.map(String).slice(0, 3));
FINAL(wrong.length + ' of ' + replies.length + ' are wrong');`),
    ],
    sub: ({ prompt }) => {
      const part = /^Part (\d+):/.exec(prompt)?.[1] ?? '?';
      return { text: `This is the reply to part ${part}.`, latencyMs: 100, chunkChars: 8, chunkDelayMs: 20 };
    },
  });
  const seen: string[] = [];
  let begun = 0;
  let die: () => void = () => {};
  const counted: typeof script = (call) => {
    if (call.kind === 'sub') {
      begun++;
      seen.push(call.prompt);
      if (begun === DIES_AT) die();
    }
    return script(call);
  };
  const backends = await Promise.all([1, 2, 3].map(() => serveModel({ script: counted, keepBodies: false })));
  const [first] = backends;
  // Some of its requests have no byte of their reply then, and some are in the middle of it.
  die = () => setTimeout(() => void first?.close(), 130);
  const balancer = await startBalancer(
    backends.map(({ port }) => port),
    await createCertificate(),
  );
  guard.allowOrigin(balancer.url);
  try {
    await app.configure({
      provider: 'OpenAI-compatible',
      baseUrl: balancer.url,
      key: 'sk-of-nobody-in-particular',
      rootModel: 'root-model',
      subModel: 'sub-model',
      parallelSubCalls: PARALLEL,
    });
    await app.chooseFiles(file('letters.txt', haystack(5_000)));
    expect(await app.askAndFinish('Which parts are there?')).toMatch(/^Answered/);
    await expect(app.answer).toContainText(`0 of ${CALLS} are wrong`);
  } finally {
    await balancer.close();
  }

  interface Line {
    readonly type?: string;
    readonly call?: string;
    readonly reason?: string;
  }
  const log = (await app.trajectory()).trim().split('\n').map((line) => JSON.parse(line) as Line);
  const ofType = (type: string) => log.filter((line) => line.type === type);
  const finished = ofType('call.finished').map(({ call }) => call);
  expect(finished).toHaveLength(CALLS + 1);
  expect(new Set(finished).size).toBe(CALLS + 1);
  expect(ofType('query.answered')).toHaveLength(CALLS);
  expect(ofType('call.failed')).toEqual([]);
  expect(ofType('run.paused')).toEqual([]);

  // What died with the backend was asked again, and is in the log; nothing else was.
  const retried = ofType('call.retried').length;
  expect(retried).toBeGreaterThan(0);
  // Some had their last word already when the connection broke: they were not asked again.
  const saved = balancer.lost() - retried;
  expect(saved).toBeGreaterThanOrEqual(0);
  expect(new Set(seen).size).toBe(CALLS);
  // Some died on their way to the backend, before it had read them.
  expect(seen.length).toBeGreaterThan(CALLS);
  expect(seen.length).toBeLessThanOrEqual(CALLS + balancer.lost());
  expect(balancer.movedOn()).toBeGreaterThan(0);

  const [dead = 0, ...alive] = backends.map(({ port }) => balancer.answered.get(port) ?? 0);
  expect(dead + alive.reduce((sum, each) => sum + each, 0)).toBe(CALLS + 1 - saved);
  for (const each of alive) expect(each).toBeGreaterThan(dead);
});
