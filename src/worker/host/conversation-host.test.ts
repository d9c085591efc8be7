import { expect, it, vi } from 'vitest';
import type { SourceDocument } from '../../documents/document.ts';
import { faultsOfLog } from '../../engine/testing/check-log.ts';
import { createOneWorkerRepl, KILL } from '../../engine/testing/one-worker.ts';
import { cell } from '../../engine/testing/run-script.ts';
import type { ModelRequest } from '../../models/port.ts';
import { createLocalRepl } from '../../repl/local-repl.ts';
import type { TrajectoryEvent } from '../../trajectory/events.ts';
import { DEFAULT_SETTINGS } from '../../trajectory/settings.ts';
import type { EngineMethods, EngineNotice, StartRun, SteerCommand } from '../protocol.ts';
import { connect, type Channel } from '../rpc.ts';
import { serveEngine } from './engine-host.ts';
import { createClock } from './real-clock.ts';

/** Two ends of a wire. */
function wire(): [Channel, Channel] {
  const listeners: ((event: MessageEvent) => void)[][] = [[], []];
  const end = (mine: number): Channel => ({
    postMessage(data) {
      queueMicrotask(() => {
        for (const listener of listeners[1 - mine] ?? []) listener({ data } as MessageEvent);
      });
    },
    addEventListener: (_, listener) => void listeners[mine]?.push(listener),
  });
  return [end(0), end(1)];
}

function document(id: string, text: string): SourceDocument {
  const blob = new Blob([text]);
  const info = { id, name: `${id}.txt`, kind: 'text', chars: text.length, lines: 1, bytes: blob.size, sha256: id };
  return { info, text: { blob, encoding: 'utf-8', skip: 0, index: null }, notice: null };
}

const NEVER = Symbol('no reply');

/** A page's visit: an engine whose model gives `replies` one after the other, over real REPLs. */
function visit(...replies: (string | typeof NEVER)[]) {
  const asked: ModelRequest[] = [];
  const repls = { made: 0, disposed: 0, opened: 0, alive: 0 };
  const logs = new Map<string, TrajectoryEvent[]>();
  const [page, worker] = wire();
  serveEngine(worker, {
    keys: { loadKey: async () => null, saveKey: async () => {}, forgetKey: async () => {}, forgetKeys: async () => {} },
    createModel: async () => ({
      model: {
        async complete(request, on) {
          asked.push(request);
          const text = replies.shift() ?? 'The script is used up.';
          if (text === NEVER) return new Promise<never>(() => {});
          on.text(text);
          const usage = { input: 1, cachedInput: 0, output: 1, reasoning: 0 };
          return { text, reasoning: '', usage, costUsd: 0, finishReason: 'stop' };
        },
      },
      price: () => 0,
      windowTokens: () => null,
    }),
    createRepl(documents) {
      repls.made++;
      repls.alive++;
      const inner = createOneWorkerRepl(createLocalRepl({ documents }));
      return {
        open: (options, signal) => {
          repls.opened++;
          return inner.open(options, signal);
        },
        dispose() {
          repls.disposed++;
          repls.alive--;
        },
      };
    },
    checkConnection: async () => ({ ok: false, message: 'No.' }),
    createClock,
  });
  const client = connect<EngineMethods, never, EngineNotice>(page);
  client.onNotice((notice) => {
    if (notice.kind !== 'events') return;
    logs.set(notice.run, [...(logs.get(notice.run) ?? []), ...notice.batch]);
  });
  const until = <T>(run: string, find: (events: readonly TrajectoryEvent[]) => T | undefined) =>
    vi.waitFor(
      () => {
        const found = find(logs.get(run) ?? []);
        if (found === undefined) throw new Error('not yet');
        return found;
      },
      { timeout: 60_000 },
    );
  const ended = (run: string) => until(run, (events) => events.find((event) => event.type === 'run.finished'));
  const start = (run: string, question: string, more: Partial<StartRun> = {}) => {
    logs.set(run, [...(more.past ?? [])] as TrajectoryEvent[]);
    return client.request('start', { run, question, method: 'rlm', settings: DEFAULT_SETTINGS, documents: [document('a', 'alpha')], ...more });
  };
  const ask = async (...asking: Parameters<typeof start>) => {
    await start(...asking);
    const end = await ended(asking[0]);
    expect(faultsOfLog(logs.get(asking[0]) ?? [])).toEqual([]);
    return end;
  };
  const log = (run: string) => ({ run, log: logs.get(run) ?? [] });
  return { client, asked, repls, start, ask, until, ended, log };
}

const ONE = [cell('let count = context.length; class Box { #n = 1; next() { return this.#n++; } }\nconst box = new Box(); box.next()'), cell('FINAL(count)')];
const TWO = cell('count += box.next(); FINAL([count, history.length, history[0].question, history[0].answer].join())');

it('a follow-up reads the variables of the run before, in the REPL that it left', async () => {
  const { ask, log, repls } = visit(...ONE, TWO, cell('FINAL(box.next() + ":" + count + ":" + history[1].answer)'));
  await ask('r1', 'One?');
  expect(await ask('r2', 'Two?', { before: [log('r1')] })).toMatchObject({ outcome: 'answered', answer: '7,1,One?,5' });
  expect(await ask('r3', 'Three?', { before: [log('r1'), log('r2')] })).toMatchObject({ answer: '3:7:7,1,One?,5' });
  expect(repls).toEqual({ made: 1, disposed: 0, opened: 1, alive: 1 });
});

it('after a crash in the middle, and after a reload, it is made again from the logs', async () => {
  const { ask, log, repls, asked } = visit(...ONE, cell(`print("${KILL}")`), TWO);
  await ask('r1', 'One?');
  expect(await ask('r2', 'Two?', { before: [log('r1')] })).toMatchObject({ answer: '7,1,One?,5' });
  expect(repls).toMatchObject({ made: 1, opened: 2 });
  expect(asked).toHaveLength(4);

  const reloaded = visit(TWO);
  expect(await reloaded.ask('r4', 'Four?', { before: [log('r1')] })).toMatchObject({ answer: '7,1,One?,5' });
  expect(reloaded.asked).toHaveLength(1);
});

it('keeps one REPL, and none for a run that does not follow the last', async () => {
  const { ask, log, repls, asked } = visit(...ONE, ...ONE, cell('FINAL("There is no " + typeof count)'), cell('FINAL("There is no " + typeof count)'), TWO);
  await ask('r1', 'One?');
  await ask('r2', 'Another?');
  expect(repls).toMatchObject({ made: 2, alive: 1 });
  // On other documents there is only the history.
  const other = { documents: [document('b', 'beta')], before: [log('r2')] };
  expect(await ask('r3', 'Three?', other)).toMatchObject({ answer: 'There is no undefined' });
  expect(await ask('r4', 'Four?')).toMatchObject({ answer: 'There is no undefined' });
  expect(repls).toMatchObject({ made: 4, alive: 1 });
  // Of an earlier run than the last it is made again.
  expect(await ask('r5', 'Five?', { before: [log('r1')] })).toMatchObject({ answer: '7,1,One?,5' });
  expect(repls).toMatchObject({ made: 5, alive: 1 });
  expect(asked).toHaveLength(7);
});

it('keeps none in which a cell was cut off', async () => {
  const { client, start, ended, repls, until } = visit(cell('await llm_query("a")'), NEVER);
  await start('r1', 'One?');
  await until('r1', (events) => events.find((event) => event.type === 'call.sent' && event.call === '0.1'));
  await client.request('stop', { run: 'r1' });
  await ended('r1');
  await vi.waitFor(() => expect(repls.alive).toBe(0));
});

it('goes on with an unfinished follow-up after a reload', async () => {
  const { ask, log } = visit(...ONE, cell('count *= 10'), TWO);
  await ask('r1', 'One?');
  const before = [log('r1')];
  await ask('r2', 'Two?', { before });
  const cut = log('r2').log.findIndex((event) => event.type === 'turn.started' && event.turn === 2);
  const later = visit(TWO);
  const past = log('r2').log.slice(0, cut);
  expect(await later.ask('r2', 'Two?', { before, past })).toMatchObject({ answer: '52,1,One?,5' });
  expect(later.asked).toHaveLength(1);
});

it('takes what the person does to the run that it is meant for', async () => {
  const { client, start, until, ended } = visit();
  const steer = (command: SteerCommand, run = 'r1') => client.request('steer', { run, command });
  const reply = async (turn: number, code: string) => {
    await until('r1', (events) => events.filter(({ type }) => type === 'call.sent')[turn - 1]);
    await client.request('reply', { run: 'r1', text: cell(code) });
  };
  const pauses = (count: number) => until('r1', (events) => events.filter(({ type }) => type === 'run.paused')[count - 1]);
  await start('r1', 'Q', { settings: { ...DEFAULT_SETTINGS, rootBy: 'person' } });
  await until('r1', (events) => events.find(({ type }) => type === 'call.sent'));
  await steer({ do: 'pause' });
  await steer({ do: 'go-on' }, 'r0');
  await reply(1, 'let x = 1');
  await pauses(1);
  await steer({ do: 'decline' });
  await steer({ do: 'step' });
  await reply(2, 'x = 3');
  await pauses(2);
  await steer({ do: 'step', code: 'x += 1' });
  await reply(3, 'FINAL(x)');
  await pauses(3);
  await steer({ do: 'go-on' });
  expect(await ended('r1')).toMatchObject({ outcome: 'answered', answer: '2' });
});

it('lets the person be the root, and the model what the root asks', async () => {
  const { client, start, until, ended, asked } = visit('<reply>');
  const waits = (turn: number) => until('r1', (events) => events.filter(({ type }) => type === 'call.sent')[turn - 1]);
  await start('r1', 'Q', { settings: { ...DEFAULT_SETTINGS, rootBy: 'person' } });
  await waits(1);
  await client.request('reply', { run: 'r0', text: 'nobody' });
  await client.request('reply', { run: 'r1', text: cell('const said = await llm_query("a"); print(said)') });
  await waits(3);
  await client.request('reply', { run: 'r1', text: cell('FINAL(said)') });
  expect(await ended('r1')).toMatchObject({ outcome: 'answered', answer: '<reply>' });
  expect(asked.map(({ messages }) => messages.at(-1)?.content)).toEqual(['a']);
});
