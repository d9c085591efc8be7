import { afterEach, describe, expect, it } from 'vitest';
import { ReplError } from '../repl/port.ts';
import { serveRepl } from './host/repl-host.ts';
import { createWorkerRepl } from './repl-client.ts';
import type { Cell, GuestQuery, QueryReply, ReplHost, ReplOptions } from '../repl/port.ts';
import type { Channel } from './rpc.ts';
import type { WorkerRepl } from './repl-client.ts';
import type { ProgressNotice, RepliesNotice } from './repl-protocol.ts';

const BUDGET = { calls: 5, tokens: null, usd: 1, turns: 2, seconds: 9 };
const OPTIONS: ReplOptions = {
  context: { kind: 'texts', single: true, texts: [{ name: 'c', text: 'context text' }] },
  memoryBytes: 2 ** 27,
};
const signal = new AbortController().signal;
const cell = (code: string, cpuMs = 2000): Cell => ({ code, cpuMs, budget: BUDGET, now: 0, seed: 0 });

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

interface Request {
  readonly id: number;
  readonly method: string;
  readonly params: { readonly session: number; readonly cell: Cell };
}

/** A worker that opens sessions and then never says a word about a cell, but for what `say` says. */
function deaf(channel: Channel, say: (request: Request) => readonly unknown[] = () => []) {
  let sessions = 0;
  channel.addEventListener('message', ({ data }) => {
    const request = data as Request;
    const { id, method } = request;
    const result = method === 'open' ? { session: sessions++, documents: [], single: true } : null;
    if (method === 'run') for (const message of say(request)) channel.postMessage(message);
    else if (method) channel.postMessage({ rpc: 'answer', id, ok: true, result });
  });
}

const progress = (session: number, more: Partial<ProgressNotice>) => ({
  rpc: 'notice',
  notice: { session, events: [], cpuMs: 0, replies: 0, waiting: false, ...more } satisfies ProgressNotice,
});
/** It asks a question, and waits for the reply. */
const asks = (session: number) =>
  progress(session, {
    waiting: true,
    events: [{ kind: 'asked', query: 0, ask: { kind: 'llm', prompt: 'q', model: null, line: 1, batch: null } }],
  });
const forever = () => new Promise<QueryReply>(() => {});
const faultOf = (running: Promise<unknown>) =>
  running.then(
    () => 'none',
    (error: unknown) => (error instanceof ReplError ? error.fault : String(error)),
  );

const made: WorkerRepl[] = [];
afterEach(() => made.splice(0).forEach((repl) => repl.dispose()));

function setUp(serve: (channel: Channel, workers: number) => void = (channel) => serveRepl(channel)) {
  const log: string[] = [];
  let workers = 0;
  const repl = createWorkerRepl({ spawn: () => fakeWorker((channel) => serve(channel, workers++), log), documents: [] });
  made.push(repl);
  return { repl, log };
}

function hostThat(answer: (query: GuestQuery) => Promise<QueryReply> | QueryReply) {
  const heard: string[] = [];
  const host: ReplHost = {
    print(text) {
      // Output comes in as many pieces as the machine is slow.
      const last = heard.at(-1);
      if (last === undefined || last.startsWith('? ')) heard.push(text);
      else heard[heard.length - 1] = last + text;
    },
    async query(query) {
      heard.push(`? ${query.kind === 'llm' ? query.prompt : query.question}`);
      return answer(query);
    },
  };
  return { host, heard };
}

const reply = (text: string): QueryReply => ({ ok: true, text, budget: BUDGET, now: 0 });

describe('replies to a fan-out', () => {
  it('go together where they come close on each other, in their order, and the guest says once that it waits', async () => {
    const received: string[][] = [];
    let waits = 0;
    const { repl } = setUp((channel) => {
      channel.addEventListener('message', ({ data }) => {
        const { rpc, notice } = data as { rpc: string; notice: RepliesNotice };
        if (rpc === 'notice') received.push(notice.map(({ reply: { ok, ...rest } }) => (ok && 'text' in rest ? rest.text : '')));
      });
      serveRepl({
        addEventListener: (...args) => channel.addEventListener(...args),
        postMessage(message) {
          if ((message as { notice?: ProgressNotice }).notice?.waiting) waits++;
          channel.postMessage(message);
        },
      });
    });
    const session = await repl.open(OPTIONS, signal);
    let asked = 0;
    const { host } = hostThat(() => reply(`R${asked++}`));
    const code = 'const all = await llm_query_batched(Array.from({ length: 50 }, (_, n) => "p" + n)); FINAL(all.join(" "))';
    const { final } = await session.run(cell(code), host, signal);
    const texts = Array.from({ length: 50 }, (_, n) => `R${n}`);
    expect(final?.text).toBe(texts.join(' '));
    expect(received.flat()).toEqual(texts);
    expect(received.length).toBeLessThan(25);
    expect(waits).toBeLessThan(25);
  });
});

describe('a REPL in a worker', () => {
  it('remembers a question and its answer between two runs, of 10 MB too', async () => {
    const { repl } = setUp();
    const session = await repl.open(OPTIONS, signal);
    const { host, heard } = hostThat(() => reply('R'));
    const answer = '中a'.repeat(2_500_000);
    expect((await session.run(cell('kept = 1; FINAL({ a: [1] })'), host, signal)).final).toEqual({
      via: 'FINAL',
      text: '{\n  "a": [\n    1\n  ]\n}',
      format: 'json',
    });
    await session.remember({ question: 'One?', answer });
    const next = await session.run(cell('print(kept, history.length, history[0].answer.length, answer.ready)'), host, signal);
    expect(next).toMatchObject({ ok: true, final: null });
    expect(heard).toEqual(['1 1 5000000 false\n']);
    const whole = await session.run(cell('FINAL(history[0].answer)', 20_000), host, signal);
    expect(whole.final).toEqual({ via: 'FINAL', text: answer, format: 'text' });
  });

  it('hands over 100,000 rows as one JSON', { timeout: 60_000 }, async () => {
    const { repl } = setUp();
    const session = await repl.open({ ...OPTIONS, memoryBytes: 2 ** 30 }, signal);
    const rows = 'Array.from({ length: 100_000 }, (_, id) => ({ id, name: `row ${id}`, text: "x".repeat(60) }))';
    const { final } = await session.run(cell(`FINAL(${rows})`, 60_000), hostThat(() => reply('R')).host, signal);
    expect(final?.format).toBe('json');
    expect(final?.text.length).toBeGreaterThan(10_000_000);
    expect(JSON.parse(final?.text ?? '')).toHaveLength(100_000);
  });

  it('searches where it was opened so, and there alone', async () => {
    const { repl } = setUp();
    const { host, heard } = hostThat(() => reply('R'));
    for (const search of [true, false]) {
      const session = await repl.open({ ...OPTIONS, search }, signal);
      await session.run(cell('print(typeof search === "function" ? search("TEXT") : "none")'), host, signal);
    }
    expect(heard.join('')).toMatch(/^1\. c, line 1 \(score [\d.]+\)\ncontext text\nnone\n$/);
  });

  it('that is gone, or whose last cell spoiled it, remembers nothing and says so', async () => {
    const { repl } = setUp();
    const exchange = { question: 'q', answer: 'a' };
    const spoiled = await repl.open(OPTIONS, signal);
    await spoiled.run(cell('Object.freeze(globalThis); FINAL("done")'), hostThat(() => reply('R')).host, signal);
    expect(await faultOf(spoiled.remember(exchange))).toBe('this');
    const closed = await repl.open(OPTIONS, signal);
    closed.close();
    expect(await faultOf(closed.remember(exchange))).toBe('this');
    const ended = await repl.open(OPTIONS, signal);
    repl.dispose();
    expect(await faultOf(ended.remember(exchange))).toBe('this');
  });

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
    const heard: string[] = [];
    const host: ReplHost = { print: (text) => void heard.push(text), query: async () => reply('') };
    await session.run(cell('for (let i = 0; i < 3; i++) print("x".repeat(60_000)), print("x".repeat(60_000))'), host, signal);
    expect(heard.length).toBeGreaterThanOrEqual(3);
    expect(heard.join('').length).toBe(360_006);
  });

  it('says what a ReplError of the other side says', async () => {
    const { repl } = setUp();
    await expect(
      repl.open({ ...OPTIONS, context: { kind: 'documents', ids: ['none'] } }, signal),
    ).rejects.toThrow(new ReplError('There is no document none to load.'));
  });

  it('is killed when a cell is silent past its CPU limit; another is ready for the next open', async () => {
    const { repl, log } = setUp((channel) => deaf(channel));
    const session = await repl.open(OPTIONS, signal);
    const other = await repl.open(OPTIONS, signal);
    const start = performance.now();
    await expect(session.run(cell('x', 100), hostThat(() => reply('')).host, signal)).rejects.toThrow(/CPU limit/);
    expect(performance.now() - start).toBeGreaterThan(2000);
    expect(performance.now() - start).toBeLessThan(3000);
    await expect(other.run(cell('x'), hostThat(() => reply('')).host, signal)).rejects.toThrow(ReplError);
    expect(log).toEqual(['spawned', 'spawned', 'terminated']);
    await repl.open(OPTIONS, signal);
    await repl.open(OPTIONS, signal);
    expect(log).toEqual(['spawned', 'spawned', 'terminated']);
  });

  it('has its first session open when it takes the place of one that was killed', async () => {
    const opened: string[] = [];
    const { repl } = setUp((channel, workers) => {
      deaf(channel);
      channel.addEventListener('message', ({ data }) => {
        if ((data as Request).method === 'open') opened.push(`worker ${workers}`);
      });
    });
    const session = await repl.open(OPTIONS, signal);
    await expect(session.run(cell('x', 0), hostThat(() => reply('')).host, signal)).rejects.toThrow(/CPU limit/);
    expect(opened).toEqual(['worker 0', 'worker 1']);
    await repl.open(OPTIONS, signal);
    expect(opened).toEqual(['worker 0', 'worker 1']);
    await repl.open({ ...OPTIONS, memoryBytes: 2 ** 26 }, signal);
    expect(opened).toEqual(['worker 0', 'worker 1', 'worker 1']);
  });

  it('stays when a suspicious cell ends after all, and the one in reserve goes', async () => {
    const { repl, log } = setUp((channel) => {
      deaf(channel);
      channel.addEventListener('message', ({ data }) => {
        const { id, method } = data as Request;
        if (method === 'run') setTimeout(() => channel.postMessage({ rpc: 'answer', id, ok: true, result: {} }), 1500);
      });
    });
    const session = await repl.open(OPTIONS, signal);
    const { host } = hostThat(() => reply(''));
    await session.run(cell('x', 0), host, signal);
    expect(log).toEqual(['spawned', 'spawned', 'terminated']);
    await session.run(cell('x', 60_000), host, signal);
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
    expect(log).toEqual(['spawned', 'spawned', 'terminated']);
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
    const { repl, log } = setUp((channel) => deaf(channel));
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

describe('a REPL worker that is lost', () => {
  it('is the fault of the session that was silent, not of those that wait or are idle', async () => {
    const { repl, log } = setUp((channel) =>
      deaf(channel, ({ params: { session } }) => (session === 0 ? [asks(0)] : [])),
    );
    const [parent, child, idle] = [await repl.open(OPTIONS, signal), await repl.open(OPTIONS, signal), await repl.open(OPTIONS, signal)];
    const waits = faultOf(parent.run(cell('x', 100), hostThat(forever).host, signal));
    const silent = faultOf(child.run(cell('x', 100), hostThat(forever).host, signal));
    expect([await waits, await silent]).toEqual(['other', 'this']);
    expect(await faultOf(idle.run(cell('x'), hostThat(forever).host, signal))).toBe('other');
    expect(await faultOf(child.run(cell('x'), hostThat(forever).host, signal))).toBe('this');
    expect(log).toEqual(['spawned', 'spawned', 'terminated']);
  }, 10_000);

  it('is the fault of what was sent first, where several may run', async () => {
    const { repl } = setUp((channel) => deaf(channel));
    const [first, second] = [await repl.open(OPTIONS, signal), await repl.open(OPTIONS, signal)];
    const one = faultOf(first.run(cell('x', 100), hostThat(forever).host, signal));
    const two = faultOf(second.run(cell('x', 100), hostThat(forever).host, signal));
    expect([await one, await two]).toEqual(['this', 'other']);
  }, 10_000);

  it('by an abort is nobody else’s fault, and an open that it took along is made again', async () => {
    const { repl, log } = setUp((channel, workers) =>
      workers === 0
        ? deaf(channel, ({ params: { session } }) => (session === 0 ? [asks(0)] : []))
        : serveRepl(channel),
    );
    const [waiting, busy] = [await repl.open(OPTIONS, signal), await repl.open(OPTIONS, signal)];
    const waits = faultOf(waiting.run(cell('x'), hostThat(forever).host, signal));
    const abort = new AbortController();
    const runs = faultOf(busy.run(cell('x'), hostThat(forever).host, abort.signal));
    // Its request reaches a worker that is ended before it answers.
    const opening = Promise.all([repl.open(OPTIONS, signal), repl.open(OPTIONS, signal)]);
    abort.abort('stopped');
    expect([await waits, await runs]).toEqual(['other', 'stopped']);
    for (const session of await opening) {
      expect(await session.run(cell('1'), hostThat(forever).host, signal)).toMatchObject({ ok: true });
    }
    expect(log).toEqual(['spawned', 'terminated', 'spawned']);
  });

  it('is not lost by the abort of a cell that waits while another runs', async () => {
    const { repl, log } = setUp((channel) =>
      deaf(channel, ({ id, params: { session } }) =>
        session === 0 ? [asks(0)] : [{ rpc: 'answer', id, ok: true, result: {} }],
      ),
    );
    const [waiting, other] = [await repl.open(OPTIONS, signal), await repl.open(OPTIONS, signal)];
    const abort = new AbortController();
    const waits = faultOf(waiting.run(cell('x'), hostThat(forever).host, abort.signal));
    await new Promise((resolve) => setTimeout(resolve, 20));
    const runs = other.run(cell('x'), hostThat(forever).host, signal);
    abort.abort('stopped');
    expect(await waits).toBe('stopped');
    await runs;
    expect(log).toEqual(['spawned']);
  });

  it('is left alone while it says that it searches', async () => {
    let cells = 0;
    const { repl, log } = setUp((channel) =>
      deaf(channel, ({ id, params: { session } }) => {
        cells += 1;
        for (let i = 1; i <= 6; i++) setTimeout(() => channel.postMessage(progress(session, { cpuMs: 10 })), i * 500);
        setTimeout(() => channel.postMessage({ rpc: 'answer', id, ok: true, result: {} }), 3300);
        return [];
      }),
    );
    const session = await repl.open(OPTIONS, signal);
    await session.run(cell('x', 100), hostThat(forever).host, signal);
    expect(cells).toBe(1);
    expect(log).toEqual(['spawned']);
  }, 10_000);
});
