import { expect, it } from 'vitest';
import { ReplError } from '../repl/port.ts';
import { cell, runScript } from './testing/run-script.ts';

it('gives the variables back by running the earlier cells again, unpaid and unlogged', async () => {
  const run = await runScript({
    rlm: {
      Q: [
        cell('print("one"); fact = await llm_query("what?")'),
        cell('extra = fact + "!"'),
        cell('extra = "broken"; print("so far"); await LOSE()'),
        cell('FINAL(extra)'),
      ],
    },
    sub: (_, attempt) => `reply ${attempt}`,
  });
  expect(run.end).toMatchObject({ outcome: 'answered', answer: 'reply 1!' });
  expect(run.of('call.started')).toHaveLength(2);
  expect(run.of('cell.started')).toHaveLength(4);
  expect(run.of('cell.printed').map(({ text }) => text)).toEqual(['one\n', 'so far\n']);
  expect(run.of('cell.finished')[2]).toMatchObject({
    cell: '0:3',
    ok: false,
    error: { name: 'ReplError', message: expect.stringContaining('The REPL was killed.') },
    observation: expect.stringContaining('Your variables are back'),
  });
  expect(run.repl).toMatchObject({ opened: 2, closed: 2 });
});

it('ends the sub-calls that the lost cell had out', async () => {
  const { of, end } = await runScript({
    rlm: { Q: [cell('llm_query("a").catch(() => {}); await LOSE()'), cell('FINAL("plum")')] },
    sub: () => ({ text: '', hangs: true }),
  });
  expect(of('call.failed')).toMatchObject([
    { call: '0.1', message: 'The REPL that asked for it was lost.' },
  ]);
  expect(end.outcome).toBe('answered');
});

it('says that the variables are gone where the replay fails too', async () => {
  const onOpen = (count: number) => {
    if (count === 2) throw new ReplError('Out of memory.');
  };
  const { of, end } = await runScript({
    rlm: { Q: [cell('x = 1'), cell('await LOSE()'), cell('print(x)'), cell('FINAL("plum")')] },
    onOpen,
  });
  expect(of('cell.finished')[1]?.observation).toContain('all your variables are gone');
  expect(of('cell.finished')[2]?.observation).toContain('x is not defined');
  expect(of('turn.started')[2]?.messages.at(-1)?.content).not.toContain('Your variables:');
  expect(end.outcome).toBe('answered');
});

it('replays what has been asked since, after a second loss', async () => {
  const { end } = await runScript({
    rlm: {
      Q: [
        cell('a = await llm_query("1")'),
        cell('await LOSE()'),
        cell('a += await llm_query("2")'),
        cell('await LOSE()'),
        cell('FINAL(a)'),
      ],
    },
    sub: (prompt, attempt) => `<${prompt} ${attempt}>`,
  });
  expect(end.answer).toBe('<1 1><2 1>');
});

it('gives up after thirty rebuilds of one call', async () => {
  const lose = cell('await LOSE()');
  const { end, repl, of } = await runScript({
    rlm: { Q: [cell('answer = { content: "draft" }'), ...Array.from({ length: 31 }, () => lose)] },
    settings: { maxTurns: 40 },
  });
  expect(end).toMatchObject({ outcome: 'failed', answer: 'draft' });
  expect(end.reason).toContain('lost 31 times in one call');
  expect(repl.opened).toBe(31);
  expect(of('cell.finished')).toHaveLength(32);
});
