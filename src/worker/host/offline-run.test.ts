import { expect, it } from 'vitest';
import type { SourceDocument } from '../../documents/document.ts';
import { runQuestion } from '../../engine/run-question.ts';
import { faultsOfLog } from '../../engine/testing/check-log.ts';
import { createPageModel } from '../../models/page-model.ts';
import { createLocalRepl } from '../../repl/local-repl.ts';
import type { TrajectoryEvent } from '../../trajectory/events.ts';
import { append } from '../../trajectory/log.ts';
import { DEFAULT_SETTINGS } from '../../trajectory/settings.ts';
import { createClock } from './real-clock.ts';
import { createRunModel } from './run-model.ts';

const NO_PAGE = createPageModel({ ask: () => undefined, cancel: () => undefined }).model;

/** A whole run with the built-in model: every part is the real one but the workers' walls. */
async function ask(question: string, texts: readonly string[]) {
  const documents = texts.map((text, index): SourceDocument => {
    const blob = new Blob([text]);
    const lines = text.split('\n').length;
    const chars = text.length;
    return {
      info: { id: `d${index}`, name: `${index}.txt`, kind: 'text', chars, lines, bytes: blob.size, sha256: '' },
      text: { blob, encoding: 'utf-8', skip: 0, index: null },
      notice: null,
    };
  });
  const clock = createClock();
  const events: TrajectoryEvent[] = [];
  const { model, price } = await createRunModel(DEFAULT_SETTINGS, () => null, NO_PAGE);
  await runQuestion(
    { question, method: 'rlm', settings: DEFAULT_SETTINGS, documents: documents.map(({ info }) => info) },
    {
      model,
      price,
      repl: createLocalRepl({ documents }),
      clock,
      emit: (fact) => events.push(append(events, fact, clock.now())),
    },
    new AbortController().signal,
  );
  expect(faultsOfLog(events)).toEqual([]);
  const end = events.at(-1);
  if (end?.type !== 'run.finished') throw new Error('The run did not finish.');
  return { end, subCalls: events.filter(({ type }) => type === 'call.started').length - 1 };
}

const filler = (lines: number) =>
  Array.from({ length: lines }, (_, i) => `On day ${i} the ferry left the quay at dawn with grain and rope.`).join('\n');

it('finds a planted fact in two megabytes', async () => {
  const needle = 'The lighthouse keeper, Ottilie Brandt, kept a tame cormorant named Pellworm.';
  const { end, subCalls } = await ask('What was the name of the lighthouse keeper’s cormorant?', [
    `${filler(20_000)}\n${needle}\n${filler(12_000)}`,
  ]);
  expect(end.outcome).toBe('answered');
  expect(end.answer).toContain('Pellworm');
  expect(subCalls).toBeGreaterThan(0);
}, 30_000);

it('says so where the answer is not there', async () => {
  const { end } = await ask('Who invented the magnetic lighthouse trumpet?', [filler(2_000)]);
  expect(end.outcome).toBe('answered');
  expect(end.answer).toMatch(/not find|not found|nothing|no answer|not say/i);
}, 30_000);
