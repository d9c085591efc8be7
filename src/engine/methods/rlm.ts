import type { ReplContext } from '../../repl/port.ts';
import type { Message } from '../../trajectory/events.ts';
import { rootModelOf } from '../../trajectory/person.ts';
import type { RunSettings } from '../../trajectory/settings.ts';
import { openCellRunner } from '../cell-runner.ts';
import {
  firstMessage,
  nudgeMessage,
  outputMessage,
  systemPrompt,
  type Nudge,
  type Reach,
} from '../prompts.ts';
import { parseReply, type ParsedReply } from '../protocol.ts';
import { contextChars, knownShape } from '../read-context.ts';
import { messageOf, type MethodResult, type Run } from '../run.ts';
import { NO_SPENDING } from '../spending.ts';
import { createSubCalls, type RunChild } from '../sub-calls.ts';
import { createTurnReplies, type Progress, type Reply } from './turn-replies.ts';

/** Replies without code in a row that are answered with a nudge; one more ends the call. */
const MOST_NUDGES = 3;

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

const runChild: RunChild = (run, child, signal) =>
  runCall(run, { ...child, model: run.request.settings.subModel }, signal, signal);

interface RlmCall {
  readonly call: string;
  readonly parent: string | null;
  readonly cell: string | null;
  readonly query: number | null;
  readonly line: number | null;
  readonly depth: number;
  readonly model: string;
  readonly question: string;
  readonly context: ReplContext;
}

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
  const progress: Progress = { draft: null, spending: NO_SPENDING, finishReason: 'stop' };
  let result: MethodResult;
  try {
    result = await converse(run, spec, progress, signal, subCallSignal);
  } catch (error) {
    result = { kind: 'failed', text: progress.draft, reason: messageOf(error) };
  }
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
  return result;
}

/** How a turn ended: the call is over, or goes on with these messages. */
type TurnEnd = { readonly over: MethodResult } | { readonly kept: string; readonly body: string };

/** The turns of a call. @throws ReplError, ModelError or the abort reason: the call failed. */
async function converse(
  run: Run,
  { call, depth, model, question, context }: RlmCall,
  progress: Progress,
  signal: AbortSignal,
  subCallSignal: AbortSignal,
): Promise<MethodResult> {
  const { emit } = run.ports;
  const { settings } = run.request;
  const turns = settings.maxTurns;
  const turnsLeft = (turn: number) => turns - turn;
  const query = createSubCalls(run, { call, depth, context }, runChild);
  const options = { call, context, signal, subCallSignal, turnsLeft, query };
  // The first reply is asked for while the context is loaded: tens of megabytes take a while. A REPL
  // that cannot be opened ends the request.
  const unopened = new AbortController();
  const opening = openCellRunner(run, options);
  opening.catch((reason: unknown) => unopened.abort(reason));
  const { documents, single } = knownShape(run, context) ?? (await opening).session;
  const requests = AbortSignal.any([signal, unopened.signal]);

  const replies = createTurnReplies(run, { call, depth, model }, progress, requests);
  let added: Message[] = [{ role: 'system', content: systemPrompt(reachOf(depth, settings)) }];
  let body = firstMessage(question, documents, single);
  let nudges = 0;
  /** What the next message that is written must say of the REPL. */
  let notice: string | null = null;

  const limit = (name: 'turns' | 'usd' | 'seconds'): MethodResult => {
    return { kind: 'limit', text: progress.draft, reason: run.budget.sentence(name) };
  };

  const nudge = (turn: number, why: Nudge): string => {
    const text = nudgeMessage(why);
    emit({ type: 'note.added', by: 'engine', text, call, turn });
    return text;
  };

  const runCell = async (turn: number, code: string, kept: string, edited = false): Promise<TurnEnd> => {
    nudges = 0;
    const cells = await opening;
    const result = await cells.run(turn, code, edited);
    const { observation, final, draft } = result;
    progress.draft = draft ?? progress.draft;
    notice = result.notice ?? notice;
    if (final !== null && final.text.trim() !== '') {
      return { over: { kind: 'final', text: final.text, format: final.format } };
    }
    const output = outputMessage(observation, cells.variables);
    if (final === null) return { kept, body: output };
    return { kept, body: `${output}\n\n${nudge(turn, { why: 'empty-final' })}` };
  };

  /** A cell as the model wrote it, or of the root as the person changed it: then the history has what ran. */
  const runWritten = async (turn: number, written: string, kept: string): Promise<TurnEnd> => {
    if (depth > 0) return runCell(turn, written, kept);
    const before = run.records.get(`${call}:${turn}`);
    const code = before?.code ?? (await run.steer.beforeCell(turn, written, signal));
    if (code === written) return runCell(turn, written, kept);
    const prose = kept.slice(0, Math.max(0, kept.lastIndexOf(written))).replace(/[^\n]*\n?$/, '');
    return runCell(turn, code, `${prose}\`\`\`repl\n${code}\n\`\`\``, true);
  };

  const act = async (turn: number, reply: Reply): Promise<TurnEnd> => {
    const parsed = parseReply(reply.text);
    const cells = await opening;
    const name = variableOf(parsed, cells.variables);
    if (name !== null) {
      if (parsed.kind === 'final') {
        const text = `FINAL(${name}) was written as text and names a variable: its value is the answer.`;
        emit({ type: 'note.added', by: 'engine', text, call, turn });
      }
      return runCell(turn, `FINAL_VAR(${JSON.stringify(name)})`, reply.text);
    }
    if (parsed.kind === 'code') return runWritten(turn, parsed.code, parsed.kept);
    if (parsed.kind === 'final' && parsed.text !== '') {
      return { over: { kind: 'final', text: parsed.text, format: 'text' } };
    }
    if (++nudges > MOST_NUDGES) return { over: { kind: 'failed', text: progress.draft, reason: NO_CODE } };
    return { kept: reply.text, body: nudge(turn, nudgeFor(parsed, reply)) };
  };

  try {
    for (let turn = 1; turn <= turns; turn++) {
      signal.throwIfAborted();
      if (depth === 0 && !run.past?.turn(call, turn)) await run.steer.beforeTurn(turn, signal);
      const asked = await replies.ask(turn, added, () => {
        const told = notice;
        notice = null;
        return told === null ? body : `${body}\n\n${told}`;
      });
      if (asked.refused !== null) return limit(asked.refused);
      const { reply, ending } = asked;
      const end = await act(turn, reply);
      if ('over' in end) return end.over;
      if (ending !== null) return limit(ending);
      // Some endpoints refuse an empty message.
      added = [{ role: 'assistant', content: end.kept.trim() === '' ? '(empty reply)' : end.kept }];
      body = end.body;
    }
    run.budget.reach('turns', turns, call);
    return limit('turns');
  } finally {
    await opening.then(
      (cells) => cells.close(),
      () => undefined,
    );
  }
}

const NO_CODE = `The model wrote no code in ${MOST_NUDGES + 1} replies in a row. Choose a model that writes JavaScript well, in Settings.`;

function reachOf(depth: number, { maxDepth }: RunSettings): Reach {
  if (maxDepth === 0) return 'none';
  return depth + 1 < maxDepth ? 'recursive' : 'plain';
}

/** The variable that a final in text names: by FINAL_VAR, or as the bare name of one there is. */
function variableOf(parsed: ParsedReply, variables: readonly string[]): string | null {
  if (parsed.kind === 'final-var') return parsed.name;
  if (parsed.kind === 'final' && variables.includes(parsed.text)) return parsed.text;
  return null;
}

function nudgeFor(parsed: Exclude<ParsedReply, { kind: 'code' }>, { finishReason }: Reply): Nudge {
  if (parsed.kind !== 'none') return { why: 'empty-final' };
  if (parsed.why === 'empty') return { why: 'empty', finishReason };
  if (finishReason === 'length') return { why: 'cut' };
  if (parsed.why === 'other-language') return { why: parsed.why, language: parsed.language };
  return { why: parsed.why };
}
