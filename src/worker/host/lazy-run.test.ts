import { describe, expect, it } from 'vitest';
import { runQuestion } from '../../engine/run-question.ts';
import { faultsOfLog } from '../../engine/testing/check-log.ts';
import { cell } from '../../engine/testing/run-script.ts';
import { createScriptedModel, type Script } from '../../engine/testing/scripted-model.ts';
import { createLocalRepl } from '../../repl/local-repl.ts';
import { read, source } from '../../repl/testing/documents.ts';
import type { SourceDocument } from '../../documents/document.ts';
import type { TrajectoryEvent } from '../../trajectory/events.ts';
import { append } from '../../trajectory/log.ts';
import { DEFAULT_SETTINGS, type RunSettings } from '../../trajectory/settings.ts';
import { createClock } from './real-clock.ts';

/** A run whose REPL has little memory, so that a text of nine megabytes is a lazy one, in its file. */
async function run(script: Script, documents: readonly SourceDocument[], settings: Partial<RunSettings> = {}) {
  const clock = createClock();
  const events: TrajectoryEvent[] = [];
  await runQuestion(
    {
      question: 'Q',
      method: 'rlm',
      settings: { ...DEFAULT_SETTINGS, replMemoryMb: 64, ...settings },
      documents: documents.map(({ info }) => info),
    },
    {
      model: createScriptedModel(script, clock),
      price: () => 0,
      repl: createLocalRepl({ documents, read, heldBytes: 0 }),
      clock,
      emit: (fact) => events.push(append(events, fact, clock.now())),
    },
    new AbortController().signal,
  );
  expect(faultsOfLog(events)).toEqual([]);
  const calls = events.flatMap((event) => (event.type === 'call.started' ? [event] : []));
  const observations = events.flatMap((event) => (event.type === 'cell.finished' ? [event.observation] : []));
  const prompts = events.flatMap((event) =>
    event.type === 'turn.started' ? event.messages.map(({ content }) => content) : [],
  );
  return { end: events.at(-1), calls, observations, prompts };
}

const LINE = 'a line of nine megabytes of them\n';
const large = source('large.log', `${LINE.repeat(150_000)}NEEDLE 4711\n${LINE.repeat(150_000)}`);
const small = source('small.txt', 'small enough');

describe('a run over a text that is not in memory', { timeout: 60_000 }, () => {
  it('tells the model what is lazy, as the REPL has it, and answers from it', async () => {
    const { end, prompts, observations } = await run(
      {
        rlm: {
          Q: [
            cell('print(documents.map((d) => [d.name, d.lazy === true]), context.map((t) => t.length))'),
            cell('FINAL(grep(/NEEDLE (\\d+)/)[0].line + " " + context[0].match(/NEEDLE (\\d+)/)[1])'),
          ],
        },
        sub: () => 'none',
      },
      [large, small],
    );
    expect(end).toMatchObject({ outcome: 'answered', answer: '150001 4711' });
    expect(prompts.join('\n')).toMatch(
      /0\. "large\.log" \(text\): 9,900,012 characters, 300,001 lines, 3 pages, lazy\n1\. "small\.txt" \(text\): 12 characters, 1 line, 3 pages\nA lazy text has/,
    );
    expect(observations[0]).toBe('[["large.log", true], ["small.txt", false]] [9900012, 12]\n');
  });

  it('gives a child a range of it', async () => {
    const { end, calls } = await run(
      {
        rlm: {
          Q: [cell('const middle = context.indexOf("NEEDLE");\nFINAL(await rlm_query("Child?", context.slice(middle - 3_000_000, middle + 8)))')],
          'Child?': [cell('FINAL(context.length + " " + context.slice(-8) + " " + documents[0].lines)')],
        },
        sub: () => 'none',
      },
      [large],
      { maxDepth: 2 },
    );
    expect(end).toMatchObject({ outcome: 'answered', answer: '3000008 NEEDLE 4 90911' });
    expect(calls.map(({ contextChars }) => contextChars)).toEqual([9_900_012, 3_000_008]);
  });

  it('reads the start of a range for a plain reply in place of a child', async () => {
    const { end, calls } = await run(
      {
        rlm: {
          Q: [cell('const at = context.indexOf("NEEDLE");\nFINAL(await rlm_query("Child?", [context.slice(at, at + 2_000_000), "made"]))')],
        },
        sub: (prompt) => `${prompt.length} ${prompt.includes('\n\nContext:\nNEEDLE 4711\na line')}`,
      },
      [large],
      { maxDepth: 1 },
    );
    const prompt = calls[1]?.prompt ?? '';
    expect(prompt).toContain('(The context below is its first 400,000 of 2,000,004 characters; the rest did not fit.)');
    expect(end).toMatchObject({ outcome: 'answered', answer: `${prompt.length} true` });
  });
});
