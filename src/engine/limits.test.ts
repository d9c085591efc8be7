import { describe, expect, it } from 'vitest';
import { cell, runScript } from './testing/run-script.ts';

const look = cell('print("looked")');
const finish = cell('FINAL("plum")');
const draft = cell('answer = { content: "draft", ready: false }');
const lastOf = (run: Awaited<ReturnType<typeof runScript>>) =>
  run.model.requests.at(-1)?.messages.at(-1)?.content;

describe('turns', () => {
  it('end with the draft', async () => {
    const run = await runScript({ rlm: { Q: [draft, look, look] }, settings: { maxTurns: 3 } });
    expect(run.end).toMatchObject({ outcome: 'limit', answer: 'draft' });
    expect(run.end.reason).toContain('limit of 3 turns');
    expect(run.of('limit.reached')).toMatchObject([{ limit: 'turns', value: 3, call: '0' }]);
    expect(run.of('call.finished')).toMatchObject([{ finishReason: 'limit', answer: 'draft' }]);
    expect(run.model.requests).toHaveLength(3);
  });

  it('end without an answer where there is no draft', async () => {
    const { end } = await runScript({ rlm: { Q: [look] }, settings: { maxTurns: 1 } });
    expect(end).toMatchObject({ outcome: 'limit', answer: null });
  });

  it('tell the model which is the last; an answer within the limit is an answer', async () => {
    const run = await runScript({ rlm: { Q: [look, finish] }, settings: { maxTurns: 2 } });
    expect(lastOf(run)).toMatch(/Turn 2 of 2\.\nThe turns are used up: this is your last turn/);
    expect(run.of('turn.started')[0]?.messages.at(-1)?.content).not.toContain('last turn');
    expect(run.end).toMatchObject({ outcome: 'answered', answer: 'plum' });
  });
});

describe('sub-calls', () => {
  it('are refused past the limit as an Error that names it, and the run goes on', async () => {
    const run = await runScript({
      rlm: {
        Q: [
          cell('all = await llm_query_batched(["a","b","c","d"]); print(all.map(String).join("; "))'),
          cell('print(budget().calls); await llm_query("e")'),
          finish,
        ],
      },
      sub: (prompt) => prompt.toUpperCase(),
      settings: { maxSubCalls: 2 },
    });
    const refusal = 'Error: The limit of 2 sub-calls is reached: work with what you have, in code.';
    expect(run.of('cell.finished')[0]?.observation).toBe(`A; B; ${refusal}; ${refusal}\n`);
    expect(run.of('cell.finished')[1]?.observation).toBe(`0\n${refusal} (line 1 of your code)`);
    expect(run.of('call.started').map(({ call }) => call)).toEqual(['0', '0.1', '0.2']);
    expect(run.of('limit.reached')).toMatchObject([{ limit: 'subCalls', value: 2 }]);
    expect(run.end).toMatchObject({ outcome: 'answered', answer: 'plum' });
    expect(lastOf(run)).toContain('Little is left: 0 of 2 sub-calls.');
  });

  it('are none where the depth is 0, and the prompt does not speak of them', async () => {
    const run = await runScript({
      rlm: { Q: [cell('await llm_query("a")'), finish] },
      settings: { maxDepth: 0 },
    });
    expect(run.model.requests[0]?.messages[0]?.content).not.toContain('llm_query');
    expect(run.of('cell.finished')[0]?.error?.message).toContain('depth limit is 0');
    expect(run.of('limit.reached')).toMatchObject([{ limit: 'depth' }]);
  });
});

describe('money', () => {
  const price = () => 0.01;

  it('is reserved before dispatch; what is left is one turn to submit, and the outcome is limit', async () => {
    const run = await runScript({
      rlm: {
        Q: [
          cell('r = await llm_query_batched(["1","2","3","4","5","6","7","8","9"]); print(r.map(String).join("; "))'),
          { text: finish, costUsd: 0.01 },
        ],
      },
      sub: () => ({ text: 'ok', costUsd: 0.01 }),
      price,
      // Two turns and five sub-calls of a cent (the first turn turned out to be free).
      settings: { budgetUsd: 0.0601 },
    });
    expect(run.of('call.finished').filter(({ call }) => call !== '0')).toHaveLength(5);
    expect(run.of('cell.finished')[0]?.observation).toContain(
      'Error: The budget of 0.06 USD does not cover another request.',
    );
    expect(run.of('limit.reached')).toMatchObject([{ limit: 'usd', value: 0.0601 }]);
    expect(lastOf(run)).toContain('The budget is used up: this is your last turn.');
    expect(run.end).toMatchObject({ outcome: 'limit', answer: 'plum' });
  });

  it('for one turn only makes the first the last, and for none sends nothing', async () => {
    const one = await runScript({ rlm: { Q: [draft, finish] }, price, settings: { budgetUsd: 0.015 } });
    expect(one.model.requests).toHaveLength(1);
    expect(one.end).toMatchObject({ outcome: 'limit', answer: 'draft' });
    const none = await runScript({ rlm: { Q: [finish] }, price, settings: { budgetUsd: 0.005 } });
    expect(none.model.requests).toHaveLength(0);
    expect(none.end).toMatchObject({ outcome: 'limit', answer: null });
    expect(none.end.reason).toContain('does not cover another request. Raise it in Settings');
  });

  it('that nobody can reckon is said once a model', async () => {
    const run = await runScript({
      rlm: { Q: [cell('await llm_query("a"); await llm_query("b")'), finish] },
      sub: () => ({ text: 'ok', costUsd: null }),
      price: () => null,
      settings: { rootModel: 'big', subModel: 'small' },
    });
    expect(run.of('note.added').map(({ text }) => /«(.*)»/.exec(text)?.[1])).toEqual(['big', 'small']);
    expect(run.end.outcome).toBe('answered');
  });
});

describe('time', () => {
  it('ends sub-calls at the limit, and the root submits in its last turn', async () => {
    const run = await runScript({
      rlm: { Q: [cell('r = await llm_query_batched(["a"]); print(String(r[0]))'), finish] },
      sub: () => ({ text: '', hangs: true }),
      settings: { maxSeconds: 100 },
    });
    expect(run.of('call.failed')).toMatchObject([
      { call: '0.1', at: 100_000, message: 'The time limit of 100 seconds is reached.' },
    ]);
    expect(run.of('limit.reached')).toMatchObject([{ limit: 'seconds', value: 100, at: 100_000 }]);
    expect(lastOf(run)).toContain('The time is used up: this is your last turn.');
    expect(run.end).toMatchObject({ outcome: 'limit', answer: 'plum' });
  });

  it('ends everything after its grace, and keeps the draft', async () => {
    const run = await runScript({
      rlm: { Q: [draft, { text: 'x', hangs: true }] },
      settings: { maxSeconds: 100 },
    });
    expect(run.end).toMatchObject({ outcome: 'limit', answer: 'draft', at: 110_000 });
    expect(run.end.reason).toContain('time limit of 100 seconds');
    expect(run.of('call.failed')).toMatchObject([{ call: '0' }]);
  });

  it('ends a cell that never does', async () => {
    const run = await runScript({
      rlm: { Q: [cell('await new Promise(() => {})')] },
      settings: { maxSeconds: 10 },
    });
    expect(run.end).toMatchObject({ outcome: 'limit', answer: null, at: 15_000 });
  });
});

it('holds a batch of unknown price to the budget as soon as its replies tell the price', async () => {
  const batch = cell('rs = await llm_query_batched(Array(60).fill("p")); print(rs.filter((r) => r instanceof Error).length)');
  const run = await runScript({
    rlm: { Q: [{ text: batch, costUsd: 0.001 }, { text: cell('FINAL("plum")'), costUsd: 0.001 }] },
    sub: () => ({ text: 'ok', costUsd: 0.001 }),
    price: () => null,
    settings: { budgetUsd: 0.03, rootModel: 'big', subModel: 'small' },
  });
  const sent = run.of('call.sent').length;
  // Two root turns, at most one wave of 8 whose price nobody knew, and what the budget covers.
  expect(sent).toBeLessThanOrEqual(2 + 30 + 8);
  expect(run.of('limit.reached')).toMatchObject([{ limit: 'usd' }]);
  expect(run.end).toMatchObject({ outcome: 'limit', answer: 'plum' });
});
