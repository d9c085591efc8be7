import { expect, it } from 'vitest';
import type { SourceDocument } from '../../documents/document.ts';
import { runQuestion } from '../../engine/run-question.ts';
import { faultsOfLog } from '../../engine/testing/check-log.ts';
import { createOneWorkerRepl, KILL } from '../../engine/testing/one-worker.ts';
import { answeredIn, cell } from '../../engine/testing/run-script.ts';
import { createScriptedModel, type Script } from '../../engine/testing/scripted-model.ts';
import { createLocalRepl } from '../../repl/local-repl.ts';
import type { TrajectoryEvent } from '../../trajectory/events.ts';
import { append } from '../../trajectory/log.ts';
import { DEFAULT_SETTINGS, type RunSettings } from '../../trajectory/settings.ts';
import { createClock } from './real-clock.ts';

function document(id: string, text: string): SourceDocument {
  const blob = new Blob([text]);
  const info = { id, name: `${id}.txt`, kind: 'text', chars: text.length, lines: 1, bytes: blob.size, sha256: '' };
  return { info, text: { blob, encoding: 'utf-8', skip: 0, index: null }, notice: null };
}

async function run(
  script: Script,
  documents: readonly SourceDocument[],
  settings: Partial<RunSettings> = {},
  past: readonly TrajectoryEvent[] = [],
) {
  const clock = createClock(past.at(-1)?.at ?? 0);
  const events: TrajectoryEvent[] = [...past];
  const model = createScriptedModel(script, clock, answeredIn(past));
  await runQuestion(
    {
      question: 'Q',
      method: 'rlm',
      settings: { ...DEFAULT_SETTINGS, ...settings },
      documents: documents.map(({ info }) => info),
    },
    {
      model,
      price: () => 0,
      repl: createOneWorkerRepl(createLocalRepl({ documents })),
      clock,
      emit: (fact) => events.push(append(events, fact, clock.now())),
    },
    new AbortController().signal,
    past,
  );
  expect(faultsOfLog(events)).toEqual([]);
  const observations = events.flatMap((event) => (event.type === 'cell.finished' ? [event.observation] : []));
  return { events, observations, end: events.at(-1), model };
}

it('finds a needle with code, asks sub-models in parallel, and answers from a variable', async () => {
  const text = `${'hay '.repeat(300_000)}The code is 4711. ${'hay '.repeat(300_000)}`;
  const { end, observations, model, events } = await run(
    {
      rlm: {
        Q: [
          cell('const hits = grep(/code is (\\d+)/); print(hits.length, context.length); hits[0].text.length > 0'),
          cell('const chunks = [1, 2, 3].map((n) => `part ${n}`);\nconst replies = await llm_query_batched(chunks);\nreplies'),
          cell('let answerText = context.match(/code is (\\d+)/)[1] + " " + replies.join("+");'),
          'FINAL_VAR("answerText")',
        ],
      },
      sub: (prompt) => prompt.toUpperCase(),
      latencyMs: 5,
    },
    [document('a', text)],
  );
  expect(end).toMatchObject({ outcome: 'answered', answer: '4711 PART 1+PART 2+PART 3' });
  expect(observations[0]).toBe('1 2400018\ntrue\n');
  expect(observations[1]).toContain('PART 2');
  expect(model.mostInFlight).toBe(3);
  const asked = events.flatMap((event) => (event.type === 'call.started' && event.call !== '0' ? [event.line] : []));
  expect(asked).toEqual([2, 2, 2]);
});

it('runs a child RLM over a part, and an rlm_query at the limit as a plain reply over documents', async () => {
  const { end, events } = await run(
    {
      rlm: {
        Q: [cell('const part = await rlm_query("Child?", context[1]);\nFINAL(part + "/" + typeof inner)')],
        'Child?': [cell('const inner = await rlm_query("Leaf?");\nFINAL(inner + "!")')],
      },
      sub: (prompt) => (prompt.endsWith('Context:\nbeta') ? 'saw beta' : `saw ${prompt}`),
    },
    [document('a', 'alpha'), document('b', 'beta')],
    { maxDepth: 2 },
  );
  expect(end).toMatchObject({ outcome: 'answered', answer: 'saw beta!/undefined' });
  const calls = events.flatMap((event) =>
    event.type === 'call.started' ? [`${event.call} ${event.kind} ${event.contextChars ?? ''}`] : [],
  );
  expect(calls).toEqual(['0 rlm 9', '0.1 rlm 4', '0.1.1 llm ']);
});

it('reads the documents for an rlm_query at the limit that names no context', async () => {
  const { events } = await run(
    { rlm: { Q: [cell('await rlm_query("Leaf?")'), cell('FINAL("x")')] }, sub: () => 'ok' },
    [document('a', 'alpha'), document('b', 'beta')],
  );
  const [, leaf] = events.filter((event) => event.type === 'call.started');
  expect(leaf).toMatchObject({ kind: 'llm', asked: 'rlm', prompt: 'Question:\nLeaf?\n\nContext:\nalpha\n\nbeta' });
});

it('keeps a draft, shows errors by line, and says when a cell met its CPU limit', async () => {
  const { end, observations, events } = await run(
    {
      rlm: {
        Q: [
          cell('answer = { content: "half", ready: false };\nprint("kept");\nnope();'),
          cell('const before = 1;\nwhile (true) {}'),
          cell('print(before, answer.content)'),
        ],
      },
    },
    [document('a', 'alpha')],
    { maxTurns: 3, cellCpuSeconds: 0.2 },
  );
  expect(end).toMatchObject({ outcome: 'limit', answer: 'half' });
  expect(observations[0]).toMatch(/^kept\nReferenceError: .*\(line 3 of your code\)$/);
  expect(observations[2]).toBe('1 half\n');
  const limits = events.flatMap((event) => (event.type === 'limit.reached' ? [event.limit] : []));
  expect(limits).toEqual(['cellCpu', 'turns']);
});

it('rebuilds all sessions of a worker that one of them killed, with their time, their chance and their replies', async () => {
  const { end, events, model } = await run(
    {
      rlm: {
        Q: [
          cell('const began = [Date.now(), Math.random()]; class Kept { #n = 1; get n() { return this.#n++; } }\nconst kept = new Kept(); kept.n; began.join()'),
          cell('const found = await Promise.all([rlm_query("Bad?", context.slice(0, 4)), rlm_query("Good?", ["x", "y"]), llm_query("leaf")]);\nfound'),
          cell('FINAL([...found, kept.n, began.join()].join("|"))'),
        ],
        'Bad?': [cell(`let mine = await llm_query("of bad");\nprint(mine)`), cell(`print("${KILL}")`), cell('FINAL(context + mine)')],
        'Good?': [
          cell('const log = [];\nfor (const text of context) log.push(await llm_query(text), Date.now());'),
          cell('const again = log.filter((each) => typeof each === "string");\nagain.push(await llm_query("last"));'),
          cell('FINAL(again.join("+"))'),
        ],
      },
      sub: (prompt) => ({ text: `<${prompt}>`, latencyMs: prompt === 'last' ? 60 : 20 }),
      latencyMs: 15,
    },
    [document('a', 'plum tree')],
    { maxDepth: 2 },
  );
  const observed = events.flatMap((event) => (event.type === 'cell.finished' && event.cell === '0:1' ? [event.observation] : []));
  expect(end).toMatchObject({
    outcome: 'answered',
    answer: `plum<of bad>|<x>+<y>+<last>|<leaf>|2|${observed[0]?.trim()}`,
  });
  const failed = events.flatMap((event) => (event.type === 'cell.finished' && !event.ok ? [event.cell] : []));
  expect(failed).toEqual(['0.1:2']);
  const prompts = model.requests.map(({ messages }) => JSON.stringify(messages));
  expect(new Set(prompts).size).toBe(prompts.length);
});

it('goes on from prefixes of its log with the variables as they were', { timeout: 120_000 }, async () => {
  const script: Script = {
    rlm: {
      Q: [
        cell('const began = [Date.now(), Math.random()];\nlet n = 0;\nprint(began.join())'),
        cell('while (true) n += 1;'),
        cell('const seen = [];\nawait Promise.all(["a", "b"].map(async (q) => { seen.push(await llm_query(q)); seen.push(await llm_query(q + q)); }));\nprint(n, seen.join())'),
        cell('const child = await rlm_query("Child?", context.slice(5));\nprint(child)'),
        cell('FINAL([began.join(), n, seen.join(), child].join("|"))'),
      ],
      'Child?': [cell('const words = context.split(" ")'), cell('FINAL(words.at(-1) + await llm_query("of child"))')],
    },
    sub: (prompt) => ({ text: prompt.toUpperCase(), latencyMs: prompt === 'a' ? 20 : 5 }),
  };
  const documents = [document('a', 'the plum tree')];
  const settings = { maxDepth: 2, cellCpuSeconds: 0.05 };
  const whole = await run(script, documents, settings);
  expect(whole.end).toMatchObject({ outcome: 'answered' });
  const check = ({ end, observations }: typeof whole, where: string) => {
    if (end?.type !== 'run.finished') throw new Error('It has not finished.');
    const [began, n, seen, child] = (end.answer ?? '').split('|');
    const [first = '', , third = ''] = observations;
    expect([`${began}\n`, `${n} ${seen}\n`, child], where).toEqual([first, third, 'treeOF CHILD']);
  };
  check(whole, 'whole');
  // Every prefix is cut with the REPL of the engine's own tests; these take what only QuickJS has.
  for (let length = 4; length < whole.events.length; length += 9) {
    check(await run(script, documents, settings, whole.events.slice(0, length)), `cut at ${length}`);
  }
});
