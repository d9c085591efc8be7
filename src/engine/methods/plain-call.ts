import { askModel } from '../ask-model.ts';
import type { Refusal, Reservation } from '../budget.ts';
import { failureOf, nextAttempt } from '../past.ts';
import { messageOf, type Run } from '../run.ts';
import { ROOT } from './root-call.ts';

/** One plain sub-call of the root that no cell asked for. */
export interface PlainCall {
  readonly call: string;
  readonly model: string;
  /** Its prompt, made only where it is sent anew. */
  readonly prompt: () => Promise<string>;
}

export type PlainReply =
  | { readonly ok: true; readonly text: string; readonly finishReason: string | null }
  | Refusal;

/**
 * One reply of a sub-model: reserved, logged and settled as any sub-call; from the past where it is
 * there. Refused without a call in the log where a limit does not allow it.
 * @throws Error with the words of the log when the call failed; what `prompt` throws; the abort reason.
 */
export async function plainCall(run: Run, { call, model, prompt }: PlainCall, signal: AbortSignal): Promise<PlainReply> {
  const { budget, limiter, past } = run;
  const { emit } = run.ports;
  const earlier = past?.call(call) ?? null;
  if (earlier?.status === 'finished') return { ok: true, text: earlier.text, finishReason: earlier.finishReason };
  const failure = failureOf(earlier);
  if (failure !== null) throw new Error(failure);

  const content = earlier?.prompt ?? (await prompt());
  const size = { model, chars: content.length };
  const reservation: Reservation | Refusal = earlier ? budget.reserveAgain(size, 'sub-call') : budget.reserveSubCall(size);
  if (!reservation.ok) return reservation;
  emit({ type: 'call.started', call, parent: ROOT, cell: null, kind: 'llm', depth: 1, model, prompt: content });
  try {
    const request = { model, messages: [{ role: 'user', content }] } as const;
    const ask = { call, request, reservation, limiter, firstAttempt: nextAttempt(earlier, null) };
    const { text, usage, costUsd, finishReason } = await askModel(run, ask, signal);
    emit({ type: 'call.finished', call, usage, costUsd, finishReason });
    return { ok: true, text, finishReason };
  } catch (error) {
    emit({ type: 'call.failed', call, message: messageOf(error) });
    throw error;
  }
}
