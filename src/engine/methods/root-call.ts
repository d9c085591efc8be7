import { rootModelOf } from '../../trajectory/person.ts';
import { messageOf, type MethodResult, type Run } from '../run.ts';
import { NO_SPENDING } from '../spending.ts';
import type { Progress } from './turn-replies.ts';

/** Id of the call that is the run's own. */
export const ROOT = '0';

/**
 * The root call of a method from its start to its end in the log, around the `work` that answers.
 * What `work` throws is how the call failed; with it goes the draft of `progress`. Never throws.
 */
export async function rootCall(
  run: Run,
  work: (progress: Progress) => Promise<MethodResult>,
): Promise<MethodResult> {
  const { question, documents, settings } = run.request;
  const { emit } = run.ports;
  const before = run.past?.call(ROOT);
  if (before?.status === 'finished' && before.answer !== null && before.finishReason !== 'limit') {
    return { kind: 'final', text: before.answer, format: before.format };
  }
  emit({
    type: 'call.started',
    call: ROOT,
    parent: null,
    cell: null,
    kind: 'rlm',
    depth: 0,
    model: rootModelOf(settings),
    prompt: question,
    contextChars: documents.reduce((sum, { chars }) => sum + chars, 0),
  });
  const progress: Progress = { draft: null, draftFrom: 'answer', spending: before?.own ?? NO_SPENDING, finishReason: 'stop' };
  const result = await work(progress).catch(
    (error: unknown): MethodResult => ({ kind: 'failed', text: progress.draft, reason: messageOf(error) }),
  );
  run.endOpen(ROOT);
  const { usage, costUsd } = progress.spending;
  if (result.kind === 'failed') {
    emit({ type: 'call.failed', call: ROOT, message: result.reason, usage, costUsd });
  } else {
    const finishReason = result.kind === 'limit' ? 'limit' : progress.finishReason;
    const answer = result.text === null ? {} : { answer: result.text };
    const format = result.kind === 'final' && result.format === 'json' ? { format: result.format } : {};
    emit({ type: 'call.finished', call: ROOT, usage, costUsd, finishReason, ...answer, ...format });
  }
  run.records.forget(ROOT);
  run.subCallFacts.forget(ROOT);
  return result;
}
