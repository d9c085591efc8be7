import { describe, expect, it } from 'vitest';
import { ModelError } from '../models/port.ts';
import { ReplError } from '../repl/port.ts';
import { cell, runScript } from './testing/run-script.ts';

const finish = cell('FINAL("plum")');

describe('llm_query', () => {
  it('is logged as a call of its own under the cell that asked', async () => {
    const { of } = await runScript({
      rlm: { Q: [cell('print(await llm_query("say hi"))'), finish] },
      sub: () => ({ text: 'hi', costUsd: 0.25 }),
      settings: { subModel: 'small' },
    });
    expect(of('call.started')[1]).toMatchObject({
      call: '0.1',
      parent: '0',
      cell: '0:1',
      line: 1,
      kind: 'llm',
      depth: 1,
      model: 'small',
      prompt: 'say hi',
    });
    expect(of('call.started')[1]).not.toHaveProperty('asked');
    expect(of('call.text').filter(({ call }) => call === '0.1')).toMatchObject([{ text: 'hi' }]);
    expect(of('call.finished')[0]).toMatchObject({ call: '0.1', costUsd: 0.25, usage: { input: 100 } });
    // The parent's usage is its own alone.
    expect(of('call.finished')[1]).toMatchObject({ call: '0', costUsd: 0, usage: { input: 200 } });
    expect(of('cell.finished')[0]?.observation).toBe('hi\n');
  });

  it('may name its model', async () => {
    const { of } = await runScript({
      rlm: { Q: [cell('await llm_query("a", { model: "other" })'), finish] },
      sub: () => 'ok',
    });
    expect(of('call.started')[1]?.model).toBe('other');
  });

  it('shows what was printed before it, before it', async () => {
    const { events } = await runScript({
      rlm: { Q: [cell('print("a"); print("b"); await llm_query("x")'), finish] },
      sub: () => 'ok',
    });
    const types = events.map(({ type }) => type);
    expect(types.lastIndexOf('cell.printed')).toBeLessThan(types.lastIndexOf('call.started'));
    expect(types.filter((type) => type === 'cell.printed')).toHaveLength(2);
  });

  it('runs in parallel up to the limit of the whole run, numbered in the order of asking', async () => {
    const run = await runScript({
      rlm: {
        Q: [cell('r = await Promise.all([...Array(20).keys()].map((i) => llm_query("p" + i))); print(r.join())'), finish],
      },
      sub: (prompt) => `<${prompt}>`,
      latencyMs: 50,
      settings: { parallelSubCalls: 8 },
    });
    expect(run.model.mostInFlight).toBe(8);
    expect(run.of('call.started').slice(1).map(({ call, prompt }) => `${call} ${prompt}`)).toEqual(
      Array.from({ length: 20 }, (_, i) => `0.${i + 1} p${i}`),
    );
    const sent = run.of('call.sent').filter(({ call }) => call.startsWith('0.'));
    // Root's turn, then waves of 8, 8 and 4.
    expect(sent.map(({ at }) => at)).toEqual([...Array(8).fill(50), ...Array(8).fill(100), ...Array(4).fill(150)]);
    expect(run.of('cell.finished')[0]?.observation).toContain('<p0>,<p1>');
  });

  it('that fails is an Error in the guest and a failed call in the log', async () => {
    const { of, end } = await runScript({
      rlm: {
        Q: [cell('r = await llm_query_batched(["good", "bad"]); print(r[0], r[1] instanceof Error, r[1].message)'), finish],
      },
      sub: (prompt) => (prompt === 'bad' ? new ModelError('rejected', 'Too long a prompt.') : 'fine'),
    });
    expect(of('cell.finished')[0]?.observation).toBe('fine true Too long a prompt.\n');
    expect(of('call.failed')).toMatchObject([{ call: '0.2', message: 'Too long a prompt.' }]);
    expect(end.outcome).toBe('answered');
  });

  it('is tried again, and its slot is free while it waits', async () => {
    const { of } = await runScript({
      rlm: { Q: [cell('print((await llm_query_batched(["slow", "next"])).join())'), finish] },
      sub: (prompt, attempt) =>
        prompt === 'slow' && attempt === 1
          ? new ModelError('rate-limited', 'Busy.', { retryAfterMs: 9_000 })
          : prompt,
      settings: { parallelSubCalls: 1 },
    });
    expect(of('call.retried')).toMatchObject([{ call: '0.1', attempt: 1 }]);
    const ends = of('call.finished').map(({ call }) => call);
    expect(ends).toEqual(['0.2', '0.1', '0']);
    expect(of('cell.finished')[0]?.observation).toBe('slow,next\n');
  });

  it('that nobody waits for is ended with its parent', async () => {
    const { of, end } = await runScript({
      rlm: { Q: [cell('llm_query("forgotten").catch(() => {}); FINAL("plum")')] },
      sub: () => ({ text: '', hangs: true }),
    });
    expect(of('call.failed')).toMatchObject([
      { call: '0.1', message: 'The call that asked for it ended first.' },
    ]);
    expect(end.outcome).toBe('answered');
  });

  it('that never ends takes no slot from the root', async () => {
    const { end } = await runScript({
      rlm: { Q: [cell('llm_query("forgotten").catch(() => {})'), finish] },
      sub: () => ({ text: '', hangs: true }),
      settings: { parallelSubCalls: 1 },
    });
    expect(end.outcome).toBe('answered');
  });

  it('gives its money back when it fails', async () => {
    const { of } = await runScript({
      rlm: {
        Q: [cell('print(budget().usd); await llm_query("a").catch(() => {}); print(budget().usd)'), finish],
      },
      sub: () => new ModelError('rejected', 'No.'),
      price: () => 0.01,
    });
    const [before, after] = of('cell.finished')[0]?.observation.trim().split('\n') ?? [];
    expect(Number(before)).toBeCloseTo(0.99);
    expect(after).toBe(before);
  });

  it('may be awaited in a later cell', async () => {
    const { of } = await runScript({
      rlm: { Q: [cell('p = llm_query("later")'), cell('print(await p)'), finish] },
      sub: () => 'here',
      latencyMs: 10,
    });
    expect(of('cell.finished')[1]?.observation).toBe('here\n');
  });
});

describe('rlm_query', () => {
  it('runs a child with a REPL of its own over the context it is given', async () => {
    const run = await runScript({
      rlm: {
        Q: [cell('mine = 1; print(await rlm_query("Child?", "apple pie"))'), finish],
        'Child?': [cell('print(context); print(mine)'), cell('FINAL(context.split(" ")[1])')],
      },
      settings: { maxDepth: 2, subModel: 'small' },
    });
    expect(run.of('call.started')[1]).toMatchObject({
      call: '0.1',
      parent: '0',
      cell: '0:1',
      kind: 'rlm',
      depth: 1,
      model: 'small',
      prompt: 'Child?',
      contextChars: 9,
    });
    const observations = run.of('cell.finished').map(({ cell: id, observation }) => [id, observation]);
    expect(observations.slice(0, 3)).toEqual([
      ['0.1:1', 'apple pie\nReferenceError: mine is not defined (line 1 of your code)'],
      ['0.1:2', ''],
      ['0:1', 'pie\n'],
    ]);
    expect(run.of('call.finished')[0]).toMatchObject({ call: '0.1', answer: 'pie' });
    expect(run.repl).toMatchObject({ opened: 2, closed: 2 });
    const prompts = run.model.requests.map(({ messages }) => messages[0]?.content ?? '');
    expect(prompts[0]).toContain('a child like you');
    expect(prompts[1]).toContain('a plain sub-model reply');
  });

  it('gives the child its parent’s context where none is named', async () => {
    const { of } = await runScript({
      rlm: { Q: [cell('print(await rlm_query("Child?"))'), finish], 'Child?': [cell('FINAL(context)')] },
      settings: { maxDepth: 2 },
    });
    expect(of('cell.finished')[1]?.observation).toBe('The secret word is plum.\n');
  });

  it.each([
    ['a text', 'rlm_query("Child?", "apple pie")', 'apple pie'],
    ['an array', 'rlm_query("Child?", ["apple", "pie"])', 'apple\n\npie'],
    ['the documents', 'rlm_query("Child?")', 'The secret word is plum.'],
  ])('is one plain reply at the depth limit, over %s', async (_, asked, text) => {
    const { of } = await runScript({
      rlm: { Q: [cell(`print(await ${asked})`), finish] },
      sub: () => 'plain',
      settings: { maxDepth: 1 },
    });
    expect(of('call.started')[1]).toMatchObject({
      call: '0.1',
      kind: 'llm',
      asked: 'rlm',
      prompt: `Question:\nChild?\n\nContext:\n${text}`,
    });
    expect(of('note.added')).toMatchObject([{ call: '0.1' }]);
    expect(of('cell.finished').at(0)?.observation).toBe('plain\n');
  });

  it('at the depth limit says how much of a long context fitted', async () => {
    const { of } = await runScript({
      rlm: { Q: [cell('await rlm_query("Child?", "x".repeat(500000))'), finish] },
      sub: () => 'plain',
    });
    const prompt = of('call.started')[1]?.prompt ?? '';
    expect(prompt).toContain('its first 400,000 of 500,000 characters');
    expect(prompt.split('x').length).toBeGreaterThan(400_000);
    expect(prompt.length).toBeLessThan(400_200);
  });

  it('that cannot be read at the depth limit gives its place and its money back', async () => {
    const { of } = await runScript({
      rlm: { Q: [cell('await rlm_query("one?").catch((e) => print(e.message)); print(budget().calls, budget().usd > 0.97); print(await rlm_query("two?"))'), finish] },
      sub: () => 'plain',
      onOpen: (count) => {
        if (count === 2) throw new ReplError('The file is gone.');
      },
      price: () => 0.01,
      settings: { maxSubCalls: 1 },
    });
    expect(of('cell.finished')[0]?.observation).toBe('The file is gone.\n1 true\nplain\n');
    expect(of('call.started').map(({ call, asked }) => [call, asked])).toEqual([['0', undefined], ['0.2', 'rlm']]);
  });

  it('numbers all kinds in the order of asking', async () => {
    const { of } = await runScript({
      rlm: { Q: [cell('await Promise.all([rlm_query("C"), llm_query("a"), rlm_query("C")])'), finish] },
      sub: (prompt) => prompt,
    });
    const numbers = of('call.started').map(({ call, asked }) => `${call} ${asked ?? 'as asked'}`);
    expect(numbers.toSorted()).toEqual(['0 as asked', '0.1 rlm', '0.2 as asked', '0.3 rlm']);
  });

  it('without an answer is an Error that brings its draft', async () => {
    const { of } = await runScript({
      rlm: {
        Q: [cell('await rlm_query("Child?", "x")'), finish],
        'Child?': [cell('answer = { content: "half" }'), cell('1')],
      },
      settings: { maxDepth: 2, maxTurns: 2 },
    });
    expect(of('cell.finished').at(2)?.error?.message).toBe(
      'The limit of 2 turns is reached. Its draft so far: half',
    );
    expect(of('limit.reached')).toMatchObject([{ limit: 'turns', call: '0.1' }]);
    expect(of('run.finished')[0]?.outcome).toBe('answered');
  });

  it('that fails is an Error in the guest and leaves the run alive', async () => {
    const { of, end } = await runScript({
      rlm: {
        Q: [cell('await rlm_query("Child?", "x")'), finish],
        'Child?': [new ModelError('refused', 'The key is not accepted.')],
      },
      settings: { maxDepth: 2 },
    });
    expect(of('call.failed')).toMatchObject([{ call: '0.1', message: 'The key is not accepted.' }]);
    expect(of('cell.finished')[0]?.error?.message).toBe('The key is not accepted.');
    expect(end.outcome).toBe('answered');
  });

  it('that nobody waits for is ended with all below it before its parent', async () => {
    const { of, events } = await runScript({
      rlm: {
        Q: [cell('rlm_query("A", "x").catch(() => {}); await llm_query("1"); await llm_query("2")'), finish],
        A: [cell('await rlm_query("B", "x")')],
        B: [cell('await llm_query("leaf")')],
      },
      sub: (prompt) => (prompt === 'leaf' ? { text: '', hangs: true } : 'waited'),
      latencyMs: 10,
      settings: { maxDepth: 3 },
    });
    expect(of('call.failed').map(({ call }) => call)).toEqual(['0.1.1.1', '0.1.1', '0.1']);
    expect(events.slice(-2).map(({ type }) => type)).toEqual(['call.finished', 'run.finished']);
  });

  it('of any depth and width never deadlocks, even with one slot', async () => {
    const fan = (question: string) =>
      cell(`r = await Promise.all([1,2,3].map(() => rlm_query("${question}", "x"))); FINAL(r.join(""))`);
    const many = <T>(value: T, count: number) => Array.from({ length: count }, () => value);
    for (const parallelSubCalls of [1, 4]) {
      const run = await runScript({
        rlm: { Q: [fan('A')], A: many(fan('B'), 3), B: many(fan('C'), 9) },
        sub: () => 'o',
        latencyMs: 5,
        settings: { maxDepth: 3, parallelSubCalls },
      });
      expect(run.end).toMatchObject({ outcome: 'answered', answer: 'o'.repeat(27) });
      expect(run.of('call.started')).toHaveLength(1 + 3 + 9 + 27);
      expect(run.model.mostInFlight).toBe(parallelSubCalls);
    }
  });

  it('stops as a tree when the person stops', async () => {
    const { end, of } = await runScript({
      rlm: { Q: [cell('await rlm_query("A", "x")')], A: [cell('await llm_query("leaf")')] },
      sub: () => ({ text: '', hangs: true }),
      settings: { maxDepth: 2 },
      stopAt: (event) => event.type === 'call.sent' && event.call === '0.1.1',
    });
    expect(end.outcome).toBe('stopped');
    expect(of('call.failed')).toEqual([]);
  });
});
