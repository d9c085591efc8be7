import { askModel } from './ask-model.ts';
import type { Reservation } from './budget.ts';
import { createCoalescer } from './coalesce.ts';
import { nextAttempt } from './past.ts';
import type { Answered } from './replies.ts';
import { abortable, messageOf, type Run } from './run.ts';
import type { PlainEnd, SharedCall } from './shared-calls.ts';

/** One plain sub-call that has started. */
export interface PlainCall {
  readonly call: string;
  readonly model: string;
  readonly prompt: string;
  /** False where its prompt is made of more than what was asked: nobody takes its reply. */
  readonly shareable: boolean;
}

/** Has the model answer `call` and logs how it ended. Never rejects. */
export async function sendPlain(
  run: Run,
  plain: PlainCall,
  reservation: Reservation,
  signal: AbortSignal,
): Promise<Answered> {
  const end = request(run, plain, reservation, signal);
  const { call, model, prompt, shareable } = plain;
  if (shareable) run.shared.add(model, prompt, { call, end });
  return answeredBy(call, await end);
}

async function request(
  run: Run,
  { call, model, prompt }: PlainCall,
  reservation: Reservation,
  signal: AbortSignal,
): Promise<PlainEnd> {
  const { emit } = run.ports;
  try {
    const messages = [{ role: 'user', content: prompt }] as const;
    const firstAttempt = nextAttempt(run.past?.call(call) ?? null, null);
    const ask = { call, request: { model, messages }, reservation, limiter: run.limiter, firstAttempt };
    const { text, usage, costUsd, finishReason } = await askModel(run, ask, signal);
    emit({ type: 'call.finished', call, usage, costUsd, finishReason });
    return { ok: true, text, finishReason };
  } catch (error) {
    return fail(run, call, messageOf(error), signal.aborted);
  }
}

/**
 * Gives `call` what `shared` gets, which asks the same: nothing is sent and nothing spent. Where
 * that one is cancelled with its own asker, this one is sent after all, with what `reserve` puts
 * aside. Never rejects.
 */
export async function takePlain(
  run: Run,
  plain: PlainCall,
  shared: SharedCall,
  reserve: () => ReturnType<Run['budget']['reserveSubCall']>,
  signal: AbortSignal,
): Promise<Answered> {
  const { call, model, prompt } = plain;
  try {
    const end = await abortable(shared.end, signal);
    signal.throwIfAborted();
    if (end.ok || !end.cancelled) return answeredBy(call, logTaken(run, call, end));
  } catch (error) {
    return answeredBy(call, fail(run, call, messageOf(error), true));
  }
  const other = run.shared.find(model, prompt);
  if (other) return takePlain(run, plain, other, reserve, signal);
  const reservation = reserve();
  if (!reservation.ok) return answeredBy(call, fail(run, call, reservation.message, false));
  return sendPlain(run, plain, reservation, signal);
}

/** Logs that `call` ended as the one that it shares a reply with. */
export function logTaken(run: Run, call: string, end: PlainEnd): PlainEnd {
  if (!end.ok) return fail(run, call, end.message, false);
  const { clock, emit } = run.ports;
  const out = createCoalescer(clock.now, (text) => emit({ type: 'call.text', call, text }));
  out.push(end.text);
  out.flush();
  const usage = { input: 0, cachedInput: 0, output: 0, reasoning: 0 };
  emit({ type: 'call.finished', call, usage, costUsd: 0, finishReason: end.finishReason });
  return end;
}

function fail(run: Run, call: string, message: string, cancelled: boolean): PlainEnd {
  run.ports.emit({ type: 'call.failed', call, message, ...(cancelled && { cancelled }) });
  return { ok: false, message, cancelled };
}

export function answeredBy(call: string, end: PlainEnd): Answered {
  return end.ok ? { ok: true, text: end.text, call } : { ok: false, message: end.message, call };
}
