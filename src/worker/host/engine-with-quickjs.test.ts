import { expect, it } from 'vitest';
import type { SourceDocument } from '../../documents/document.ts';
import { runQuestion } from '../../engine/run-question.ts';
import { faultsOfLog } from '../../engine/testing/check-log.ts';
import { cell } from '../../engine/testing/run-script.ts';
import { createScriptedModel, type Script } from '../../engine/testing/scripted-model.ts';
import { createLocalRepl } from '../../repl/local-repl.ts';
import type { TrajectoryEvent } from '../../trajectory/events.ts';
import { append } from '../../trajectory/log.ts';
import { DEFAULT_SETTINGS, type RunSettings } from '../../trajectory/settings.ts';
import { createClock } from './real-clock.ts';

function document(id: string, text: string): SourceDocument {
  const blob = new Blob([text]);
  const info = { id, name: `${id}.txt`, kind: 'text', chars: text.length, lines: 1, bytes: blob.size, sha256: '' };
  return { info, text: { blob, encoding: 'utf-8', skip: 0 }, notice: null };
}

async function run(script: Script, documents: readonly SourceDocument[], settings: Partial<RunSettings> = {}) {
  const clock = createClock();
  const events: TrajectoryEvent[] = [];
  const model = createScriptedModel(script, clock);
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
      repl: createLocalRepl({ documents }),
      clock,
      emit: (fact) => events.push(append(events, fact, clock.now())),
    },
    new AbortController().signal,
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
