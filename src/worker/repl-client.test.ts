import { afterEach, describe, expect, it } from 'vitest';
import { ReplError } from '../repl/port.ts';
import { serveRepl } from './host/repl-host.ts';
import { createWorkerRepl } from './repl-client.ts';
import type { Cell, GuestQuery, QueryReply, ReplHost, ReplOptions } from '../repl/port.ts';
import type { Channel } from './rpc.ts';
import type { WorkerRepl } from './repl-client.ts';

const BUDGET = { calls: 5, tokens: null, usd: 1, turns: 2, seconds: 9 };
const OPTIONS: ReplOptions = {
  context: { kind: 'texts', single: true, texts: [{ name: 'c', text: 'context text' }] },
  memoryBytes: 2 ** 27,
};
const signal = new AbortController().signal;
const cell = (code: string, cpuMs = 2000): Cell => ({ code, cpuMs, budget: BUDGET });

/** A worker in this thread, over a channel that copies messages like a real one. */
function fakeWorker(serve: (channel: Channel) => void, log: string[]): Worker {
  const { port1, port2 } = new MessageChannel();
  serve(port2);
  port2.start();
  port1.start();
  log.push('spawned');
  return Object.assign(port1, {
    terminate() {
      log.push('terminated');
      port1.close();
      port2.close();
    },
  }) as unknown as Worker;
}

/** A worker that opens sessions and then never says a word about a cell. */
function deaf(channel: Channel) {
  channel.addEventListener('message', ({ data }) => {
    const { id, method } = data as { id: number; method: string };
    const result = method === 'open' ? { session: 0, documents: [], single: true } : null;
    if (method !== 'run') channel.postMessage({ rpc: 'answer', id, ok: true, result });
  });
}

const made: WorkerRepl[] = [];
afterEach(() => made.splice(0).forEach((repl) => repl.dispose()));

function setUp(serve: (channel: Channel) => void = (channel) => serveRepl(channel, null)) {
  const log: string[] = [];
  const repl = createWorkerRepl({ spawn: () => fakeWorker(serve, log), documents: [] });
  made.push(repl);
  return { repl, log };
}

function hostThat(answer: (query: GuestQuery) => Promise<QueryReply> | QueryReply) {
  const heard: string[] = [];
  const host: ReplHost = {
    print: (text) => void heard.push(text),
    async query(query) {
      heard.push(`? ${query.kind === 'llm' ? query.prompt : query.question}`);
      return answer(query);
    },
  };
  return { host, heard };
}

const reply = (text: string): QueryReply => ({ ok: true, text, budget: BUDGET });

describe('a REPL in a worker', () => {
  it('runs cells, with output before the queries that follow it', async () => {
    const { repl, log } = setUp();
    expect(log).toEqual([]);
    const session = await repl.open(OPTIONS, signal);
    expect(session).toMatchObject({ single: true, documents: [{ name: 'c', chars: 12, lines: 1 }] });
    const { host, heard } = hostThat(() => reply('R'));
    const outcome = await session.run(
      cell('print(1); print(context); const r = await llm_query("q"); print(r); FINAL(budget().calls)'),
      host,
      signal,
    );
    expect(heard).toEqual(['1\ncontext text\n', '? q', 'R\n']);
    expect(outcome).toMatchObject({ ok: true, final: { text: '5' }, variables: [{ name: 'r' }] });
    expect((await session.run(cell('r'), host, signal)).ok).toBe(true);
    expect(log).toEqual(['spawned']);
  });

  it('has all queries of Promise.all in flight at once', async () => {
    const { repl } = setUp();
    const session = await repl.open(OPTIONS, signal);
    let inFlight = 0;
    let most = 0;
    const { host } = hostThat(async () => {
      most = Math.max(most, ++inFlight);
      await new Promise((resolve) => setTimeout(resolve, 5));
      inFlight -= 1;
      return reply('x');
    });
    await session.run(cell('await llm_query_batched(Array.from({ length: 50 }, (_, i) => "p" + i))'), host, signal);
    expect(most).toBe(50);
  });

  it('runs a child session while its parent waits', async () => {
    const { repl } = setUp();
    const parent = await repl.open(OPTIONS, signal);
    const { host } = hostThat(async (query) => {
      if (query.kind !== 'rlm' || !query.context) throw new Error('not asked');
      const child = await repl.open({ ...OPTIONS, context: query.context }, signal);
      const outcome = await child.run(cell('FINAL(context.toUpperCase())'), hostThat(() => reply('')).host, signal);
      child.close();
      return reply(outcome.final?.text ?? '');
    });
    const outcome = await parent.run(cell('FINAL(await rlm_query("q", "part of it"))'), host, signal);
    expect(outcome.final?.text).toBe('PART OF IT');
  });

  it('shows output of long-running code as it comes', async () => {
    const { repl } = setUp();
    const session = await repl.open(OPTIONS, signal);
    const { host, heard } = hostThat(() => reply(''));
    await session.run(cell('for (let i = 0; i < 3; i++) print("x".repeat(70_000))'), host, signal);
    expect(heard.length).toBeGreaterThanOrEqual(3);
    expect(heard.join('').length).toBe(210_003);
  });

  it('says what a ReplError of the other side says', async () => {
    const { repl } = setUp();
    await expect(
      repl.open({ ...OPTIONS, context: { kind: 'documents', ids: ['none'] } }, signal),
    ).rejects.toThrow(new ReplError('There is no document none to load.'));
  });

  it('is killed when a cell is silent past its CPU limit; the next open starts another', async () => {
    const { repl, log } = setUp(deaf);
    const session = await repl.open(OPTIONS, signal);
    const other = await repl.open(OPTIONS, signal);
    const start = performance.now();
    await expect(session.run(cell('x', 100), hostThat(() => reply('')).host, signal)).rejects.toThrow(/CPU limit/);
    expect(performance.now() - start).toBeGreaterThan(2000);
    expect(performance.now() - start).toBeLessThan(3000);
    await expect(other.run(cell('x'), hostThat(() => reply('')).host, signal)).rejects.toThrow(ReplError);
    expect(log).toEqual(['spawned', 'terminated']);
    await repl.open(OPTIONS, signal);
    expect(log).toEqual(['spawned', 'terminated', 'spawned']);
  });

  it('is killed as soon for a short cell that follows one which was allowed more', async () => {
    let cells = 0;
    const { repl, log } = setUp((channel) => {
      deaf(channel);
      channel.addEventListener('message', ({ data }) => {
        const { id, method } = data as { id: number; method: string };
        if (method === 'run' && cells++ === 0) channel.postMessage({ rpc: 'answer', id, ok: true, result: {} });
      });
    });
    const session = await repl.open(OPTIONS, signal);
    const { host } = hostThat(() => reply(''));
    await session.run(cell('x', 60_000), host, signal);
    await expect(session.run(cell('x', 100), host, signal)).rejects.toThrow(/CPU limit/);
    expect(log).toEqual(['spawned', 'terminated']);
  });

  it('is not killed while models are waited for', async () => {
    const { repl, log } = setUp();
    const session = await repl.open(OPTIONS, signal);
    const { host } = hostThat(async () => {
      await new Promise((resolve) => setTimeout(resolve, 2600));
      return reply('late');
    });
    expect((await session.run(cell('await llm_query("q")', 200), host, signal)).ok).toBe(true);
    expect(log).toEqual(['spawned']);
  }, 10_000);

  it('on abort in guest code is killed, and rejects with the reason', async () => {
    const { repl, log } = setUp(deaf);
    const session = await repl.open(OPTIONS, signal);
    const abort = new AbortController();
    const running = session.run(cell('x'), hostThat(() => reply('')).host, abort.signal);
    setTimeout(() => abort.abort(new Error('stopped')), 20);
    await expect(running).rejects.toThrow('stopped');
    expect(log).toEqual(['spawned', 'terminated']);
  });

  it('on abort of a cell that waits loses that session only', async () => {
    const { repl, log } = setUp();
    const [one, two] = await Promise.all([repl.open(OPTIONS, signal), repl.open(OPTIONS, signal)]);
    const abort = new AbortController();
    const { host } = hostThat(() => new Promise<QueryReply>(() => {}));
    const running = one.run(cell('await llm_query("q")'), host, abort.signal);
    setTimeout(() => abort.abort(new Error('stopped')), 50);
    await expect(running).rejects.toThrow('stopped');
    await expect(one.run(cell('1'), host, signal)).rejects.toThrow(ReplError);
    expect((await two.run(cell('1'), host, signal)).ok).toBe(true);
    expect(log).toEqual(['spawned']);
  });
});
