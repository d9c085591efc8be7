import { rootModelOf } from '../../trajectory/person.ts';
import { checkAnswer } from '../answer-schema.ts';
import type { MethodResult, Run } from '../run.ts';
import { ROOT } from './root-call.ts';
import { createTurnReplies, type Progress } from './turn-replies.ts';

/**
 * The answer as one reply of the root model to one message, which is asked for only where the past
 * does not have it. Where a limit is met, the draft is the best there is.
 * @throws ModelError, what `prompt` throws, or the abort reason: the call failed.
 */
export async function answerInOneReply(
  run: Run,
  progress: Progress,
  prompt: () => Promise<string>,
): Promise<MethodResult> {
  const { settings } = run.request;
  const isPast = run.past?.turn(ROOT, 1) != null;
  const message = isPast ? '' : await prompt();
  if (!isPast) await run.steer.beforeTurn(1, run.signal);
  const conversation = { call: ROOT, depth: 0, model: rootModelOf(settings), turns: 1, closing: (body: string) => body };
  const asked = await createTurnReplies(run, conversation, progress, run.signal).ask(1, [], () => message);
  if (asked.refused !== null) {
    return { kind: 'limit', text: progress.draft, reason: run.budget.sentence(asked.refused) };
  }
  const { text, finishReason } = asked.reply;
  if (text.trim() === '') {
    const reason = `The model’s reply was empty (it ended with «${finishReason}»). Ask again, or choose another model in Settings.`;
    return { kind: 'failed', text: progress.draft, reason };
  }
  if (finishReason === 'length') {
    const cut = 'The reply was cut off at the model’s limit of output: the answer may lack its end.';
    run.ports.emit({ type: 'note.added', by: 'engine', text: cut, call: ROOT, turn: 1 });
  }
  const wrong = checkAnswer(settings.answerSchema, text.trim(), 'text');
  if (wrong !== null) {
    const fault = 'The answer does not satisfy its JSON Schema. This method asks once, so it stays as it is.';
    run.ports.emit({ type: 'note.added', by: 'engine', text: fault, call: ROOT, turn: 1, guard: 'answer-schema' });
  }
  return { kind: 'final', text: text.trim(), format: 'text' };
}
