import { createContextReader, type TextRange } from '../context-reader.ts';
import type { Method, Run } from '../run.ts';
import { windowOf, type ModelWindow } from '../window.ts';
import { askedOf, contextPrompt, cutNote, planContext, type ContextPlanOptions, type PromptText } from './context-prompt.ts';
import { answerInOneReply } from './one-reply.ts';
import { ROOT, rootCall } from './root-call.ts';

/**
 * The base model of arXiv 2512.24601: no system prompt, the whole context and the question in one
 * message. What is past the model's window is refused, or cut off, as the settings say.
 */
export const base: Method = {
  answer: (run) =>
    rootCall(run, (progress) =>
      answerInOneReply(run, progress, async () => {
        const window = windowOf(run, run.request.settings.rootModel, 'one reply');
        return promptWithContext(run, window, (texts, cut) => contextPrompt(askedOf(run), texts, cut));
      }),
    ),
};

/**
 * A prompt `around` as much of the context as the window may hold, refused or cut as the settings say.
 * @throws Error with a sentence where it does not fit and may not be cut; ReplError; the abort reason.
 */
export async function promptWithContext(
  run: Run,
  window: ModelWindow,
  around: ContextPlanOptions['around'],
): Promise<string> {
  const { documents, settings } = run.request;
  const { overflow = 'refuse' } = settings;
  const plan = planContext({ documents, window, overflow, around });
  if (!plan.ok) throw new Error(plan.reason);
  if (plan.cut) run.ports.emit({ type: 'note.added', by: 'engine', text: cutNote(plan.cut), call: ROOT });
  return around(await readTexts(run, plan.ranges), plan.cut);
}

/** The texts of `ranges` with the names of their documents. @throws ReplError; the abort reason. */
export async function readTexts(run: Run, ranges: readonly TextRange[]): Promise<PromptText[]> {
  const reader = createContextReader(run, run.signal);
  try {
    const texts = await reader.read(ranges);
    return ranges.map(({ document }, index) => ({
      name: run.request.documents[document]?.name ?? '',
      text: texts[index] ?? '',
    }));
  } finally {
    reader.close();
  }
}
