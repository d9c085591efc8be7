import type { Model } from '../../port.ts';
import type { Fact, FactTemplate } from './facts-dev.ts';
import { Random } from './random.ts';
import { runRoot } from './run-root.ts';
import type { TestDocument } from './run-root.ts';

export interface Trial {
  readonly type: string;
  readonly question: string;
  /** null where the answer is not in the text. */
  readonly expect: string | null;
  readonly answer: string;
  readonly right: boolean;
  readonly ms: number;
}

/** Where a planted sentence goes: on a line of its own, or between two words of some line. */
export type Place = 'line' | 'inline';

/** Sets sentences into a text at places spread by `r`. */
export function plant(text: string, sentences: readonly string[], r: Random, place: Place): string {
  const mark = place === 'line' ? '\n' : ' ';
  const places = sentences.map((sentence) => ({ sentence, at: text.indexOf(mark, r.below(Math.max(1, text.length - 2000))) + 1 })).sort((a, b) => a.at - b.at);
  let out = '';
  let from = 0;
  for (const { sentence, at } of places) {
    out += `${text.slice(from, at)}${sentence}${mark}`;
    from = at;
  }
  return out + text.slice(from);
}

/** Plants one fact of every template in the text and asks all their questions, absent ones too. */
export async function evaluate(model: Model, name: string, text: string, templates: readonly FactTemplate[], seed: number, place: Place = 'line', onTrial: (trial: Trial) => void = () => undefined): Promise<Trial[]> {
  const r = new Random(seed);
  const facts = templates.map((template) => template(r));
  const document: TestDocument = { name, text: plant(text, facts.map((fact) => fact.sentence), r, place) };
  const trials: Trial[] = [];
  for (const { question, fact, present } of facts.flatMap(questionsOf)) {
    const started = performance.now();
    const run = await runRoot(model, question, [document]);
    const answer = run.error ?? run.answer;
    const trial = { type: fact.type, question, expect: present ? fact.expect : null, answer, right: isRight(answer, present ? fact.expect : null), ms: performance.now() - started };
    trials.push(trial);
    onTrial(trial);
  }
  return trials;
}

function questionsOf(fact: Fact): { question: string; fact: Fact; present: boolean }[] {
  return [
    ...fact.questions.map((question) => ({ question, fact, present: true })),
    ...fact.absent.map((question) => ({ question, fact, present: false })),
  ];
}

/** The fact in the answer's own sentence or quote; «Not found» where there is none. */
export function isRight(answer: string, expect: string | null): boolean {
  if (expect === null) return answer.startsWith('Not found');
  return !answer.startsWith('Not found') && answer.toLowerCase().includes(expect.toLowerCase());
}

/** Share of right trials, by type of question, in percent. */
export function rates(trials: readonly Trial[]): Map<string, { right: number; of: number }> {
  const out = new Map<string, { right: number; of: number }>();
  for (const trial of trials) {
    const key = trial.expect === null ? 'absent' : trial.type;
    for (const name of trial.expect === null ? [key] : [key, 'present']) {
      const rate = out.get(name) ?? { right: 0, of: 0 };
      out.set(name, { right: rate.right + Number(trial.right), of: rate.of + 1 });
    }
  }
  return out;
}
