import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { Citation, type EventOf, type Fact, type LogEvent } from '../events.ts';
import { spending } from '../derive/spending.ts';
import { EMPTY, fold } from '../fold.ts';
import { isKnownEvent } from '../known-event.ts';
import { append } from '../log.ts';
import { arbitraryLog, arbitraryNonsense } from '../testing/arbitrary-log.ts';
import { refundsLog } from '../testing/refunds-log.ts';
import { officialRlm } from './official-rlm.ts';

/** A faithful reader of the official format: strict about every key and type its logger writes. */
const runMetadata = {
  root_model: z.string(),
  max_depth: z.int(),
  max_iterations: z.int(),
  backend: z.enum(['openai', 'portkey', 'openrouter', 'vercel', 'vllm', 'anthropic', 'azure_openai', 'gemini']),
  backend_kwargs: z.record(z.string(), z.unknown()),
  environment_type: z.enum(['local', 'ipython', 'docker', 'modal', 'prime', 'daytona', 'e2b']),
  environment_kwargs: z.record(z.string(), z.unknown()),
  other_backends: z.nullable(z.array(z.string())),
};
/** Python's `datetime.fromisoformat` takes exactly this: no zone, microseconds. */
const timestamp = z.string().check(z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}$/));
const seconds = z.number().check(z.minimum(0));
const MetadataLine = z.strictObject({ type: z.literal('metadata'), timestamp, ...runMetadata });
const usage = { total_input_tokens: z.int(), total_output_tokens: z.int(), total_cost: z.optional(z.number()) };
const Call = z.strictObject({
  root_model: z.string(),
  prompt: z.string(),
  response: z.string(),
  usage_summary: z.strictObject({
    model_usage_summaries: z.record(z.string(), z.strictObject({ total_calls: z.int(), ...usage })),
    total_cost: z.optional(z.number()),
  }),
  execution_time: seconds,
  get metadata() {
    return z.optional(z.strictObject({ run_metadata: z.strictObject(runMetadata), iterations: z.array(Iteration) }));
  },
  error: z.optional(z.string()),
  prompt_tokens: z.int(),
  completion_tokens: z.int(),
});
const Iteration = z.strictObject({
  type: z.literal('iteration'),
  iteration: z.int().check(z.minimum(1)),
  timestamp,
  prompt: z.array(z.strictObject({ role: z.string(), content: z.string() })),
  response: z.string(),
  get code_blocks() {
    return z.array(
      z.strictObject({
        code: z.string(),
        result: z.strictObject({
          stdout: z.string(),
          stderr: z.string(),
          locals: z.record(z.string(), z.unknown()),
          execution_time: seconds,
          rlm_calls: z.array(Call),
          final_answer: z.nullable(z.string()),
        }),
      }),
    );
  },
  final_answer: z.nullable(z.string()),
  iteration_time: z.nullable(seconds),
  // A key of ours: the official visualizer reads the keys it knows.
  citations: z.optional(z.array(Citation)),
});
type Iteration = z.infer<typeof Iteration>;
type Call = z.infer<typeof Call>;

function read(text: string): { metadata: z.infer<typeof MetadataLine>; iterations: readonly Iteration[] } {
  const lines = text.trimEnd().split('\n').map((line): unknown => JSON.parse(line));
  return { metadata: MetadataLine.parse(lines[0]), iterations: lines.slice(1).map((line) => Iteration.parse(line)) };
}

const callsOf = (list: readonly Iteration[]): Call[] =>
  list.flatMap((each) => each.code_blocks.flatMap((block) => block.result.rlm_calls));
const deepCallsOf = (list: readonly Iteration[]): Call[] =>
  callsOf(list).flatMap((call) => [call, ...deepCallsOf(call.metadata?.iterations ?? [])]);
const levelsOf = (list: readonly Iteration[]): number =>
  Math.max(0, ...callsOf(list).map((call) => (call.metadata === undefined ? 0 : 1 + levelsOf(call.metadata.iterations))));

describe('generated logs', () => {
  test('are read by a strict reader, with children nested to depth 3, and lose no sub-call', () => {
    let deepest = 0;
    fc.assert(
      fc.property(arbitraryLog(400), ({ header, events }) => {
        const { metadata, iterations } = read(officialRlm(header, events));
        const state = fold(EMPTY, events);
        deepest = Math.max(deepest, levelsOf(iterations));
        expect(metadata.timestamp).toBe(`${header.startedAt.slice(0, -1)}000`);
        expect(deepCallsOf(iterations)).toHaveLength(Math.max(0, state.order.length - 1));
        expect(iterations.map(({ iteration }) => iteration)).toEqual(iterations.map((_, index) => index + 1));
        const root = state.calls.get('0');
        if (root === undefined) return;
        const spent = spending(state, root);
        const sum = (pick: (call: Call) => number) => callsOf(iterations).reduce((all, call) => all + pick(call), 0);
        expect(sum((call) => call.prompt_tokens)).toBe(spent.total.usage.input - spent.own.usage.input);
        expect(sum((call) => call.completion_tokens)).toBe(spent.total.usage.output - spent.own.usage.output);
      }),
      // These are known to go three levels down; other seeds need not.
      { seed: 1, numRuns: 300 },
    );
    expect(deepest).toBe(3);
  });

  test('in an order that makes no sense are still read', () => {
    fc.assert(
      fc.property(arbitraryNonsense(), (events) => {
        read(officialRlm(refundsLog().header, events));
      }),
      { numRuns: 40 },
    );
  });

  test('nested 5,000 deep do not overflow', () => {
    const usageOfOne = { input: 1, cachedInput: 0, output: 1, reasoning: 0 };
    const deep: LogEvent[] = [];
    const add = (fact: Fact) => deep.push(append(deep, fact, 0));
    let id = '0';
    for (let depth = 0; depth < 5_000; depth += 1) {
      const parent = depth === 0 ? null : id;
      const asker = parent === null ? null : `${id}:1`;
      id = depth === 0 ? '0' : `${id}.1`;
      add({ type: 'call.started', call: id, parent, cell: asker, kind: 'rlm', depth, model: 'm', prompt: '' });
      add({ type: 'turn.started', call: id, turn: 1, messages: [] });
      add({ type: 'turn.finished', call: id, turn: 1, finishReason: 'stop', soFar: { usage: usageOfOne, costUsd: 0 } });
      add({ type: 'cell.started', call: id, turn: 1, cell: `${id}:1`, code: '' });
    }
    expect(levelsOf(read(officialRlm(refundsLog().header, deep)).iterations)).toBe(64);
  });
});

describe('the refunds log', () => {
  const { header, events } = refundsLog();
  const text = officialRlm(header, events);
  const { metadata, iterations } = read(text);

  test('metadata', () => {
    expect(metadata).toEqual({
      type: 'metadata', timestamp: '2026-07-01T10:00:00.000000', root_model: 'gpt-5', max_depth: 2, max_iterations: 30,
      backend: 'openai', backend_kwargs: { model_name: 'gpt-5', base_url: 'https://api.openai.com/v1' },
      environment_type: 'local', environment_kwargs: {}, other_backends: ['openai'],
    });
    expect(Object.keys(metadata).slice(0, 4)).toEqual(['type', 'timestamp', 'root_model', 'max_depth']);
  });

  test('iterations carry the whole prompt, the code, what it printed and what it called', () => {
    expect(iterations).toHaveLength(6);
    expect(iterations.map(({ prompt }) => prompt.length)).toEqual([2, 4, 6, 8, 10, 12]);
    expect(iterations[1]?.code_blocks[0]?.result.stdout).toBe('18204 lines in 6911 tickets\n');
    expect(iterations.map((each) => callsOf([each]).length)).toEqual([0, 0, 36, 42, 8, 0]);
    expect(deepCallsOf(iterations)).toHaveLength(150);
  });

  test('the final answer stands on the last iteration alone', () => {
    expect(iterations.slice(0, -1).map((each) => each.final_answer)).toEqual([null, null, null, null, null]);
    expect(iterations.at(-1)?.final_answer).toMatch(/^# 214 tickets/);
    expect(iterations.at(-1)?.code_blocks[0]?.result.final_answer).toBe(iterations.at(-1)?.final_answer);
  });

  test('the places of what it quotes stand beside it, and there alone', () => {
    expect(iterations.slice(0, -1).some((each) => 'citations' in each)).toBe(false);
    expect(iterations.at(-1)?.citations).toEqual(fold(EMPTY, events).finished?.citations);
    expect(iterations.at(-1)?.citations?.length).toBeGreaterThan(0);
  });

  test('locals add up, and the context is described, never written', () => {
    const locals = iterations.map((each) => each.code_blocks[0]?.result.locals ?? {});
    expect(Object.keys(locals[0] ?? {})).toEqual(['context']);
    expect(Object.keys(locals[2] ?? {})).toEqual(['hits', 'ids', 'lines', 'tickets', 'sample', 'kinds', 'wordings', 'context']);
    expect(locals[5]?.['context']).toBe('<context of 41702118 characters>');
  });

  test('children nest with metadata of their own, failures are errors, usage is of the whole subtree', () => {
    const child = callsOf(iterations).find((call) => call.prompt === 'Which were paid under another ticket id?');
    expect(child?.metadata?.run_metadata.root_model).toBe('gpt-5-mini');
    expect(child?.metadata?.iterations).toHaveLength(3);
    expect(child?.metadata?.iterations.at(-1)?.final_answer).toBe(child?.response);
    const below = callsOf(child?.metadata?.iterations ?? []);
    expect(below).toHaveLength(64);
    expect(below.flatMap((call) => call.error ?? [])).toEqual([
      'The endpoint answered 500 four times. Ask again, or choose another model.',
    ]);
    expect(child?.usage_summary.model_usage_summaries['gpt-5-mini']?.total_calls).toBe(3 + 63);
    const state = fold(EMPTY, events);
    const call = state.calls.get('0.77');
    if (call === undefined) throw new Error('no call 0.77');
    const { total } = spending(state, call);
    expect(child?.prompt_tokens).toBe(total.usage.input);
    expect(child?.usage_summary.total_cost).toBeCloseTo(total.costUsd, 9);
  });

  test('an unknown price is left out, not written as 0', () => {
    const unpriced = events.map((event) =>
      isKnownEvent(event) && event.type === 'call.finished' && event.call === '0.77.5' ? { ...event, costUsd: null } : event,
    );
    const child = callsOf(read(officialRlm(header, unpriced)).iterations).find((call) => call.metadata !== undefined);
    expect(child?.usage_summary).not.toHaveProperty('total_cost');
    expect(child?.usage_summary.model_usage_summaries['gpt-5-mini']).not.toHaveProperty('total_cost');
  });

  test('errors go to stderr with their line; a limit’s answer is the iteration’s, not the code’s', () => {
    const changed = events.map((event): LogEvent => {
      if (!isKnownEvent(event)) return event;
      if (event.type === 'run.finished') return { ...event, outcome: 'limit', answer: 'best so far' };
      const error = { name: 'TypeError', message: 'x is not a function', line: 3 };
      return event.type === 'cell.finished' && event.cell === '0:2' ? { ...event, ok: false, error } : event;
    });
    const read2 = read(officialRlm(header, changed)).iterations;
    expect(read2[1]?.code_blocks[0]?.result.stderr).toBe('TypeError: x is not a function (line 3)');
    expect(read2.at(-1)).toMatchObject({ final_answer: 'best so far' });
    expect(read2.at(-1)?.code_blocks[0]?.result.final_answer).toBeNull();
  });

  test('a turn that was cut before a word of it came is no iteration; one cut in its words is', () => {
    const begun = events.findLastIndex((event) => event.type === 'turn.started');
    const end = { ...events.at(-1), outcome: 'stopped', answer: null } as LogEvent;
    const upTo = (type: string) => {
      const index = events.findIndex((event, place) => place > begun && event.type === type);
      return read(officialRlm(header, [...events.slice(0, index + 1), end])).iterations;
    };
    expect(upTo('call.sent')).toHaveLength(5);
    expect(upTo('call.text')).toHaveLength(6);
    expect(upTo('call.text').at(-1)).toMatchObject({ code_blocks: [], final_answer: null });
  });

  test('what surrounds host and path of the endpoint does not leave', () => {
    const secret = events.map((event): LogEvent => {
      if (!isKnownEvent(event) || event.type !== 'run.started') return event;
      const settings = { ...event.settings, baseUrl: 'https://me:sk-1@host.example/v1?api-key=sk-2#sk-3', provider: 'offline' };
      return { ...event, settings } satisfies EventOf<'run.started'>;
    });
    expect(read(officialRlm(header, secret)).metadata.backend_kwargs).toEqual({
      model_name: 'gpt-5', base_url: 'https://host.example/v1',
    });
  });
});

test('a root that is one plain reply is one iteration; an empty log is metadata alone', () => {
  const facts: Fact[] = [
    { type: 'call.started', call: '0', parent: null, cell: null, kind: 'llm', depth: 0, model: 'm', prompt: 'Who?' },
    { type: 'call.sent', call: '0', attempt: 1 },
    { type: 'call.text', call: '0', text: 'Ada' },
    { type: 'call.finished', call: '0', usage: { input: 1, cachedInput: 0, output: 1, reasoning: 0 }, costUsd: 0, finishReason: 'stop' },
  ];
  const events: LogEvent[] = [];
  for (const fact of facts) events.push(append(events, fact, events.length * 500));
  expect(read(officialRlm(refundsLog().header, events)).iterations).toEqual([
    {
      type: 'iteration', iteration: 1, timestamp: '2026-07-01T10:00:01.500000',
      prompt: [{ role: 'user', content: 'Who?' }], response: 'Ada', code_blocks: [], final_answer: 'Ada', iteration_time: 1,
    },
  ]);
  expect(read(officialRlm(refundsLog().header, [])).iterations).toEqual([]);
});

describe('sub-calls that no cell asked for, as a compaction has them', () => {
  const used = { input: 7, cachedInput: 0, output: 2, reasoning: 0 };
  const logOf = (facts: readonly Fact[]): LogEvent[] => {
    const events: LogEvent[] = [];
    for (const fact of facts) events.push(append(events, fact, events.length * 100));
    return events;
  };
  const root: Fact = { type: 'call.started', call: '0', parent: null, cell: null, kind: 'rlm', depth: 0, model: 'm', prompt: 'Who?' };
  const summary = (n: number): Fact[] => [
    { type: 'call.started', call: `0.${n}`, parent: '0', cell: null, kind: 'llm', depth: 1, model: 's', prompt: `part ${n}` },
    { type: 'call.text', call: `0.${n}`, text: `summary ${n}` },
    { type: 'call.finished', call: `0.${n}`, usage: used, costUsd: 0.1, finishReason: 'stop' },
  ];
  const turn = (n: number): Fact[] => [
    { type: 'turn.started', call: '0', turn: n, messages: [{ role: 'user', content: 'now' }] },
    { type: 'call.text', call: '0', text: 'Ada' },
    { type: 'turn.finished', call: '0', turn: n, finishReason: 'stop', soFar: { usage: used, costUsd: 0.1 } },
  ];

  test('stand in the iteration of the turn that they precede, with what they used', () => {
    const events = logOf([root, ...summary(1), ...summary(2), ...turn(1), ...summary(3), ...turn(2), ...summary(4)]);
    const { iterations } = read(officialRlm(refundsLog().header, events));
    expect(iterations.map((each) => callsOf([each]).map(({ response }) => response))).toEqual([
      ['summary 1', 'summary 2'],
      ['summary 3', 'summary 4'],
    ]);
    expect(iterations[0]?.code_blocks).toMatchObject([{ code: '', result: { execution_time: 0.5, final_answer: null } }]);
    expect(callsOf(iterations).map(({ prompt_tokens, usage_summary }) => [prompt_tokens, usage_summary.total_cost])).toEqual(
      [1, 2, 3, 4].map(() => [7, 0.1]),
    );
  });

  test('are an iteration of their own where the root had no turn', () => {
    const { iterations } = read(officialRlm(refundsLog().header, logOf([root, ...summary(1)])));
    expect(iterations).toMatchObject([{ iteration: 1, prompt: [], response: '', final_answer: null }]);
    expect(callsOf(iterations).map(({ prompt }) => prompt)).toEqual(['part 1']);
  });
});
