import { ReplError, type GuestQuery, type ReplContext } from '../repl/port.ts';
import type { CallState } from '../trajectory/run-state.ts';
import { askModel } from './ask-model.ts';
import { PLAIN_CONTEXT_LIMIT, plainPrompt } from './prompts.ts';
import type { Refusal, RequestSize, Reservation } from './budget.ts';
import { contextChars, readContext } from './read-context.ts';
import { failureOf, nextAttempt } from './past.ts';
import type { Answered, AskedIn } from './replies.ts';
import { messageOf, type MethodResult, type Run } from './run.ts';

/** The `rlm` call that asks. */
export interface Asker {
  readonly call: string;
  readonly depth: number;
  readonly context: ReplContext;
}

/** One sub-call to run as a child RLM. */
export interface ChildCall {
  readonly call: string;
  readonly parent: string;
  readonly cell: string;
  readonly query: number;
  readonly line: number | null;
  readonly depth: number;
  readonly question: string;
  readonly context: ReplContext;
}

/** Runs a child RLM; logs its start and its end. Never throws: an abort is a failure of the child. */
export type RunChild = (run: Run, child: ChildCall, signal: AbortSignal) => Promise<MethodResult>;

/**
 * Answers what one call's cells ask: reserves, numbers the sub-call by path in the order of asking,
 * logs it and runs it. Whatever goes wrong is data for the guest, so the promise never rejects.
 */
export function createSubCalls(run: Run, asker: Asker, runChild: RunChild) {
  const { budget, past, request } = run;
  const { emit } = run.ports;
  const depth = asker.depth + 1;
  let numbered = 0;

  const reserve = (size: RequestSize | null) => {
    const reservation = budget.reserveSubCall(size);
    if (!reservation.ok) return reservation;
    let call: string;
    do call = `${asker.call}.${++numbered}`;
    while (past?.call(call));
    return { ...reservation, call };
  };

  const plain = async (
    reservation: Reservation & { readonly call: string },
    request: { readonly prompt: string; readonly model: string; readonly asked?: 'rlm' },
    { cell, index, line }: Origin,
    signal: AbortSignal,
  ): Promise<Answered> => {
    const { call } = reservation;
    const { prompt, model, asked } = request;
    emit({
      type: 'call.started',
      call,
      parent: asker.call,
      cell,
      ...(line !== null && { line }),
      query: index,
      kind: 'llm',
      ...(asked && { asked }),
      depth,
      model,
      prompt,
    });
    if (asked) {
      const text = `At the depth limit of ${run.request.settings.maxDepth} this rlm_query is one plain reply.`;
      emit({ type: 'note.added', by: 'engine', text, call });
    }
    try {
      const messages = [{ role: 'user', content: prompt }] as const;
      const firstAttempt = nextAttempt(past?.call(call) ?? null, null);
      const ask = { call, request: { model, messages }, reservation, limiter: run.limiter, firstAttempt };
      const { text, usage, costUsd, finishReason } = await askModel(run, ask, signal);
      emit({ type: 'call.finished', call, usage, costUsd, finishReason });
      return { ok: true, text, call };
    } catch (error) {
      const message = messageOf(error);
      emit({ type: 'call.failed', call, message });
      return { ok: false, message, call };
    }
  };

  const llm = async (query: LlmQuery, origin: Origin, signal: AbortSignal): Promise<Answered> => {
    const { prompt } = query;
    const model = query.model ?? request.settings.subModel;
    const reservation = reserve({ model, chars: prompt.length });
    if (!reservation.ok) return refused(reservation);
    return plain(reservation, { prompt, model }, origin, signal);
  };

  /** At the depth limit: the question and as much of its context as one prompt may hold. */
  const rlmAsPlain = async (
    query: RlmQuery,
    context: ReplContext,
    origin: Origin,
    signal: AbortSignal,
  ): Promise<Answered> => {
    const model = request.settings.subModel;
    const chars = contextChars(run, context);
    const size = query.question.length + Math.min(chars, PLAIN_CONTEXT_LIMIT);
    const reservation = reserve({ model, chars: size });
    if (!reservation.ok) return refused(reservation);
    try {
      const text = await readDespiteLosses(run, context, signal);
      const prompt = plainPrompt(query.question, text, chars);
      return await plain(reservation, { prompt, model, asked: 'rlm' }, origin, signal);
    } finally {
      reservation.settle(0);
    }
  };

  const child = async (call: string, query: RlmQuery, origin: Origin, signal: AbortSignal): Promise<Answered> => {
    const { question } = query;
    const { cell, index, line } = origin;
    const context = query.context ?? asker.context;
    const spec = { call, parent: asker.call, cell, query: index, line, depth, question, context };
    const result = await runChild(run, spec, signal);
    if (result.kind === 'final') return { ok: true, text: result.text, call };
    const draft = result.text === null ? '' : ` Its draft so far: ${result.text.slice(0, 2_000)}`;
    return { ok: false, message: result.reason + draft, call };
  };

  const rlm = async (query: RlmQuery, origin: Origin, signal: AbortSignal): Promise<Answered> => {
    const context = query.context ?? asker.context;
    if (depth >= request.settings.maxDepth) return rlmAsPlain(query, context, origin, signal);
    const reservation = reserve(null);
    return reservation.ok ? child(reservation.call, query, origin, signal) : refused(reservation);
  };

  /** A call that had begun when the page was closed: what came of it, else it is gone on with. */
  const again = async (
    earlier: CallState,
    query: GuestQuery,
    origin: Origin,
    signal: AbortSignal,
  ): Promise<Answered> => {
    const { id: call, kind, asked, prompt, model, status, text } = earlier;
    if (kind === 'rlm' && query.kind === 'rlm') return child(call, query, origin, signal);
    if (status === 'finished') return { ok: true, text, call };
    const message = failureOf(earlier);
    if (message !== null) return { ok: false, message, call };
    const reservation = budget.reserveAgain({ model, chars: prompt.length }, false);
    const wanted = { prompt, model, ...(asked === 'rlm' && { asked }) };
    return plain({ ...reservation, call }, wanted, origin, signal);
  };

  return async (query: GuestQuery, { cell, index }: AskedIn, signal: AbortSignal): Promise<Answered> => {
    const origin = { cell, index, line: query.line };
    const before = run.records.get(cell)?.asked.get(index)?.call;
    const earlier = before === undefined ? null : (past?.call(before) ?? null);
    const answering = earlier
      ? again(earlier, query, origin, signal)
      : query.kind === 'llm'
        ? llm(query, origin, signal)
        : rlm(query, origin, signal);
    return answering.catch((error: unknown) => ({ ok: false, message: messageOf(error), call: null }));
  };
}

type LlmQuery = Extract<GuestQuery, { kind: 'llm' }>;
type RlmQuery = Extract<GuestQuery, { kind: 'rlm' }>;

/** The query that a sub-call comes from. */
interface Origin {
  readonly cell: string;
  readonly index: number;
  readonly line: number | null;
}

const refused = ({ message }: Refusal): Answered => ({ ok: false, message, call: null });

/** Times that another session may take the reading one's worker along. */
const MOST_READINGS = 8;

async function readDespiteLosses(run: Run, context: ReplContext, signal: AbortSignal): Promise<string> {
  for (let reading = 1; ; reading++) {
    try {
      return await readContext(run, context, PLAIN_CONTEXT_LIMIT, signal);
    } catch (error) {
      if (!(error instanceof ReplError) || error.fault === 'this' || reading === MOST_READINGS) throw error;
    }
  }
}
