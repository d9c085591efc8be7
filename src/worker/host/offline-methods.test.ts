import { expect, it } from 'vitest';
import type { SourceDocument } from '../../documents/document.ts';
import { runQuestion } from '../../engine/run-question.ts';
import { faultsOfLog } from '../../engine/testing/check-log.ts';
import { createOfflineModel } from '../../models/offline/offline-model.ts';
import { OFFLINE_WINDOW_TOKENS } from '../../models/offline/window.ts';
import { createLocalRepl } from '../../repl/local-repl.ts';
import type { TrajectoryEvent } from '../../trajectory/events.ts';
import { append } from '../../trajectory/log.ts';
import type { MethodId } from '../../trajectory/methods.ts';
import { DEFAULT_SETTINGS } from '../../trajectory/settings.ts';
import { createClock } from './real-clock.ts';

/** A whole run by a method with the built-in model: every part is the real one but the workers' walls. */
async function ask(method: MethodId, question: string, texts: readonly string[]) {
  const documents = texts.map((text, index): SourceDocument => {
    const blob = new Blob([text]);
    const lines = text.split('\n').length;
    const info = { id: `d${index}`, name: `${index}.txt`, kind: 'text', chars: text.length, lines, bytes: blob.size, sha256: '' };
    return { info, text: { blob, encoding: 'utf-8', skip: 0, index: null }, notice: null };
  });
  const clock = createClock();
  const events: TrajectoryEvent[] = [];
  await runQuestion(
    { question, method, settings: DEFAULT_SETTINGS, documents: documents.map(({ info }) => info) },
    {
      model: createOfflineModel(),
      price: () => 0,
      windowTokens: () => OFFLINE_WINDOW_TOKENS,
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

const QUESTION = 'What was the name of the lighthouse keeper’s cormorant?';
const FACT = 'The lighthouse keeper, Ottilie Brandt, kept a tame cormorant named Pellworm.';
const filler = (lines: number) =>
  Array.from({ length: lines }, (_, i) => `On day ${i} the ferry left the quay at dawn with grain and rope.`).join('\n');
const small = `${filler(200)}\n${FACT}\n${filler(200)}`;
const large = `${filler(3_000)}\n${FACT}\n${filler(12_000)}`;

it.each(['rlm', 'rlm-no-subcalls', 'base', 'codeact', 'codeact-bm25', 'codeact-subcalls', 'compaction'] as const)(
  'the offline model finds a fact in a small text by %s',
  { timeout: 60_000 },
  async (method) => {
    const { end, subCalls } = await ask(method, QUESTION, [filler(50), small]);
    expect(end).toMatchObject({ outcome: 'answered', answer: expect.stringContaining('Pellworm') });
    expect(end.answer).toContain('1.txt');
    expect(end.answer).toContain('rules, not a language model');
    expect(subCalls > 0).toBe(method === 'rlm');
  },
);

it('by compaction it finds one in a text of several windows', { timeout: 60_000 }, async () => {
  const { end, subCalls } = await ask('compaction', QUESTION, [large]);
  expect(end).toMatchObject({ outcome: 'answered', answer: expect.stringContaining('Pellworm') });
  expect(subCalls).toBe(2);
});

it('by search it finds one in a text of several windows', { timeout: 60_000 }, async () => {
  const { end } = await ask('codeact-bm25', QUESTION, [filler(50), large]);
  expect(end).toMatchObject({ outcome: 'answered', answer: expect.stringContaining('Pellworm') });
  expect(end.answer).toContain('— 1.txt, line 3001');
});

it('says that such a text does not fit into one message', { timeout: 60_000 }, async () => {
  const { end } = await ask('base', QUESTION, [large]);
  expect(end).toMatchObject({ outcome: 'failed', reason: expect.stringContaining('reads and writes 100,000 at once') });
});
