import type { TextRange } from '../context-reader.ts';
import type { LimitName } from '../../trajectory/events.ts';
import { rootModelOf } from '../../trajectory/person.ts';
import { count } from '../prompts/figures.ts';
import { messageOf, type Method, type MethodResult, type Run } from '../run.ts';
import { CHARS_PER_TOKEN, windowOf } from '../window.ts';
import { readTexts } from './base.ts';
import { askedOf } from './context-prompt.ts';
import { answerPrompt, summaryPrompt } from './compaction-prompt.ts';
import { answerInOneReply } from './one-reply.ts';
import { plainCall } from './plain-call.ts';
import { named, planReading } from './reading-plan.ts';
import { ROOT, rootCall } from './root-call.ts';
import type { Progress } from './turn-replies.ts';

/** Characters of text that a part must have room for. */
const SMALLEST_ROOM = 1_000;

/**
 * The summary agent of arXiv 2512.24601 (appendix C.2): the documents are read in order; where the
 * window is full, the sub-model summarises what matters and the reading goes on with the summary in
 * place of what was read. The root model answers from the summary and what is in the window last.
 */
export const compaction: Method = {
  // A summary is a sub-call of the root, whatever depth an RLM may have.
  settings: (settings) => ({ ...settings, maxDepth: 1 }),
  answer: (run) => rootCall(run, (progress) => readAndAnswer(run, progress)),
};

/** The parts of a run's context and what its requests may hold. */
interface Reading {
  readonly parts: readonly (readonly TextRange[])[];
  readonly mostSummary: number;
  /** Characters of the message for the answer, at most, but for the last part's texts. */
  readonly aroundAnswer: number;
}

async function readAndAnswer(run: Run, progress: Progress): Promise<MethodResult> {
  const { question, documents, settings } = run.request;
  const { parts, mostSummary, aroundAnswer } = planOf(run);
  const last = parts.at(-1) ?? [];
  const textsOf = async (ranges: readonly TextRange[]) => named(documents, ranges, await readTexts(run, ranges));
  if (parts.length > 1) note(run, `The context is read in ${parts.length} parts; all but the last are summarised.`);
  run.budget.keepForLast({ model: rootModelOf(settings), chars: aroundAnswer + sizeOf(last) });

  let summary = '';
  let summarised = 0;
  let limit: LimitName | null = null;
  for (const [index, ranges] of parts.slice(0, -1).entries()) {
    const part = index + 1;
    const prompt = async () => {
      await run.steer.beforeTurn(1, run.signal);
      const texts = await textsOf(ranges);
      return summaryPrompt({ question, part, parts: parts.length, summary, texts, mostChars: mostSummary });
    };
    const said = await summarise(run, part, prompt);
    if ('limit' in said) {
      ({ limit } = said);
      break;
    }
    summary = shortened(run, part, said.text, mostSummary) || summary;
    summarised = part;
    progress.draft = summary === '' ? null : summary;
  }

  if (limit !== null && summary === '') return { kind: 'limit', text: null, reason: reasonOf(run, limit) };
  const result = await answerInOneReply(run, progress, async () => {
    const texts = limit === null ? await textsOf(last) : [];
    return answerPrompt({ asked: askedOf(run), summary, summarised, parts: parts.length, texts });
  });
  if (limit === null || result.kind !== 'final') return result;
  return { kind: 'limit', text: result.text, reason: reasonOf(run, limit) };
}

/** @throws Error with a sentence where the question alone fills the window. */
function planOf(run: Run): Reading {
  const { question, documents, settings } = run.request;
  const windows = [settings.subModel, settings.rootModel].map((model) => windowOf(run, model, 'one reply'));
  const chars = Math.min(...windows.map((window) => window.chars));
  const mostSummary = Math.min(...windows.map(({ kept }) => kept)) * CHARS_PER_TOKEN;
  const empty = { question, part: 1_000_000, parts: 1_000_000, summary: ' '.repeat(mostSummary), texts: [], mostChars: mostSummary };
  const { part: summarised, ...rest } = empty;
  const answer = answerPrompt({ ...rest, asked: askedOf(run), summarised });
  const room = chars - Math.max(summaryPrompt(empty).length, answer.length);
  if (room < SMALLEST_ROOM) {
    throw new Error('The question leaves no room in the model’s window to read anything. Ask a shorter one, or choose a model with a larger window.');
  }
  return { parts: planReading(documents, room), mostSummary, aroundAnswer: answer.length };
}

const sizeOf = (ranges: readonly TextRange[]): number => ranges.reduce((sum, { from, to }) => sum + to - from, 0);

/** The summary of a part, or the limit that did not allow it. @throws Error: the run failed. */
async function summarise(
  run: Run,
  part: number,
  prompt: () => Promise<string>,
): Promise<{ readonly text: string } | { readonly limit: LimitName }> {
  const call = `${ROOT}.${part}`;
  // Where the answer was asked for without this part, a limit had been met.
  if (run.past?.turn(ROOT, 1) && !run.past.call(call)) {
    const met = run.past.state.limits.findLast(({ limit }) => limit === 'usd' || limit === 'seconds' || limit === 'subCalls');
    return { limit: met?.limit ?? 'subCalls' };
  }
  try {
    const reply = await plainCall(run, { call, model: run.request.settings.subModel, prompt }, run.subCallSignal);
    return reply.ok ? { text: reply.text.trim() } : { limit: reply.limit };
  } catch (error) {
    run.signal.throwIfAborted();
    // The time that is up ends the request, and the root may still answer from what it has.
    if (run.budget.ending !== null) return { limit: run.budget.ending };
    throw new Error(`The summary of part ${part} failed: ${messageOf(error)}`, { cause: error });
  }
}

/** A summary that fits; what it loses, or that there is none, is noted. */
function shortened(run: Run, part: number, text: string, most: number): string {
  if (text === '') note(run, `Part ${part} brought no summary: the reply was empty. The one before it is kept.`);
  if (text.length <= most) return text;
  note(run, `The summary of part ${part} was cut to ${most.toLocaleString('en')} of its ${text.length.toLocaleString('en')} characters.`);
  return text.slice(0, most);
}

function note(run: Run, text: string): void {
  run.ports.emit({ type: 'note.added', by: 'engine', text, call: ROOT });
}

function reasonOf(run: Run, limit: LimitName): string {
  const { settings } = run.request;
  if (limit === 'usd' || limit === 'seconds') return run.budget.sentence(limit);
  return `The limit of ${count(settings.maxSubCalls, 'sub-call')} is reached before all of the context was read.`;
}
