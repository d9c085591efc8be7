import { describe, expect, it } from 'vitest';
import { ModelError } from '../models/port.ts';
import { runTotals } from '../trajectory/derive/totals.ts';
import { EMPTY, fold } from '../trajectory/fold.ts';
import { cell, runScript, type ScriptedRun } from './testing/run-script.ts';

const finish = cell('FINAL("plum")');
const paid = () => ({ text: 'reply', costUsd: 0.01 });
const twice: ScriptedRun = {
  rlm: {
    Q: [
      cell('r = await Promise.all(["same", "other", "same", "same"].map((p) => llm_query(p))); print(r.join())'),
      cell('print(await llm_query("same"), budget().calls)'),
      finish,
    ],
  },
  sub: paid,
  latencyMs: 20,
};
const asked = (run: Awaited<ReturnType<typeof runScript>>) =>
  run.model.requests.flatMap(({ messages }) => (messages.length === 1 ? [messages[0]?.content] : []));

describe('sub-calls that ask the same', () => {
  it('are asked each for itself by default', async () => {
    const run = await runScript(twice);
    expect(asked(run)).toEqual(['same', 'other', 'same', 'same', 'same']);
    expect(run.of('call.started').every(({ shares }) => shares === undefined)).toBe(true);
  });

  it('share the reply of the one in flight: nothing is sent, spent or counted', async () => {
    const run = await runScript({ ...twice, settings: { reuse: 'in-flight', maxSubCalls: 3 } });
    expect(asked(run)).toEqual(['same', 'other', 'same']);
    expect(run.of('call.started').map(({ call, shares }) => [call, shares])).toEqual([
      ['0', undefined], ['0.1', undefined], ['0.2', undefined], ['0.3', '0.1'], ['0.4', '0.1'], ['0.5', undefined],
    ]);
    expect(run.of('call.sent').map(({ call }) => call)).not.toContain('0.3');
    expect(run.of('call.text').filter(({ call }) => call === '0.3')).toMatchObject([{ text: 'reply' }]);
    expect(run.of('call.finished').find(({ call }) => call === '0.3')).toMatchObject({
      usage: { input: 0, cachedInput: 0, output: 0, reasoning: 0 }, costUsd: 0, finishReason: 'stop',
    });
    expect(run.of('cell.finished').map(({ observation }) => observation)).toEqual(['reply,reply,reply,reply\n', 'reply 0\n', '']);
    // The log holds the reply once more, with the call; the answer to the guest need not repeat it.
    expect(run.of('query.answered').every(({ text }) => text === undefined)).toBe(true);
    const totals = runTotals(fold(EMPTY, run.events));
    expect(totals).toMatchObject({ calls: 6, subCalls: 3, shared: 2, finished: 5 });
    expect(totals.costUsd).toBeCloseTo(0.03);
    expect(totals.usage.input).toBe(100 * (3 + 3));
  });

  it('share replies of the whole run where that is set', async () => {
    const run = await runScript({ ...twice, settings: { reuse: 'run' } });
    expect(asked(run)).toEqual(['same', 'other']);
    expect(run.of('call.started').at(-1)).toMatchObject({ call: '0.5', shares: '0.1' });
    expect(run.of('cell.finished')[1]?.observation).toBe('reply 198\n');
  });

  it('of another model are asked for themselves, and so is an rlm_query at the depth limit', async () => {
    const run = await runScript({
      rlm: { Q: [cell('await Promise.all([llm_query("a"), llm_query("a", { model: "other" }), rlm_query("a", "x"), rlm_query("a", "x")])'), finish] },
      sub: paid,
      settings: { reuse: 'run' },
    });
    expect(asked(run)).toHaveLength(4);
  });

  it('take no slot, and are answered though nothing more may be sent', async () => {
    const run = await runScript({
      rlm: { Q: [cell('r = await Promise.all(["a", "a", "b"].map((p) => llm_query(p).catch(String))); print(r.join("; "))'), finish] },
      sub: paid,
      settings: { reuse: 'in-flight', maxSubCalls: 1, parallelSubCalls: 1 },
    });
    expect(run.of('cell.finished')[0]?.observation).toMatch(/^reply; reply; Error: The limit of 1 sub-call is reached/);
  });

  it('fail together, and may be asked again', async () => {
    const run = await runScript({
      rlm: { Q: [cell('r = await Promise.all(["a", "a"].map((p) => llm_query(p).catch(String))); print(r.join("; ")); print(await llm_query("a"))'), finish] },
      sub: (_, attempt) => (attempt === 1 ? new ModelError('rejected', 'Too long.') : 'ok'),
      settings: { reuse: 'run' },
    });
    expect(run.of('call.failed')).toMatchObject([{ call: '0.1', message: 'Too long.' }, { call: '0.2', message: 'Too long.' }]);
    expect(run.of('call.failed').every(({ cancelled }) => cancelled === undefined)).toBe(true);
    expect(run.of('cell.finished')[0]?.observation).toBe('Error: Too long.; Error: Too long.\nok\n');
    expect(asked(run)).toHaveLength(2);
  });

  it('are sent after all where the one in flight is ended with its asker', async () => {
    const run = await runScript({
      rlm: {
        Q: [cell('await Promise.all([rlm_query("A", "x"), rlm_query("B", "x").then(print), rlm_query("C", "x").then(print)])'), finish],
        A: [cell('llm_query("same").catch(() => {}); await llm_query("other"); FINAL("left")')],
        B: [cell('FINAL(await llm_query("same"))')],
        C: [cell('FINAL(await llm_query("same"))')],
      },
      sub: (prompt, attempt) => (prompt === 'same' && attempt === 1 ? { text: '', hangs: true } : { ...paid(), latencyMs: 50 }),
      settings: { reuse: 'in-flight', maxDepth: 2 },
    });
    expect(run.of('call.failed')).toMatchObject([{ call: '0.1.1', cancelled: true }]);
    expect(run.of('call.sent').flatMap(({ call }) => (call.split('.').length === 3 ? [call] : []))).toEqual(['0.1.1', '0.1.2', '0.2.1']);
    expect(run.of('call.started').filter(({ prompt }) => prompt === 'same').map(({ shares }) => shares)).toEqual([undefined, '0.1.1', '0.1.1']);
    expect(run.of('cell.finished').find(({ cell: id }) => id === '0:1')?.observation).toBe('reply\nreply\n');
    const totals = runTotals(fold(EMPTY, run.events));
    expect(totals).toMatchObject({ subCalls: 6, shared: 1, costUsd: 0.02 });
  });

  it('that waited are ended with their own asker', async () => {
    const run = await runScript({
      rlm: {
        Q: [cell('await Promise.all([llm_query("same"), rlm_query("A", "x")])'), finish],
        A: [cell('llm_query("same").catch(() => {}); FINAL("left")')],
      },
      sub: () => ({ text: 'ok', latencyMs: 100 }),
      settings: { reuse: 'in-flight', maxDepth: 2 },
    });
    expect(run.of('call.failed')).toMatchObject([{ call: '0.2.1', cancelled: true }]);
    expect(run.end.outcome).toBe('answered');
  });
});
