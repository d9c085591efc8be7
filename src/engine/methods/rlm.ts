import { rootModelOf } from '../../trajectory/person.ts';
import { contextChars } from '../read-context.ts';
import { messageOf, type MethodResult, type Run } from '../run.ts';
import { NO_SPENDING } from '../spending.ts';
import type { RunChild } from '../sub-calls.ts';
import type { Progress } from './turn-replies.ts';
import { converse, type RlmCall } from './turns.ts';

/** The Recursive Language Model of arXiv 2512.24601: a root over the run's documents. */
export const rlm = (run: Run): Promise<MethodResult> => {
  const { question, documents, settings } = run.request;
  return runCall(
    run,
    {
      call: '0',
      parent: null,
      cell: null,
      query: null,
      line: null,
      depth: 0,
      model: rootModelOf(settings),
      question,
      context: { kind: 'documents', ids: documents.map(({ id }) => id) },
    },
    run.signal,
    run.subCallSignal,
  );
};

/** A child RLM, whatever the method of its root. */
export const runChild: RunChild = (run, child, signal) =>
  runCall(run, { ...child, model: run.request.settings.subModel }, signal, signal);

/**
 * One `rlm` call from its start to its end in the log: turns of a model that writes cells, over a
 * REPL of its own. `signal` ends its requests, `subCallSignal` those of its sub-calls. Never throws.
 */
async function runCall(
  run: Run,
  spec: RlmCall,
  signal: AbortSignal,
  subCallSignal: AbortSignal,
): Promise<MethodResult> {
  const { call, parent, cell, query, line, depth, model, question, context } = spec;
  const before = run.past?.call(call);
  if (before?.status === 'finished' && before.answer !== null && before.finishReason !== 'limit') {
    return { kind: 'final', text: before.answer, format: before.format };
  }
  const { emit } = run.ports;
  emit({
    type: 'call.started',
    call,
    parent,
    cell,
    ...(line !== null && { line }),
    ...(query !== null && { query }),
    kind: 'rlm',
    depth,
    model,
    prompt: question,
    contextChars: contextChars(run, context),
    ...(depth > 0 && { share: run.budget.share }),
  });
  const progress: Progress = { draft: null, draftFrom: 'answer', spending: before?.own ?? NO_SPENDING, finishReason: 'stop' };
  let result: MethodResult;
  try {
    result = await converse(run, spec, progress, { signal, subCallSignal }, runChild);
  } catch (error) {
    result = { kind: 'failed', text: progress.draft, reason: messageOf(error) };
  }
  run.endOpen(call);
  const { usage, costUsd } = progress.spending;
  if (result.kind === 'failed') {
    const cancelled = depth > 0 && signal.aborted;
    emit({ type: 'call.failed', call, message: result.reason, ...(cancelled && { cancelled }), usage, costUsd });
  } else {
    const finishReason = result.kind === 'limit' ? 'limit' : progress.finishReason;
    const answer = result.text === null ? {} : { answer: result.text };
    const format = result.kind === 'final' && result.format === 'json' ? { format: result.format } : {};
    emit({ type: 'call.finished', call, usage, costUsd, finishReason, ...answer, ...format });
  }
  run.records.forget(call);
  run.subCallFacts.forget(call);
  return result;
}
