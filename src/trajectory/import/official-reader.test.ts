import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ModelError } from '../../models/port.ts';
import { cell, runScript, type ScriptedRun } from '../../engine/testing/run-script.ts';
import { arbitraryTree } from '../../engine/testing/arbitrary-tree.ts';
import { messagesAt } from '../derive/reading.ts';
import { spending } from '../derive/spending.ts';
import type { TrajectoryEvent } from '../events.ts';
import { officialRlm } from '../export/official-rlm.ts';
import { EMPTY, fold } from '../fold.ts';
import { isSent } from '../fold-call.ts';
import type { CallState, RunState } from '../run-state.ts';
import { arbitraryLog } from '../testing/arbitrary-log.ts';
import type { OfficialCall, OfficialIteration, OfficialLog, OfficialRun } from './official-log.ts';
import { readOfficial } from './official-reader.ts';

function read(file: string): OfficialLog {
  const result = readOfficial(file);
  if (!result.ok) throw new Error(result.error);
  return result.value;
}

const lines = (...values: readonly unknown[]) => values.map((value) => `${JSON.stringify(value)}\n`).join('');
const iteration = (more: object = {}) => ({ type: 'iteration', iteration: 1, prompt: [], response: 'r', code_blocks: [], final_answer: null, ...more });
const block = (result: object) => ({ code: 'c', result: { stdout: '', stderr: '', locals: {}, execution_time: 0, rlm_calls: [], ...result } });

/** A child that asks another, which fails in one turn and asks in the next. */
const branch = (child: string, below: string) => ({
  [child]: [
    { text: cell(`b = await rlm_query("${below}", context[0] + "!"); print(b)`), costUsd: 0.002 },
    { text: cell('FINAL(b + await llm_query("of A"))'), costUsd: 0.002 },
  ],
  [below]: [
    { text: cell('nope()'), costUsd: 0.001 },
    { text: cell('FINAL(context + await rlm_query("at the limit?", "text") + await llm_query("of B"))'), costUsd: 0.001 },
  ],
});

const depthThree: ScriptedRun = {
  question: 'What is the word?',
  rlm: {
    'What is the word?': [
      { text: cell('x = 1; print("looked", x)'), costUsd: 0.01 },
      { text: cell('r = await Promise.all([rlm_query("A", "apple"), llm_query("plain"), rlm_query("D", ["one", "two"]), llm_query("bad").catch(String), rlm_query("L", "x").catch(String), rlm_query("F", "x").catch(String)]); print(r.join("|"))'), costUsd: 0.01 },
      { text: cell('FINAL(r.join("; "))'), costUsd: 0.01 },
    ],
    ...branch('A', 'B'),
    ...branch('D', 'E'),
    L: ['answer = { content: "a draft" }', '2', '3', '4'].map((code) => ({ text: cell(code), costUsd: 0.001 })),
    F: [cell('1'), new ModelError('refused', 'The key is not accepted.')],
  },
  sub: (prompt) => (prompt === 'bad' ? new ModelError('rejected', 'Too long.') : { text: `<${prompt}>`, costUsd: 0.0005 }),
  settings: { maxDepth: 3, maxTurns: 4, rootModel: 'big', subModel: 'small' },
  latencyMs: 20,
};
const header = { format: 'matryoshka/trajectory', version: 1, app: 'test@1', startedAt: '2026-07-01T10:00:00.000Z' } as const;

const callsOf = (iterations: readonly OfficialIteration[]) => iterations.flatMap(({ blocks }) => blocks.flatMap(({ calls }) => calls));

/** The calls of a file by depth, with the runs they began. */
function levels(runs: readonly OfficialRun[], depth = 1, all: OfficialCall[][] = []): OfficialCall[][] {
  for (const run of runs) {
    for (const call of callsOf(run.iterations)) {
      (all[depth - 1] ??= []).push(call);
      levels(call.runs, depth + 1, all);
    }
  }
  return all;
}

/** Compares one call of ours and all below it with what was read of it. */
function same(state: RunState, ours: CallState, run: OfficialRun): void {
  const turns = ours.turns.filter(({ repliedAt, text }) => repliedAt !== null || text !== '');
  expect(run.metadata?.rootModel).toBe(ours.model);
  expect(run.iterations.map(({ number }) => number)).toEqual(turns.map((_, index) => index + 1));
  turns.forEach((turn, index) => {
    const theirs = run.iterations[index];
    const ran = turn.cell === null ? undefined : state.cells.get(turn.cell);
    const where = `turn ${turn.turn} of ${ours.id}`;
    expect(theirs?.prompt, where).toEqual(messagesAt(ours, turn.turn));
    expect(theirs?.response, where).toBe(turn.text);
    expect(theirs?.blocks.map(({ code, stdout }) => [code, stdout]), where).toEqual(ran ? [[ran.code, ran.printed]] : []);
    expect(theirs?.blocks[0]?.stderr ?? '', where).toContain(ran?.error?.message ?? '');
    const children = (ran?.calls ?? []).flatMap((id) => state.calls.get(id) ?? []);
    const calls = theirs?.blocks.flatMap((each) => each.calls) ?? [];
    expect(calls.map(({ model, prompt }) => [model, prompt]), where).toEqual(children.map(({ model, prompt }) => [model, prompt]));
    children.forEach((child, place) => {
      const call = calls[place];
      const { usage, costUsd, unknownCost } = spending(state, child).total;
      expect(call?.response, child.id).toBe(child.answer ?? child.text);
      expect(call?.error ?? null, child.id).toBe(child.status === 'failed' ? child.failure : null);
      expect(call?.usage, child.id).toMatchObject({ inputTokens: usage.input, outputTokens: usage.output });
      expect(call?.usage?.costUsd ?? null, child.id).toEqual(unknownCost ? null : expect.closeTo(costUsd, 9));
      expect(call?.runs.length, child.id).toBe(child.kind === 'rlm' ? 1 : 0);
      const [nested] = call?.runs ?? [];
      if (nested) same(state, child, nested);
    });
  });
  const answer = ours.parent === null ? (state.finished?.answer ?? null) : ours.status === 'finished' ? ours.answer : null;
  if (turns.length > 0) expect(run.iterations.at(-1)?.finalAnswer ?? null).toBe(answer);
  for (const early of run.iterations.slice(0, -1)) expect(early.finalAnswer).toBeNull();
}

function compare(events: readonly TrajectoryEvent[]): OfficialLog {
  const state = fold(EMPTY, events);
  const log = read(officialRlm(header, events));
  const root = state.calls.get('0');
  const [run] = log.runs;
  expect(log.runs).toHaveLength(1);
  if (!root || !run) throw new Error('There is no root.');
  same(state, root, run);
  return log;
}

describe('the export of a run of depth 3', () => {
  test('has every run, call, prompt, reply, code, output, answer and token of it', async () => {
    const { events } = await runScript(depthThree);
    const log = compare(events);
    const all = levels(log.runs);
    expect(all.map((calls) => calls.length)).toEqual([6, 4, 4]);
    expect(all.map((calls) => calls.flatMap(({ runs }) => runs).length)).toEqual([4, 2, 0]);
    expect(all[0]?.map(({ error }) => error)).toEqual([null, null, null, 'Too long.', null, 'The key is not accepted.']);
    expect(all[0]?.[0]?.response).toBe('a!<Question:\nat the limit?\n\nContext:\ntext><of B><of A>');
    expect(all[0]?.[2]?.response).toMatch(/^one!</);
    expect(all[2]?.[0]?.prompt).toBe('Question:\nat the limit?\n\nContext:\ntext');
    // A draft that a limit gave is the child's answer, and not of its code.
    const limited = all[0]?.[4]?.runs[0]?.iterations.at(-1);
    expect(limited).toMatchObject({ finalAnswer: 'a draft', number: 4 });
    expect(limited?.blocks[0]?.finalAnswer).toBeNull();
    const answered = all[1]?.[0]?.runs[0]?.iterations;
    expect(answered?.[0]?.blocks[0]?.stderr).toContain('nope is not defined');
    expect(answered?.[1]?.blocks[0]?.finalAnswer).toBe(all[1]?.[0]?.response);
    const [first] = all[0] ?? [];
    expect(first?.usage).toEqual({ inputTokens: 700, outputTokens: 70, replies: 7, costUsd: expect.closeTo(2 * 0.002 + 2 * 0.001 + 3 * 0.0005, 9) });
    expect(log.runs[0]?.metadata).toEqual({ rootModel: 'big', maxDepth: 3, maxIterations: 4, backend: 'openai', timestamp: '2026-07-01T10:00:00.000000' });
    expect(log.runs[0]?.iterations[1]?.seconds).toBeGreaterThan(0.1);
  });

  test('is as true of any tree of calls, with shared replies, faults and limits', { timeout: 60_000 }, async () => {
    let deepest = 0;
    await fc.assert(
      fc.asyncProperty(arbitraryTree(), async (script) => {
        const { events } = await runScript(script);
        const all = levels(compare(events).runs);
        deepest = Math.max(deepest, all.length);
        const ours = [...fold(EMPTY, events).calls.values()].filter(({ parent }) => parent !== null);
        expect(all.flat()).toHaveLength(ours.length);
        const taken = ours.filter((call) => !isSent(call)).length;
        expect(all.flat().filter(({ usage }) => usage?.replies === 0 || usage?.replies === null).length).toBeGreaterThanOrEqual(taken);
      }),
      { numRuns: 60 },
    );
    expect(deepest).toBeGreaterThan(1);
  });

  test('is read whatever the log holds', () => {
    fc.assert(
      fc.property(arbitraryLog(200), ({ header: head, events }) => {
        expect(readOfficial(officialRlm(head, events)).ok).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});

describe('variants', () => {
  test('no metadata line, lines without a type, lines of another type, empty lines, a byte order mark', () => {
    const bare = { iteration: 1, prompt: [{ role: 'user', content: 'Hi' }], response: 'r', code_blocks: [] };
    expect(read(lines(bare)).runs).toMatchObject([{ metadata: null, iterations: [{ number: 1, response: 'r', prompt: [{ role: 'user', content: 'Hi' }], finalAnswer: null, seconds: null }] }]);
    const told = lines({ root_model: 'm', max_depth: 1, max_iterations: 30, backend: 'openai' }, { type: 'run_context', prompt: 'p' }, bare);
    expect(read(`\uFEFF${told.replaceAll('\n', '\r\n\r\n')}`).runs).toMatchObject([{ metadata: { rootModel: 'm', maxDepth: 1 }, iterations: [{ number: 1 }] }]);
  });

  test('an answer that is a pair of what brought it and itself', () => {
    const [run] = read(lines(iteration({ final_answer: ['FINAL_VAR', 'plum'], code_blocks: [block({ final_answer: ['FINAL', 42] })] }))).runs;
    expect(run?.iterations[0]).toMatchObject({ finalAnswer: 'plum', blocks: [{ finalAnswer: '42' }] });
  });

  test('usage as flat fields, as summaries by model, as both, as neither', () => {
    const call = (more: object) => ({ root_model: 'm', prompt: 'p', response: 'r', execution_time: 1.5, ...more });
    const summary = { a: { total_calls: 2, total_input_tokens: 9, total_output_tokens: 3, total_cost: 0.5 }, b: { total_calls: 1, total_input_tokens: 1, total_output_tokens: 1 } };
    const [run] = read(
      lines(iteration({ code_blocks: [block({ rlm_calls: [
        call({ prompt_tokens: 5, completion_tokens: 7 }),
        call({ usage_summary: { model_usage_summaries: summary } }),
        call({ usage_summary: { model_usage_summaries: { a: summary.a }, total_cost: 0.75 }, prompt_tokens: 5, completion_tokens: 7 }),
        call({}),
      ] })] })),
    ).runs;
    expect(callsOf(run?.iterations ?? []).map(({ usage }) => usage)).toEqual([
      { inputTokens: 5, outputTokens: 7, replies: null, costUsd: null },
      { inputTokens: 10, outputTokens: 4, replies: 3, costUsd: null },
      { inputTokens: 9, outputTokens: 3, replies: 2, costUsd: 0.75 },
      null,
    ]);
  });

  test('numbers that begin again are another completion, with the same metadata; a metadata line begins one too', () => {
    const metadata = (root_model: string) => ({ type: 'metadata', root_model });
    const { runs } = read(lines(metadata('a'), iteration(), iteration({ iteration: 2 }), iteration(), metadata('b'), iteration({ iteration: 7 })));
    expect(runs.map((run) => [run.metadata?.rootModel, run.iterations.map(({ number }) => number)])).toEqual([['a', [1, 2]], ['a', [1]], ['b', [7]]]);
  });

  test('iterations without numbers count on', () => {
    const bare = { response: 'r', prompt: 'p' };
    expect(read(lines(bare, bare)).runs[0]?.iterations.map(({ number }) => number)).toEqual([1, 2]);
  });

  test('prompts and replies that are no texts, messages of the first version', () => {
    const [run] = read(
      lines(iteration({
        prompt: [{ role: 'user', content: 'Code executed:\n```python\n1\n```\n\nREPL output:\n1' }, { role: 'tool', content: [{ type: 'text', text: 'x' }] }, 'bare'],
        code_blocks: [block({ rlm_calls: [{ root_model: 'm', prompt: [{ role: 'user', content: 'q' }], response: { a: 1 }, execution_time: null }] })],
      })),
    ).runs;
    expect(run?.iterations[0]?.prompt[1]).toEqual({ role: 'tool', content: '[{"type":"text","text":"x"}]' });
    expect(run?.iterations[0]?.prompt[2]).toEqual({ role: 'user', content: 'bare' });
    expect(callsOf(run?.iterations ?? [])).toMatchObject([{ prompt: '[{"role":"user","content":"q"}]', response: '{"a":1}', usage: null, seconds: null, runs: [] }]);
  });

  test('numbers that only Python writes are nothing; texts that hold such words stay', () => {
    const line = JSON.stringify(iteration({ response: 'NaN "Infinity" \\', code_blocks: [block({ locals: { a: 'X', b: 'X' } })] })).replace('"X"', 'NaN').replace('"X"', '-Infinity');
    const [run] = read(`${line}\n`).runs;
    expect(run?.iterations[0]?.response).toBe('NaN "Infinity" \\');
    expect([...(run?.iterations[0]?.blocks[0]?.locals ?? [])]).toEqual([['a', null], ['b', null]]);
  });

  test('the example of the format is read as it stands', () => {
    const { runs } = read(
      lines(
        { type: 'metadata', timestamp: '2026-07-01T10:00:00.1', root_model: 'gpt-5', max_depth: 1, max_iterations: 30, backend: 'openai', backend_kwargs: { model_name: 'gpt-5' }, environment_type: 'local', environment_kwargs: {}, other_backends: null },
        iteration({ code_blocks: [block({ stdout: 'Ada L\n', locals: { context: 'Ada Lovelace', a: 'Ada' }, execution_time: 1.9, rlm_calls: [{ root_model: 'gpt-5-mini', prompt: 'Who? Ada Lovelace', response: 'Ada', usage_summary: { model_usage_summaries: { 'gpt-5-mini': { total_calls: 1, total_input_tokens: 9, total_output_tokens: 1 } } }, execution_time: 1.8 }], final_answer: null })] }),
        iteration({ iteration: 2, code_blocks: [block({ final_answer: 'Ada' })], final_answer: 'Ada', iteration_time: 2.1 }),
      ),
    );
    expect(runs).toHaveLength(1);
    expect(runs[0]?.iterations[0]?.blocks[0]).toMatchObject({ stdout: 'Ada L\n', seconds: 1.9, calls: [{ model: 'gpt-5-mini', response: 'Ada', seconds: 1.8, error: null }] });
    expect(runs[0]?.iterations[0]?.blocks[0]?.locals.get('a')).toBe('Ada');
    expect(runs[0]?.iterations[1]).toMatchObject({ finalAnswer: 'Ada', seconds: 2.1 });
  });
});

describe('what is hostile gets a sentence with its line', () => {
  const error = (file: string) => {
    const result = readOfficial(file);
    return result.ok ? null : result.error;
  };
  const good = lines(iteration());

  test.each([
    ['no JSON', `${good}{"type":`, 'Line 2 is not of an official rlm log: it is no JSON.'],
    ['no object', `${good}\n[1]\n`, 'Line 3 is not of an official rlm log: it is no object.'],
    ['neither kind', lines({ a: 1 }), 'Line 1 is not of an official rlm log: it is neither metadata nor an iteration.'],
    ['a type that is no text', lines({ type: 7 }), 'Line 1 is not of an official rlm log: it is neither metadata nor an iteration.'],
    ['another shape', good + lines(iteration({ code_blocks: [block({ stdout: 7 })] })), 'Line 2 is not of an official rlm log: code_blocks.0.result.stdout has another shape'],
    ['another shape, deep', lines(iteration({ code_blocks: [block({ rlm_calls: [{ prompt: '', response: '', metadata: { iterations: [iteration({ response: 1 })] } }] })] })), 'code_blocks.0.result.rlm_calls.0.metadata.iterations.0.response has another shape'],
    ['tokens below nothing', lines(iteration({ code_blocks: [block({ rlm_calls: [{ prompt_tokens: -1 }] })] })), 'rlm_calls.0.prompt_tokens has another shape'],
    ['nothing at all', '', 'The file holds no line of an official rlm log.'],
    ['only other lines', lines({ type: 'run_context' }), 'The file holds no line of an official rlm log.'],
  ])('%s', (_, file, sentence) => {
    expect(error(file)).toContain(sentence);
  });

  test('children that are nested without end, values that are, and strings that never end', () => {
    const nested = (depth: number): string =>
      `{"type":"iteration","response":"","code_blocks":[{"code":"","result":{"rlm_calls":[{"metadata":{"iterations":[`.repeat(depth) +
      `{"response":""}` + ']}}]}}]}'.repeat(depth);
    expect(error(nested(100))).toBeNull();
    expect(error(good + nested(3_000))).toMatch(/^Line 2 .* is nested more than 100 children deep\.$/);
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
    expect(error(`{"response":"","prompt":{"a":${deep}}}`)).toMatch(/^Line 1 .* nested too deeply\.$/);
    expect(error(`{"response":"","NaN":"${'\\"'.repeat(500_000)}`)).toContain('Line 1');
  });

  test('names that are special in JavaScript are names like others', () => {
    const line = '{"response":"","__proto__":{"type":"metadata"},"code_blocks":[{"code":"","result":{"locals":{"__proto__":{"x":1},"constructor":2}}}]}';
    const [run] = read(line).runs;
    expect(run?.iterations[0]?.blocks[0]?.locals.get('constructor')).toBe(2);
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });

  test('of any shape never throws', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.json(), fc.string(), fc.constant(lines(iteration()).trim()))), (all) => {
        const result = readOfficial(all.join('\n'));
        if (!result.ok) expect(result.error).toMatch(/^(Line \d+ is not|The file holds no line)/);
      }),
    );
  });
});
