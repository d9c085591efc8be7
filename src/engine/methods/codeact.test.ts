import { describe, expect, it } from 'vitest';
import { runScript, type ScriptedRun } from '../testing/run-script.ts';

const act = (code: string) => `THINK: I do this.\nACT:\n\`\`\`repl\n${code}\n\`\`\``;
const codeact = (script: Partial<ScriptedRun> & Pick<ScriptedRun, 'rlm'>) => runScript({ method: 'codeact', ...script });
const last = (run: Awaited<ReturnType<typeof runScript>>) => run.model.requests.at(-1)?.messages.at(-1)?.content ?? '';

describe('CodeAct', () => {
  it('has the context in its first message and thinks, acts and answers', async () => {
    const run = await codeact({ rlm: { Q: [act('n = "plum".length; print(n)'), act('n * 2'), 'THINK: I know.\nANSWER: plum, 4'] } });
    expect(run.end).toMatchObject({ outcome: 'answered', answer: 'plum, 4' });
    const [system, user, assistant, output] = run.model.requests.at(-1)?.messages ?? [];
    expect(system?.content).toMatch(/^You answer a question in turns of THINK, ACT and ANSWER\./);
    expect(user?.content).toBe('Question:\nQ\n\nContext:\nThe secret word is plum.\n\nTurn 1 of 30.');
    expect(assistant?.content).toBe(act('n = "plum".length; print(n)'));
    expect(output?.content).toBe('OUTPUT:\n4\n\nYour variables: n.\n\nTurn 2 of 30.');
    expect(run.of('cell.started').map(({ cell }) => cell)).toEqual(['0:1', '0:2']);
  });

  it('has a REPL without the context, and no sub-calls', async () => {
    const run = await codeact({
      rlm: { Q: [act('print(context.length)'), act('await llm_query("x")'), 'ANSWER: none'] },
      settings: { maxDepth: 3 },
    });
    const [empty, refused] = run.of('cell.finished');
    expect(empty?.observation).toBe('0\n');
    expect(refused?.error?.message).toContain('depth limit is 0');
    expect(run.of('run.started')[0]?.settings.maxDepth).toBe(0);
    expect(run.of('call.started')).toHaveLength(1);
    expect(run.model.requests[0]?.messages[0]?.content).not.toMatch(/llm_query|SEARCH|search/);
  });

  it('finishes by FINAL in code, with its format', async () => {
    const run = await codeact({ rlm: { Q: [act('FINAL({ word: "plum" })')] } });
    expect(run.end).toMatchObject({ outcome: 'answered', format: 'json' });
    expect(JSON.parse(run.end.answer ?? '')).toEqual({ word: 'plum' });
    const named = await codeact({ rlm: { Q: [act('word = "plum"'), 'ANSWER: FINAL_VAR("word")'] } });
    expect(named.end.answer).toBe('plum');
  });

  it('refuses and cuts a context past the window as the base model does', async () => {
    const documents = [{ name: 'a.txt', text: 'x'.repeat(5_000) }];
    const refused = await codeact({ rlm: {}, documents, settings: { windowTokens: 1_000 } });
    expect(refused.end.reason).toMatch(/but «offline-demo» reads and writes 1,000 at once/);
    const cut = await codeact({ rlm: { Q: ['ANSWER: x'] }, documents, settings: { windowTokens: 1_000, overflow: 'truncate' } });
    expect(cut.end.answer).toBe('x');
    expect(cut.of('note.added')[0]?.text).toContain('were left out');
    const sent = cut.model.requests[0]?.messages.reduce((sum, { content }) => sum + content.length, 0);
    expect(sent).toBeLessThanOrEqual(3_000 + '\n\nTurn 1 of 30.'.length);
    expect(cut.model.requests[0]?.messages[1]?.content).toMatch(/^Question:\nQ\n\n\(The context below is its first/);
  });

  it('tells a model what to do that neither acts nor answers, and gives up at the fourth in a row', async () => {
    const replies = ['Hm.', '', '```python\n1\n```', { text: 'THINK: on and', finishReason: 'length' }];
    const run = await codeact({ rlm: { Q: replies } });
    expect(run.end).toMatchObject({ outcome: 'failed' });
    expect(run.end.reason).toContain('neither acted nor answered in 4 replies');
    expect(run.of('note.added').map(({ guard }) => guard)).toEqual(['no-code', 'no-code', 'no-code']);
    const mended = await codeact({ rlm: { Q: [...replies.slice(0, 3), act('1'), 'ANSWER:', 'ANSWER: plum'] } });
    expect(mended.end.answer).toBe('plum');
    expect(last(mended)).toContain('Your answer was empty');
  });

  it('is watched over as an RLM is: a plan is no answer, nor is the same error for ever', async () => {
    const plan = 'ANSWER: I will now count the words of the context and then give you the answer.';
    const run = await codeact({ rlm: { Q: [act('nope()'), act('nope()'), act('nope()'), plan, 'ANSWER: plum'] } });
    expect(run.end).toMatchObject({ outcome: 'answered', answer: 'plum' });
    expect(run.of('note.added').map(({ guard }) => guard)).toEqual(['same-error', 'plan-as-answer']);
  });

  it('asks for an answer that satisfies its schema, and once more where it does not', async () => {
    const settings = { answerSchema: '{"type":"array"}' };
    const run = await codeact({ rlm: { Q: ['ANSWER: plum', 'ANSWER: ["plum"]'] }, settings });
    expect(run.model.requests[0]?.messages[0]?.content).toContain('{"type":"array"}');
    expect(run.end).toMatchObject({ outcome: 'answered', answer: '["plum"]' });
    expect(run.of('note.added')).toMatchObject([{ guard: 'answer-schema' }]);
  });

  it('says which turn is the last, and ends there', async () => {
    const run = await codeact({ rlm: { Q: [act('answer = { content: "draft" }'), act('2')] }, settings: { maxTurns: 2 } });
    expect(last(run)).toMatch(/Turn 2 of 2\. This is your last turn: write ANSWER:/);
    expect(run.end).toMatchObject({ outcome: 'limit', answer: 'draft' });
    expect(run.of('limit.reached')).toMatchObject([{ limit: 'turns' }]);
  });

  it('stops before it costs more than it may, and still asks for an answer', async () => {
    const run = await codeact({
      rlm: { Q: [{ text: act('1'), costUsd: 0.4 }, { text: 'ANSWER: plum', costUsd: 0.4 }] },
      price: () => 0.4,
    });
    expect(last(run)).toContain('last turn');
    expect(run.end).toMatchObject({ outcome: 'limit', answer: 'plum' });
  });
});

it('runs no cell again where the answer was there before the page was closed', async () => {
  const script = { rlm: { Q: [act('n = 1'), 'ANSWER: plum'] } };
  const whole = await codeact(script);
  const rest = await codeact({ ...script, past: whole.events.slice(0, -1) });
  expect(rest.repl.opened).toBe(0);
  expect(rest.end.answer).toBe('plum');
});

describe('CodeAct with sub-calls', () => {
  const script = { method: 'codeact-subcalls', sub: (prompt: string) => `<${prompt}>` };

  it('lets its cells ask, within the limits', async () => {
    const run = await runScript({
      ...script,
      rlm: { Q: [act('a = await llm_query_batched(["a", "b"]); print(a.join())'), act('await llm_query("c")'), 'ANSWER: ok'] },
      settings: { maxSubCalls: 2 },
    });
    expect(run.of('cell.finished')[0]?.observation).toBe('<a>,<b>\n');
    expect(run.of('cell.finished')[1]?.error?.message).toContain('limit of 2 sub-calls');
    expect(run.of('call.started').map(({ call, kind, cell }) => [call, kind, cell])).toEqual([
      ['0', 'rlm', null],
      ['0.1', 'llm', '0:1'],
      ['0.2', 'llm', '0:1'],
    ]);
    expect(run.model.requests[0]?.messages[0]?.content).toContain('llm_query_batched');
  });

  it('keeps the depth that the person set', async () => {
    const run = await runScript({ ...script, rlm: { Q: ['ANSWER: ok'] }, settings: { maxDepth: 2 } });
    expect(run.of('run.started')[0]?.settings.maxDepth).toBe(2);
  });
});

describe('CodeAct with search', () => {
  const documents = [
    { name: 'a.txt', text: 'The ferry left.\nThe code of the "north" vault is 7.' },
    { name: 'b.txt', text: 'Nothing here.' },
  ];

  it('sees none of the text but what its searches find', async () => {
    const run = await runScript({
      method: 'codeact-bm25',
      documents,
      rlm: { Q: ['THINK: look\nACT:\nSEARCH("vault code")\nOUTPUT: 8', act('print(search("ferry").length)'), 'ANSWER: 7'] },
    });
    expect(run.end.answer).toBe('7');
    const messages = run.model.requests.at(-1)?.messages ?? [];
    expect(messages[1]?.content).toBe('Question:\nQ\n\nDocuments:\n0. "a.txt": 50 characters\n1. "b.txt": 13 characters\n\nTurn 1 of 30.'.replace('50', String(documents[0]?.text.length)));
    expect(messages[2]?.content).toBe('THINK: look\nACT:\nSEARCH("vault code")');
    expect(messages[3]?.content).toMatch(/^OUTPUT:\n\[a\.txt, line 2\]\nThe code of the "north" vault is 7\.\n\nWhat you wrote after your first block was thrown away/);
    expect(run.of('note.added')).toMatchObject([{ guard: 'invented-output' }]);
    expect(messages[5]?.content).toMatch(/^OUTPUT:\n1\n/);
    expect(run.of('cell.started')[0]?.code).toContain('search("vault code", { limit: 5 })');
    expect(messages[0]?.content).toContain('SEARCH(');
  });

  it('does not care how large the documents are', async () => {
    const run = await runScript({
      method: 'codeact-bm25',
      documents: [{ name: 'a.txt', text: 'x'.repeat(100_000) }],
      settings: { windowTokens: 1_000 },
      rlm: { Q: ['ANSWER: none'] },
    });
    expect(run.end.outcome).toBe('answered');
  });
});
