import { expect, it } from 'vitest';
import { ModelError } from '../models/port.ts';
import { ReplError, type Repl } from '../repl/port.ts';
import type { TrajectoryEvent } from '../trajectory/events.ts';
import { createOneWorkerRepl, KILL } from './testing/one-worker.ts';
import { cell, runScript, type ScriptedRun } from './testing/run-script.ts';
import { TEST_EPOCH } from './testing/test-clock.ts';

/** The log of a run up to and with the first event that `is` holds of. */
async function until(script: ScriptedRun, is: (event: TrajectoryEvent) => boolean) {
  const { events } = await runScript(script);
  const index = events.findIndex(is);
  if (index < 0) throw new Error('There is no such event.');
  return events.slice(0, index + 1);
}

const clocks: ScriptedRun = {
  rlm: {
    Q: [
      cell('began = NOW(); seed = SEED(); a = await llm_query("a"); after = NOW(); left = budget().calls'),
      cell('print("next")'),
      cell('FINAL([began, seed, after, left].join())'),
    ],
  },
  sub: (prompt) => prompt,
  latencyMs: 250,
};

it('gives a cell that runs again the time, the seed and the budget it had', async () => {
  const whole = await runScript(clocks);
  const seed = 2 ** 31;
  expect(whole.end.answer).toBe(`${TEST_EPOCH + 250},${seed},${TEST_EPOCH + 500},199`);
  expect(whole.of('cell.started')[0]).toMatchObject({ now: TEST_EPOCH + 250, seed, budget: { calls: 200 } });
  const past = whole.events.slice(0, whole.events.findIndex((event) => event.type === 'cell.started' && event.turn === 3));
  const rest = await runScript({ ...clocks, past });
  expect(rest.end.answer).toBe(whole.end.answer);
  expect(rest.repl.opened).toBe(1);
});

it('logs replies in the order in which the cell got them, with a text of their own only where it differs', async () => {
  const { of } = await runScript({
    rlm: {
      Q: [
        cell('await Promise.all(["slow", "bad", "quick"].map((q) => llm_query(q).catch(() => {}))); await llm_query("over").catch(() => {})'),
        cell('await rlm_query("C", "x").catch(() => {})'),
        cell('FINAL("plum")'),
      ],
    },
    sub: (prompt) => ({ text: prompt, latencyMs: prompt === 'slow' ? 50 : 5 }),
    settings: { maxSubCalls: 3 },
  });
  expect(of('query.answered')).toMatchObject([
    { cell: '0:1', query: 1, ok: true, call: '0.2' },
    { cell: '0:1', query: 2, ok: true, call: '0.3' },
    { cell: '0:1', query: 0, ok: true, call: '0.1' },
    { cell: '0:1', query: 3, ok: false, call: null, text: expect.stringContaining('limit of 3 sub-calls') },
    { cell: '0:2', query: 0, ok: false, call: null },
  ]);
  expect(of('query.answered').slice(0, 3).every((event) => event.text === undefined)).toBe(true);
  expect(of('call.started').map(({ query }) => query)).toEqual([undefined, 0, 1, 2]);
});

it('stops a cell that met the CPU limit where it was stopped', async () => {
  const script = { rlm: { Q: [cell('x = 1; SPIN()'), cell('await LOSE()'), cell('FINAL(spun)')] } };
  const { of, end } = await runScript(script);
  const [spun, lost] = of('cell.finished');
  expect(spun).toMatchObject({ ok: false, stoppedAt: expect.any(Number) });
  expect(lost).toMatchObject({ lost: true });
  expect(end.answer).toBe(String(spun?.stoppedAt));
});

it('takes nothing for a reply that had come when the page was closed', async () => {
  const script: ScriptedRun = {
    rlm: { Q: [cell('a = await llm_query("a"); FINAL(a)')] },
    sub: () => ({ text: 'whole', pieces: ['who', 'le'.repeat(2_000)] }),
  };
  const past = await until(script, (event) => event.type === 'call.text' && event.call === '0.1');
  const rest = await runScript({ ...script, past, sub: () => 'another' });
  expect(rest.end.answer).toBe('another');
  expect(rest.of('query.answered')).toMatchObject([{ call: '0.1', ok: true }]);
  expect(rest.of('query.answered')[0]).not.toHaveProperty('text');
});

it('counts the time of the run from where its log ends', async () => {
  const past = await until(clocks, ({ type }) => type === 'query.answered');
  const rest = await runScript({ ...clocks, past });
  const resumed = rest.of('run.resumed')[0];
  expect(resumed?.at).toBe(past.at(-1)?.at);
  expect(rest.end.at).toBe(past.at(-1)!.at + 500);
});

it('never turns the guest’s clock back, whatever the clock of the day says', async () => {
  const past = await until(clocks, (event) => event.type === 'cell.finished');
  const ahead = past.map((event) => (event.type === 'query.answered' ? { ...event, now: TEST_EPOCH + 9e9 } : event));
  const rest = await runScript({ ...clocks, past: ahead });
  expect(rest.of('cell.started').at(-1)?.now).toBe(TEST_EPOCH + 9e9);
});

it('sends an attempt that was in flight again under its number, and goes on counting', async () => {
  const script: ScriptedRun = {
    rlm: { Q: [cell('a = await llm_query("a"); FINAL(a)')] },
    sub: (_, attempt) => (attempt < 3 ? new ModelError('cut', 'Broke.') : 'ok'),
  };
  const past = await until(script, (event) => event.type === 'call.sent' && event.call === '0.1' && event.attempt === 2);
  const rest = await runScript({ ...script, past });
  const sent = rest.of('call.sent').filter(({ call }) => call === '0.1');
  expect(sent.map(({ attempt }) => attempt)).toEqual([1, 2, 2, 3]);
  expect(rest.end.answer).toBe('ok');
});

it('leaves a run alone that has ended', async () => {
  const { events } = await runScript(clocks);
  const again = await runScript({ ...clocks, past: events });
  expect(again.events).toEqual(events);
  expect(again.model.requests).toEqual([]);
});

it('holds a resumed run to the limits that the whole of it has', async () => {
  const script: ScriptedRun = {
    rlm: { Q: [cell('a = await llm_query("a")'), cell('await llm_query("b")'), cell('FINAL("plum")')] },
    sub: () => ({ text: 'ok', costUsd: 0.05 }),
    price: (model) => (model === 'root' ? 0 : 0.05),
    settings: { budgetUsd: 0.08, rootModel: 'root', subModel: 'sub' },
  };
  const past = await until(script, (event) => event.type === 'cell.finished');
  const { end, model, of } = await runScript({ ...script, past });
  expect(model.requests.map(({ messages }) => messages.at(-1)?.content)).not.toContain('b');
  expect(of('limit.reached')).toMatchObject([{ limit: 'usd' }]);
  expect(end).toMatchObject({ outcome: 'limit', answer: 'plum' });
});

it('tells the model where its REPL could not be had again, once, and goes on', async () => {
  const script: ScriptedRun = {
    rlm: { Q: [cell('x = context.length; print(x); if (x > 5) await llm_query("long")'), cell('print("two")'), cell('y = 5'), cell('await LOSE()'), cell('FINAL("plum" + y)')] },
    sub: () => 'ok',
  };
  const past = await until(script, (event) => event.type === 'cell.finished' && event.cell === '0:2');
  // The file is another one now: the cell does not ask what it asked.
  const shorter = await runScript({ ...script, past, documents: [{ name: 'a.txt', text: '' }] });
  // A later loss is mended from the cells since then alone.
  expect(shorter.end.answer).toBe('plum5');
  const told = shorter.of('turn.started').map(({ messages }) => messages.at(-1)?.content.includes('all your variables are gone'));
  expect(told).toEqual([false, false, true, false, false]);
});

it('begins anew where the log says that the REPL did', async () => {
  const script: ScriptedRun = {
    rlm: { Q: [cell('x = 1'), cell('await LOSE()'), cell('print("again"); z = 2'), cell('FINAL(z)')] },
    onOpen: (count) => {
      if (count === 2) throw new ReplError('Out of memory.');
    },
  };
  const past = await until(script, (event) => event.type === 'cell.finished' && event.cell === '0:3');
  expect(past.some((event) => event.type === 'cell.finished' && event.emptied)).toBe(true);
  const seen: string[] = [];
  const wrap = (repl: Repl): Repl => ({
    async open(options, signal) {
      const session = await repl.open(options, signal);
      const run: typeof session.run = (ran, host, end) => (seen.push(ran.code), session.run(ran, host, end));
      return { ...session, run };
    },
  });
  const { end } = await runScript({ rlm: script.rlm, wrap, past });
  expect(end.answer).toBe('2');
  expect(seen).toEqual(['print("again"); z = 2', 'FINAL(z)']);
});

it('rebuilds a call only from the cells that ran before the one that is lost, in a resumed run too', async () => {
  const script: ScriptedRun = {
    rlm: {
      Q: [cell('log = [1]'), cell('log.push(await rlm_query("C", "x"))'), cell('log.push(3)'), cell('FINAL(log.join())')],
      C: [cell(`print("${KILL}")`), cell('FINAL("c")')],
    },
    settings: { maxDepth: 2 },
  };
  const whole = await runScript({ ...script, wrap: createOneWorkerRepl });
  expect(whole.end.answer).toBe('1,c,3');
  for (let length = 1; length < whole.events.length; length++) {
    const past = whole.events.slice(0, length);
    const { end } = await runScript({ ...script, wrap: createOneWorkerRepl, past });
    expect(end.answer, `cut at ${length}`).toBe('1,c,3');
  }
});
