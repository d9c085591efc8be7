import { expect, it } from 'vitest';
import { citeAnswer } from '../../documents/citations/cite.ts';
import type { SourceDocument } from '../../documents/document.ts';
import { readText } from '../../documents/read-text.ts';
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
async function ask(question: string, texts: readonly string[], ending = 'txt') {
  const documents: SourceDocument[] = [];
  for (const [index, text] of texts.entries()) {
    documents.push(await readText(new File([text], `${index}.${ending}`), { id: `d${index}` }));
  }
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
      cite: (answer, format, signal) => citeAnswer(answer, format, documents, signal, { question }),
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
  const quote = end.citations.find(({ role }) => role === undefined);
  expect(quote).toMatchObject({ quote: needle, document: 'd0', match: 'exact', place: { line: 20_001 } });
  expect(end.citations.every(({ document }) => document !== null)).toBe(true);
}, 30_000);

it('cites the sentence of each item of a list, and the record that is an example', async () => {
  const ships = ['Alma', 'Berta', 'Clara'].map((name, index) => `The brig ${name} was lost at sea in the winter of 185${index}.`);
  const listed = await ask('List all brigs that were lost at sea.', [`${filler(300)}\n${ships.join(`\n${filler(200)}\n`)}\n${filler(200)}`]);
  expect(listed.end.citations.filter(({ document }) => document === 'd0').length).toBeGreaterThan(0);
  expect(listed.end.citations.filter(({ document }) => document === null)).toEqual([]);
  const rows = Array.from({ length: 400 }, (_, i) => `${i},${i % 7 === 0 ? 'refunded' : 'paid'},town ${i % 13}`);
  const counted = await ask('How many orders have the status refunded?', [`order,status,town\n${rows.join('\n')}`], 'csv');
  expect(counted.end.answer).toContain('58');
  expect(counted.end.citations.filter(({ document }) => document === null)).toEqual([]);
  expect(counted.end.citations.some(({ quote, document }) => document === 'd0' && quote.includes('refund'))).toBe(true);
}, 30_000);

it('says so where the answer is not there', async () => {
  const { end } = await ask('Who invented the magnetic lighthouse trumpet?', [filler(2_000)]);
  expect(end.outcome).toBe('answered');
  expect(end.answer).toMatch(/not find|not found|nothing|no answer|not say/i);
}, 30_000);
