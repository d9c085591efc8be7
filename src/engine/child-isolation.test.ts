import { expect, it } from 'vitest';
import { createOneWorkerRepl, KILL, type OneWorkerRepl } from './testing/one-worker.ts';
import { cell, runScript, type ScriptedRun } from './testing/run-script.ts';

const kill = cell(`print("${KILL}")`);

async function run(script: ScriptedRun) {
  const worker: { repl?: OneWorkerRepl } = {};
  const ran = await runScript({
    ...script,
    wrap: (repl) => (worker.repl = createOneWorkerRepl(repl)),
    settings: { maxDepth: 3, ...script.settings },
  });
  const errors = ran.of('cell.finished').filter(({ ok }) => !ok);
  return { ...ran, kills: worker.repl?.kills, errors };
}

it('a child that kills the worker costs its own cell alone; its parent gets its reply', async () => {
  const { end, errors, kills, of, model } = await run({
    rlm: {
      Q: [
        cell('seen = await llm_query("first"); print(seen)'),
        cell('print("asking"); got = await rlm_query("Child?", "x"); print("got " + got); more = await llm_query("second")'),
        cell('FINAL(seen + "/" + got + "/" + more)'),
      ],
      'Child?': [cell('mine = 1'), kill, cell('FINAL("child " + mine)')],
    },
    sub: (prompt, attempt) => `<${prompt} ${attempt}>`,
  });
  expect(kills).toBe(1);
  expect(end).toMatchObject({ outcome: 'answered', answer: '<first 1>/child 1/<second 1>' });
  expect(errors).toMatchObject([{ cell: '0.2:2', lost: true, error: { name: 'ReplError' } }]);
  expect(errors[0]?.observation).toContain('Your variables are back');
  expect(of('cell.finished').map(({ observation }) => observation)).toContain('asking\ngot child 1\n');
  expect(of('cell.printed').map(({ text }) => text).join('')).toBe('<first 1>\nasking\ngot child 1\n');
  expect(of('call.started').map(({ call }) => call)).toEqual(['0', '0.1', '0.2', '0.3']);
  expect(model.requests).toHaveLength(3 + 3 + 2);
});

it('siblings that run, wait or rest are rebuilt, and nothing is asked twice', async () => {
  const { end, errors, model, of } = await run({
    rlm: {
      Q: [cell('FINAL((await Promise.all(["bad", "asks", "rests"].map((q) => rlm_query(q, q)))).join("|"))')],
      bad: [cell('await llm_query("bad first")'), kill, kill, cell('FINAL("bad came through")')],
      asks: [
        cell('a = await llm_query("a1"); print(a)'),
        cell('b = []; for (i of [1, 2, 3]) b.push(await llm_query(a + i)); print(b.join())'),
        cell('FINAL(b.join())'),
      ],
      rests: [cell('list = [1]'), cell('list.push(2)'), cell('list.push(3)'), cell('FINAL(list.join())')],
    },
    sub: (prompt, attempt) => `${prompt}#${attempt}`,
    latencyMs: 10,
    settings: { maxDepth: 2 },
  });
  expect(end.answer).toBe('bad came through|a1#11#1,a1#12#1,a1#13#1|1,2,3');
  expect(errors.map((each) => each.cell)).toEqual(['0.1:2', '0.1:3']);
  const prompts = model.requests.map(({ messages }) => JSON.stringify(messages));
  expect(new Set(prompts).size).toBe(prompts.length);
  expect(of('query.answered').map(({ cell: id, query }) => `${id} ${query}`)).toHaveLength(8);
});

it('a parent that kills the worker ends its children; the run goes on', async () => {
  const { end, errors, of } = await run({
    rlm: {
      Q: [
        cell(`rlm_query("Child?", "x").catch(() => {}); await llm_query("1"); await llm_query("2"); await llm_query("3"); print("${KILL}")`),
        cell('FINAL("plum")'),
      ],
      'Child?': [cell('await llm_query("hang")')],
    },
    sub: (prompt) => (prompt === 'hang' ? { text: '', hangs: true } : 'ok'),
    latencyMs: 10,
  });
  expect(end).toMatchObject({ outcome: 'answered', answer: 'plum' });
  expect(errors.map((each) => each.cell).toSorted()).toEqual(['0.1:1', '0:1']);
  expect(of('call.failed').map(({ call }) => call)).toEqual(['0.1.1', '0.1']);
});

it('a cell that does something else the second time is lost, with an error that says so', async () => {
  let opened = 0;
  const { end, errors } = await run({
    rlm: {
      Q: [
        cell('await llm_query("before " + SHIFTING()); got = await rlm_query("Child?", "x")'),
        cell('FINAL("plum")'),
      ],
      'Child?': [kill, cell('FINAL("child")')],
    },
    sub: () => 'ok',
    onOpen: (count) => {
      opened = count;
      Reflect.set(globalThis, 'SHIFTING', () => opened);
    },
  });
  Reflect.deleteProperty(globalThis, 'SHIFTING');
  expect(errors.map((each) => each.cell)).toContain('0:1');
  expect(errors.find((each) => each.cell === '0:1')?.error?.message).toContain('did not run as before');
  expect(end.outcome).toBe('answered');
});
