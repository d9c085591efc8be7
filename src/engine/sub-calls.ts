import type { GuestQuery, QueryReply, ReplContext } from '../repl/port.ts';
import { askModel } from './ask-model.ts';
import { PLAIN_CONTEXT_LIMIT, plainPrompt } from './prompts.ts';
import type { RequestSize, Reservation } from './budget.ts';
import { contextChars, readContext } from './read-context.ts';
import { messageOf, type MethodResult, type Run } from './run.ts';

/** The `rlm` call that asks. */
export interface Asker {
  readonly call: string;
  readonly depth: number;
  readonly context: ReplContext;
  /** Turns it has left after `turn`, for the budget that replies bring. */
  readonly turnsLeft: (turn: number) => number;
}

/** One sub-call to run as a child RLM. */
export interface ChildCall {
  readonly call: string;
  readonly parent: string;
  readonly cell: string;
  readonly line: number | null;
  readonly depth: number;
  readonly question: string;
  readonly context: ReplContext;
}

/** Runs a child RLM; logs its start and its end. Never throws: an abort is a failure of the child. */
export type RunChild = (run: Run, child: ChildCall, signal: AbortSignal) => Promise<MethodResult>;

export interface AskingCell {
  readonly id: string;
  readonly turn: number;
}

/**
 * Answers what one call's cells ask: reserves, numbers the sub-call by path in the order of asking,
 * logs it and runs it. Whatever goes wrong is data for the guest, so the promise never rejects.
 */
export function createSubCalls(run: Run, asker: Asker, runChild: RunChild) {
  const { budget, request } = run;
  const { emit } = run.ports;
  const depth = asker.depth + 1;
  let asked = 0;

  const reserve = (size: RequestSize | null) => {
    const reservation = budget.reserveSubCall(size);
    return reservation.ok ? { ...reservation, call: `${asker.call}.${++asked}` } : reservation;
  };

  const plain = async (
    reservation: Reservation & { readonly call: string },
    prompt: string,
    model: string,
    origin: { readonly cell: string; readonly line: number | null; readonly asked?: 'rlm' },
    signal: AbortSignal,
  ): Promise<Answer> => {
    const { call } = reservation;
    emit({
      type: 'call.started',
      call,
      parent: asker.call,
      cell: origin.cell,
      ...(origin.line !== null && { line: origin.line }),
      kind: 'llm',
      ...(origin.asked && { asked: origin.asked }),
      depth,
      model,
      prompt,
    });
    if (origin.asked) {
      const text = `At the depth limit of ${request.settings.maxDepth} this rlm_query is one plain reply.`;
      emit({ type: 'note.added', by: 'engine', text, call });
    }
    try {
      const messages = [{ role: 'user', content: prompt }] as const;
      const ask = { call, request: { model, messages }, reservation, limiter: run.limiter };
      const { text, usage, costUsd, finishReason } = await askModel(run, ask, signal);
      emit({ type: 'call.finished', call, usage, costUsd, finishReason });
      return { ok: true, text };
    } catch (error) {
      const message = messageOf(error);
      emit({ type: 'call.failed', call, message });
      return { ok: false, message };
    }
  };

  const llm = async (
    query: Extract<GuestQuery, { kind: 'llm' }>,
    cell: string,
    signal: AbortSignal,
  ): Promise<Answer> => {
    const model = query.model ?? request.settings.subModel;
    const reservation = reserve({ model, chars: query.prompt.length });
    if (!reservation.ok) return reservation;
    return plain(reservation, query.prompt, model, { cell, line: query.line }, signal);
  };

  /** At the depth limit: the question and as much of its context as one prompt may hold. */
  const rlmAsPlain = async (
    query: Extract<GuestQuery, { kind: 'rlm' }>,
    context: ReplContext,
    cell: string,
    signal: AbortSignal,
  ): Promise<Answer> => {
    const model = request.settings.subModel;
    const chars = contextChars(run, context);
    const size = query.question.length + Math.min(chars, PLAIN_CONTEXT_LIMIT);
    const reservation = reserve({ model, chars: size });
    if (!reservation.ok) return reservation;
    try {
      const text = await readContext(run, context, PLAIN_CONTEXT_LIMIT, signal);
      const prompt = plainPrompt(query.question, text, chars);
      const origin = { cell, line: query.line, asked: 'rlm' } as const;
      return await plain(reservation, prompt, model, origin, signal);
    } finally {
      reservation.settle(0);
    }
  };

  const rlm = async (
    query: Extract<GuestQuery, { kind: 'rlm' }>,
    cell: string,
    signal: AbortSignal,
  ): Promise<Answer> => {
    const context = query.context ?? asker.context;
    if (depth >= request.settings.maxDepth) return rlmAsPlain(query, context, cell, signal);
    const reservation = reserve(null);
    if (!reservation.ok) return reservation;
    const { call } = reservation;
    const { question, line } = query;
    const child = { call, parent: asker.call, cell, line, depth, question, context };
    const result = await runChild(run, child, signal);
    if (result.kind === 'final') return { ok: true, text: result.text };
    const draft = result.text === null ? '' : ` Its draft so far: ${result.text.slice(0, 2_000)}`;
    return { ok: false, message: result.reason + draft };
  };

  return async (query: GuestQuery, cell: AskingCell, signal: AbortSignal): Promise<QueryReply> => {
    const answering = query.kind === 'llm' ? llm(query, cell.id, signal) : rlm(query, cell.id, signal);
    const answer = await answering.catch((error: unknown): Answer => ({ ok: false, message: messageOf(error) }));
    const view = budget.view(asker.turnsLeft(cell.turn));
    return answer.ok
      ? { ok: true, text: answer.text, budget: view }
      : { ok: false, message: answer.message, budget: view };
  };
}

type Answer =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly message: string };
