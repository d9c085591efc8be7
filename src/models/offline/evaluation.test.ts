import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createOfflineModel } from './offline-model.ts';
import { evaluate, rates } from './testing/evaluate.ts';
import type { Place, Trial } from './testing/evaluate.ts';
import { DEVELOPMENT } from './testing/facts-dev.ts';
import type { FactTemplate } from './testing/facts-dev.ts';
import { FOURTH } from './testing/facts-fourth.ts';
import { HELD_OUT } from './testing/facts-held-out.ts';
import { MORE } from './testing/facts-more.ts';
import { THIRD } from './testing/facts-third.ts';

/**
 * Planted facts in real texts: does a whole root run find them, and does it keep quiet about what
 * is not there? By default a few templates a text; `OFFLINE_EVALUATION=full` runs all of them in
 * every text (minutes) and prints the rates by type of question, the held-out templates apart.
 */
const CORPORA = new URL('../../../../shared/corpora/', import.meta.url);
const FULL = process.env.OFFLINE_EVALUATION === 'full';
const DEVELOPED = [...DEVELOPMENT, ...MORE, ...THIRD, ...FOURTH];
const model = createOfflineModel();

interface Passage {
  readonly title: string;
  readonly text: string;
}

const TEXTS: readonly (readonly [name: string, file: string | null, read: (bytes: Buffer) => string, templates: number])[] = [
  ['a page of prose', null, () => 'The harbour was quiet that night.\nMrs Pell swept the floor and hummed a tune.\nNobody came.\n'.repeat(4), 20],
  ['King James Bible, 4 MB', 'kjv.txt', String, 6],
  ['text messages, 0.5 MB', 'sms/SMSSpamCollection', String, 6],
  ['encyclopedia passages, 3 MB', 'wiki/2wikimultihopqa_corpus.json', (bytes) => (JSON.parse(String(bytes)) as Passage[]).map(({ title, text }) => `${title}\n${text}\n`).join('\n'), 6],
  ['dictionary, 40 MB', 'gcide.txt.gz', (bytes) => String(gunzipSync(bytes)), 1],
];

function report(title: string, trials: readonly Trial[]): string {
  const figures = [...rates(trials)].map(([type, { right, of }]) => `${type} ${right}/${of}`).join(' · ');
  const wrong = trials.filter((trial) => !trial.right).map((trial) => `  ${trial.question} → ${trial.answer.split('\n')[0]}`);
  return [`${title}: ${figures}`, ...wrong].join('\n');
}

const share = (trials: readonly Trial[]): number => trials.filter(({ right }) => right).length / trials.length;

describe('planted facts', () => {
  for (const [name, file, read, few] of TEXTS) {
    const path = file === null ? null : new URL(file, CORPORA);
    const absent = path !== null && !existsSync(path);
    it.skipIf(absent)(absent ? `${name}: skipped, ${file} is not there` : name, { timeout: 1_800_000 }, async () => {
      const text = read(path === null ? Buffer.alloc(0) : readFileSync(path));
      const run = (templates: readonly FactTemplate[], place: Place): Promise<Trial[]> => evaluate(model, name, text, templates, 21, place);
      const trials = FULL ? [...(await run(DEVELOPED, 'line')), ...(await run(DEVELOPED, 'inline'))] : await run(DEVELOPMENT.slice(0, few), 'line');
      const summary = report(name, trials);
      const present = trials.filter(({ expect: wanted }) => wanted !== null);
      expect(share(present), summary).toBeGreaterThanOrEqual(0.95);
      expect(share(trials.filter(({ expect: wanted }) => wanted === null)), summary).toBeGreaterThanOrEqual(0.95);
      if (!FULL) return;
      const heldOut = await run(HELD_OUT, 'line');
      process.stdout.write(`${summary}\n${report(`${name}, held out`, heldOut)}\n`);
    });
  }

  it('sees the difference between a found and a missing fact', async () => {
    const deaf = { complete: async () => ({ text: 'I do not know.\n\n```js\n// FINISH: guess\nFINAL("42");\n```', reasoning: '', usage: { input: 0, cachedInput: 0, output: 0, reasoning: 0 }, costUsd: 0, finishReason: 'stop' }) };
    const trials = await evaluate(deaf, 'a', 'One line.\nTwo lines.\n'.repeat(5), DEVELOPMENT.slice(0, 4), 3);
    expect(share(trials)).toBe(0);
  });
});
