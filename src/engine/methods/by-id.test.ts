import { expect, it } from 'vitest';
import { METHODS } from '../../trajectory/methods.ts';
import { cell, runScript } from '../testing/run-script.ts';
import { METHOD_BY_ID } from './by-id.ts';

it('there is a method for every one that people may choose, and they are named where none is', async () => {
  expect(Object.keys(METHOD_BY_ID).toSorted()).toEqual(METHODS.map(({ id }) => id).toSorted());
  const { end } = await runScript({ method: 'guess', rlm: {} });
  expect(end).toMatchObject({ outcome: 'failed' });
  for (const { id } of METHODS) expect(end.reason).toContain(id);
});

it('an RLM without sub-calls is not told of them, has none and is refused them', async () => {
  const run = await runScript({
    method: 'rlm-no-subcalls',
    rlm: { Q: [cell('print(budget().calls); await rlm_query("x")'), cell('FINAL(context.length)')] },
    settings: { maxDepth: 3 },
  });
  expect(run.of('run.started')[0]).toMatchObject({ method: 'rlm-no-subcalls', settings: { maxDepth: 0, maxSubCalls: 200 } });
  expect(run.model.requests[0]?.messages[0]?.content).not.toMatch(/llm_query|rlm_query/);
  expect(run.of('cell.finished')[0]?.observation).toMatch(/^0\n[^]*depth limit is 0/);
  expect(run.of('call.started')).toHaveLength(1);
  expect(run.end.answer).toBe('24');
});

it('narrowed settings stay the same when the run is gone on with', async () => {
  const script = { method: 'codeact', rlm: { Q: ['ANSWER: plum'] }, settings: { maxDepth: 3 } };
  const whole = await runScript(script);
  const rest = await runScript({ ...script, past: whole.events.slice(0, 3) });
  expect(rest.end.answer).toBe('plum');
  expect(rest.of('run.started')).toEqual(whole.of('run.started'));
});
