import type { GuestQuery, ReplContext } from '../repl/port.ts';
import type { CallState } from '../trajectory/run-state.ts';
import { isSent } from '../trajectory/fold-call.ts';
import { PLAIN_CONTEXT_LIMIT, plainPrompt } from './prompts.ts';
import type { Refusal } from './budget.ts';
import { answeredBy, logTaken, sendPlain, takePlain, type PlainCall } from './plain-calls.ts';
import { contextChars, readContext } from './read-context.ts';
import { readDespiteLosses } from './reading.ts';
import { failureOf } from './past.ts';
import type { Answered, AskedIn } from './replies.ts';
import { messageOf, type MethodResult, type Run } from './run.ts';
import type { PlainEnd } from './shared-calls.ts';

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
  const { budget, past, request, shared } = run;
  const { emit } = run.ports;
  const depth = asker.depth + 1;
  let numbered = 0;

  const number = (): string => {
    let call: string;
    do call = `${asker.call}.${++numbered}`;
    while (past?.call(call));
    return call;
  };

  /** Logs that a plain call exists. */
  const start = (
    { call, model, prompt }: PlainCall,
    { cell, index, line }: Origin,
    more: { readonly asked?: 'rlm'; readonly shares?: string } = {},
  ): void => {
    emit({
      type: 'call.started',
      call,
      parent: asker.call,
      cell,
      ...(line !== null && { line }),
      query: index,
      kind: 'llm',
      ...more,
      depth,
      model,
      prompt,
    });
    if (more.asked) {
      const text = `At the depth limit of ${request.settings.maxDepth} this rlm_query is one plain reply.`;
      emit({ type: 'note.added', by: 'engine', text, call });
    }
  };

  const sizeOf = ({ model, prompt }: Pick<PlainCall, 'model' | 'prompt'>) => ({ model, chars: prompt.length });

  const llm = async (query: LlmQuery, origin: Origin, signal: AbortSignal): Promise<Answered> => {
    const wanted = { prompt: query.prompt, model: query.model ?? request.settings.subModel, shareable: true };
    const same = shared.find(wanted.model, wanted.prompt);
    if (same) {
      const plain = { ...wanted, call: number() };
      start(plain, origin, { shares: same.call });
      return takePlain(run, plain, same, () => budget.reserveSubCall(sizeOf(plain)), signal);
    }
    const reservation = budget.reserveSubCall(sizeOf(wanted));
    if (!reservation.ok) return refused(reservation);
    const plain = { ...wanted, call: number() };
    start(plain, origin);
    return sendPlain(run, plain, reservation, signal);
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
    const reservation = budget.reserveSubCall({ model, chars: size });
    if (!reservation.ok) return refused(reservation);
    const call = number();
    let text: string;
    try {
      text = await readDespiteLosses(() => readContext(run, context, PLAIN_CONTEXT_LIMIT, signal), signal);
    } catch (error) {
      reservation.withdraw();
      throw error;
    }
    const plain = { call, model, prompt: plainPrompt(query.question, text, chars), shareable: false };
    start(plain, origin, { asked: 'rlm' });
    return sendPlain(run, plain, reservation, signal);
  };

  const child = async (call: string, query: RlmQuery, origin: Origin, signal: AbortSignal): Promise<Answered> => {
    const { question } = query;
    const { cell, index, line } = origin;
    const context = query.context ?? asker.context;
    const spec = { call, parent: asker.call, cell, query: index, line, depth, question, context };
    const result = await runChild({ ...run, budget: budget.ofChild(call) }, spec, signal);
    if (result.kind === 'final') return { ok: true, text: result.text, call };
    const draft = result.text === null ? '' : ` Its draft so far: ${result.text.slice(0, 2_000)}`;
    return { ok: false, message: result.reason + draft, call };
  };

  const rlm = async (query: RlmQuery, origin: Origin, signal: AbortSignal): Promise<Answered> => {
    const context = query.context ?? asker.context;
    if (depth >= request.settings.maxDepth) return rlmAsPlain(query, context, origin, signal);
    const reservation = budget.reserveSubCall(null);
    if (!reservation.ok) return refused(reservation);
    // Its requests are reserved one by one.
    reservation.settle(0);
    return child(number(), query, origin, signal);
  };

  /** What came of a call, as the past tells; null where it had not ended. */
  const endOf = (earlier: CallState): PlainEnd | null => {
    const { status, text, finishReason, cancelled } = earlier;
    if (status === 'finished') return { ok: true, text, finishReason: finishReason ?? 'stop' };
    const message = failureOf(earlier);
    return message === null ? null : { ok: false, message, cancelled };
  };

  /** A call that had begun when the page was closed: what came of it, else it is gone on with. */
  const again = async (
    earlier: CallState,
    query: GuestQuery,
    origin: Origin,
    signal: AbortSignal,
  ): Promise<Answered> => {
    const { id: call, kind, asked, prompt, model } = earlier;
    if (kind === 'rlm' && query.kind === 'rlm') return child(call, query, origin, signal);
    const ended = endOf(earlier);
    if (ended) return answeredBy(call, ended);
    if (!isSent(earlier)) {
      const source = past?.call(earlier.shares ?? '') ?? null;
      const taken = source && endOf(source);
      if (taken && (taken.ok || !taken.cancelled)) return answeredBy(call, logTaken(run, call, taken));
    }
    const plain = { call, model, prompt, shareable: asked === 'llm' };
    const reserve = () => budget.reserveAgain(sizeOf(plain), 'sub-call');
    // Of those that ask the same the first to come back asks, whichever it was before.
    const same = plain.shareable ? shared.find(model, prompt) : null;
    if (same) return takePlain(run, plain, same, reserve, signal);
    return sendPlain(run, plain, reserve(), signal);
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
