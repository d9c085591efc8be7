import { describe, expect, it } from 'vitest';
import { ModelError } from '../../models/port.ts';
import { runScript, type ScriptedRun } from '../testing/run-script.ts';

/** Reads parts of about 3,500 characters. */
const SETTINGS = { windowTokens: 2_000, rootModel: 'root', subModel: 'sub' };
const isPart = (prompt: string) => prompt.startsWith('You read a long context part by part');
const partOf = (prompt: string) => Number(/^Context, part (\d+) of/m.exec(prompt)?.[1]);
const documents = ['a', 'b', 'c'].map((name) => ({ name: `${name}.txt`, text: name.repeat(3_000) }));

const compaction = ({ settings, ...script }: Partial<ScriptedRun>) =>
  runScript({
    method: 'compaction',
    rlm: {},
    documents,
    sub: (prompt) => (isPart(prompt) ? `- of ${partOf(prompt)}` : 'plum'),
    ...script,
    settings: { ...SETTINGS, ...settings },
  });

describe('the compaction agent', () => {
  it('reads three windows: two summaries by the sub-model, the answer by the root from what is left', async () => {
    const run = await compaction({});
    expect(run.end).toMatchObject({ outcome: 'answered', answer: 'plum' });
    expect(run.of('call.started').map(({ call, parent, cell, kind, model, depth }) => ({ call, parent, cell, kind, model, depth }))).toEqual([
      { call: '0', parent: null, cell: null, kind: 'rlm', model: 'root', depth: 0 },
      { call: '0.1', parent: '0', cell: null, kind: 'llm', model: 'sub', depth: 1 },
      { call: '0.2', parent: '0', cell: null, kind: 'llm', model: 'sub', depth: 1 },
    ]);
    const [first = '', second = '', answer = ''] = run.model.requests.map(({ messages }) => messages[0]?.content ?? '');
    expect(first).toContain('Summary so far:\n(nothing was read before)');
    expect(first).toMatch(/Context, part 1 of 3:\nDocument: a\.txt\na{3000}$/);
    expect(second).toContain('Summary so far:\n- of 1\n');
    expect(second).toMatch(/Document: b\.txt\nb{3000}$/);
    expect(answer).toMatch(/Context:\nSummary of the 2 parts read before:\n- of 2\n\nThe last part, as it stands:\nDocument: c\.txt\nc{3000}$/);
    for (const prompt of [first, second, answer]) expect(prompt.length).toBeLessThanOrEqual(6_000);
    expect(run.of('note.added')[0]?.text).toBe('The context is read in 3 parts; all but the last are summarised.');
    expect(run.model.mostInFlight).toBe(1);
  });

  it('asks at once, as the base model, where all fits into one window', async () => {
    const run = await compaction({ documents: [{ name: 'a.txt', text: 'The word is plum.' }] });
    expect(run.model.requests).toHaveLength(1);
    expect(run.model.requests[0]?.messages[0]?.content).toMatch(/^Answer the question from the context below\.[^]*Context:\nThe word is plum\.$/);
    expect(run.of('note.added')).toEqual([]);
  });

  it('reads an oversize document in chunks', async () => {
    const text = Array.from({ length: 1_000 }, (_, n) => `fact ${n};`).join(' ');
    const run = await compaction({ documents: [{ name: 'big.txt', text }] });
    const prompts = run.model.requests.map(({ messages }) => messages[0]?.content ?? '');
    expect(prompts.length).toBeGreaterThan(3);
    for (let n = 0; n < 1_000; n++) expect(prompts.some((prompt) => prompt.includes(`fact ${n};`))).toBe(true);
    expect(prompts[1]).toMatch(/Document: big\.txt, characters [\d,]+ to [\d,]+ of [\d,]+\n/);
  });

  it('goes by the smaller window of its two models, each as it is known', async () => {
    const known = (model: string) => (model === 'sub' ? 2_000 : 1_000_000);
    const run = await compaction({ windowTokens: known, settings: { windowTokens: 100_000 } });
    expect(run.model.requests.map(({ model }) => model)).toEqual(['sub', 'sub', 'root']);
    const roomy = await compaction({ windowTokens: () => 100_000, settings: { windowTokens: 2_000 } });
    expect(roomy.model.requests).toHaveLength(3);
  });

  it('works at any depth limit: a summary is no recursion', async () => {
    const run = await compaction({ settings: { maxDepth: 0 } });
    expect(run.end.answer).toBe('plum');
    expect(run.of('run.started')[0]?.settings.maxDepth).toBe(1);
  });

  it('keeps the summary before where one is empty, and cuts one that is too long, and says so', async () => {
    const run = await compaction({
      sub: (prompt) => (isPart(prompt) ? (partOf(prompt) === 1 ? 'S'.repeat(9_000) : '') : 'plum'),
    });
    expect(run.model.requests.at(-1)?.messages[0]?.content).toMatch(/read before:\nS{2000}\n/);
    expect(run.of('note.added').map(({ text }) => text)).toEqual([
      expect.stringContaining('3 parts'),
      'The summary of part 1 was cut to 2,000 of its 9,000 characters.',
      expect.stringContaining('Part 2 brought no summary'),
    ]);
  });
});

describe('limits and faults in the middle', () => {
  it('sub-calls that run out: the root answers from what was read, and the run is a limit', async () => {
    const run = await compaction({ settings: { maxSubCalls: 1 } });
    expect(run.end).toMatchObject({ outcome: 'limit', answer: 'plum' });
    expect(run.end.reason).toContain('limit of 1 sub-call is reached before all of the context was read');
    const prompt = run.model.requests.at(-1)?.messages[0]?.content ?? '';
    expect(prompt).toContain('(Only 1 of 3 parts of the context could be read.)');
    expect(prompt).toContain('Summary of the part read before:\n- of 1');
    expect(prompt).not.toContain('ccc');
  });

  it('sub-calls that are not allowed at all: there is nothing to answer from', async () => {
    const run = await compaction({ settings: { maxSubCalls: 0 } });
    expect(run.end).toMatchObject({ outcome: 'limit', answer: null });
    expect(run.model.requests).toEqual([]);
  });

  it('money that runs out: what is kept for the answer is not spent on summaries', async () => {
    const run = await compaction({
      sub: (prompt) => ({ text: isPart(prompt) ? `- of ${partOf(prompt)}` : 'plum', costUsd: 0.4 }),
      price: () => 0.4,
    });
    expect(run.model.requests.map(({ model }) => model)).toEqual(['sub', 'root']);
    expect(run.end).toMatchObject({ outcome: 'limit', answer: 'plum' });
    expect(run.model.paidUsd).toBeLessThanOrEqual(1);
  });

  it('an answer that cannot be had leaves the best summary as the draft', async () => {
    const run = await compaction({
      sub: (prompt) => (isPart(prompt) ? `- of ${partOf(prompt)}` : new ModelError('refused', 'The key is not accepted.')),
    });
    expect(run.end).toMatchObject({ outcome: 'failed', answer: '- of 2' });
  });

  it('time that runs out ends the summary, and the root answers from the one before', async () => {
    const run = await compaction({
      sub: (prompt) => (isPart(prompt) && partOf(prompt) === 2 ? { text: '', hangs: true } : isPart(prompt) ? '- of 1' : 'plum'),
      settings: { maxSeconds: 100 },
    });
    expect(run.end).toMatchObject({ outcome: 'limit', answer: 'plum' });
    expect(run.of('call.failed')).toMatchObject([{ call: '0.2' }]);
    expect(run.model.requests.at(-1)?.messages[0]?.content).toContain('(Only 1 of 3 parts');
  });

  it('a summary that fails ends the run, with the best so far as its draft', async () => {
    const run = await compaction({
      sub: (prompt) => (partOf(prompt) === 2 ? new ModelError('rejected', 'Too long.') : '- of 1'),
    });
    expect(run.end).toMatchObject({ outcome: 'failed', answer: '- of 1', reason: 'The summary of part 2 failed: Too long.' });
  });

  it('a question that fills the window is refused', async () => {
    const run = await compaction({ question: 'Why? '.repeat(2_000) });
    expect(run.end.reason).toContain('The question leaves no room');
  });

  it('Stop ends it at once', async () => {
    const run = await compaction({ stopAt: (event) => event.type === 'call.finished' && event.call === '0.1' });
    expect(run.end).toMatchObject({ outcome: 'stopped', answer: '- of 1' });
    expect(run.model.requests).toHaveLength(1);
  });
});
