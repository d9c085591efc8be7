import { expect, it } from 'vitest';
import { runQuestion } from '../../engine/run-question.ts';
import { createControls } from '../../engine/steering.ts';
import { faultsOfLog } from '../../engine/testing/check-log.ts';
import { cell } from '../../engine/testing/run-script.ts';
import { createScriptedModel } from '../../engine/testing/scripted-model.ts';
import { createLocalRepl } from '../../repl/local-repl.ts';
import type { TrajectoryEvent } from '../../trajectory/events.ts';
import { append } from '../../trajectory/log.ts';
import { DEFAULT_SETTINGS, type RunSettings } from '../../trajectory/settings.ts';
import { createClock } from './real-clock.ts';

/** A run whose person declines whatever they are asked. */
async function run(replies: readonly string[], settings: Partial<RunSettings> = {}) {
  const clock = createClock(0);
  const events: TrajectoryEvent[] = [];
  const controls = createControls();
  const model = createScriptedModel({ rlm: { Q: replies }, sub: (prompt) => prompt }, clock);
  const emit = (fact: Parameters<typeof append>[1]) => {
    events.push(append(events, fact, clock.now()));
    if (fact.type === 'run.paused') queueMicrotask(() => controls.decline());
  };
  const ports = { model, price: () => 0, repl: createLocalRepl({ documents: [] }), clock, emit, controls };
  const request = { question: 'Q', method: 'rlm', settings: { ...DEFAULT_SETTINGS, ...settings }, documents: [] };
  await runQuestion(request, ports, new AbortController().signal);
  expect(faultsOfLog(events)).toEqual([]);
  const notes = events.flatMap((event) => (event.type === 'note.added' ? [event] : []));
  return { events, notes, end: events.at(-1) };
}

it('guards read the errors of the real REPL, and its `answer` that stays ready', async () => {
  const { notes, end } = await run([
    cell('const finalText = "plum";'),
    cell('FINAL_VAR("final_text")'),
    cell('answer.content = "Let me look."; answer.ready = true;'),
    cell('print("I look")'),
    cell('x()'),
    cell('x()'),
    cell('\nx()'),
    cell('FINAL_VAR("finalText")'),
  ]);
  expect(notes.map(({ guard, turn }) => `${guard} ${turn}`)).toEqual(['unknown-variable 2', 'plan-as-answer 3', 'same-error 7']);
  expect(notes[0]?.text).toContain('Did you mean FINAL_VAR("finalText")?');
  expect(end).toMatchObject({ outcome: 'answered', answer: 'plum' });
});

it('the person sees the number of all short sub-calls that wait, and a cell whose are refused goes on', async () => {
  const { events, end } = await run(
    [cell('const replies = await llm_query_batched(Array.from({ length: 300 }, (_, i) => "item " + i)); print(replies.filter((r) => r instanceof Error).length)'), cell('FINAL("plum")')],
    { askAbove: 20, maxSubCalls: 1_000, parallelSubCalls: 4 },
  );
  const paused = events.flatMap((event) => (event.type === 'run.paused' ? [event] : []));
  expect(paused).toMatchObject([{ why: 'sub-calls', message: expect.stringContaining('One cell asks for 280 more short sub-calls') }]);
  expect(events.find(({ type }) => type === 'cell.finished')).toMatchObject({ observation: '280\n' });
  expect(end).toMatchObject({ outcome: 'answered', answer: 'plum' });
});
