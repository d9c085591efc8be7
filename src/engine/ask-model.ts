import { ModelError, type ModelListener, type ModelReply, type ModelRequest } from '../models/port.ts';
import { PERSON_MODEL } from '../trajectory/person.ts';
import type { Reservation } from './budget.ts';
import { createCoalescer, flushInterval } from './coalesce.ts';
import type { Limiter, Line } from './limiter.ts';
import { PERSON_LINE } from './person.ts';
import { abortable, messageOf, type Run } from './run.ts';

export interface Ask {
  readonly call: string;
  readonly request: ModelRequest;
  /** Settled here, whatever happens. */
  readonly reservation: Reservation;
  /** Null where the request needs no slot: the root's own. */
  readonly limiter: Limiter | null;
  /** 1, or where the past of a resumed run left off. */
  readonly firstAttempt: number;
}

/**
 * One reply of a model for `call`: sends, logs what streams in, and asks again where the policy of
 * `retry.ts` allows it. A slot is held only while a request is in flight, not between attempts.
 * @throws ModelError when it is given up; the abort reason of `signal`.
 */
export async function askModel(run: Run, ask: Ask, signal: AbortSignal): Promise<ModelReply> {
  const { clock, emit } = run.ports;
  const isPersons = ask.request.model === PERSON_MODEL;
  const line = isPersons ? PERSON_LINE : run.limiter.open({ needsSlot: ask.limiter !== null, used: ask.firstAttempt - 1 });
  try {
    for (let attempt = ask.firstAttempt; ; attempt++) {
      const result = await attemptOnce(run, ask, line, attempt, signal);
      if (result.ok) return result.reply;
      const waitMs = await line.again(result.error, signal);
      if (waitMs === null) throw result.error;
      emit({ type: 'call.retried', call: ask.call, attempt, waitMs, reason: result.error.message });
      await abortable(clock.sleep(waitMs, signal), signal);
    }
  } finally {
    line.close();
    ask.reservation.settle(0);
  }
}

type Attempt =
  | { readonly ok: true; readonly reply: ModelReply }
  | { readonly ok: false; readonly error: ModelError };

async function attemptOnce(
  run: Run,
  { call, request, reservation }: Ask,
  line: Line,
  attempt: number,
  signal: AbortSignal,
): Promise<Attempt> {
  const stream = openStream(run, call);
  const send = async (heard: () => void) => {
    signal.throwIfAborted();
    const refusal = reservation.renew();
    if (refusal) throw new ModelError('rejected', refusal.message);
    run.ports.emit({ type: 'call.sent', call, attempt });
    const reply = await abortable(run.ports.model.complete(request, heardBy(stream, heard), signal), signal);
    // Before the slot is free: the next request must see what this one cost.
    reservation.settle(reply.costUsd);
    return reply;
  };
  try {
    const reply = await line.send(send, signal);
    stream.finish(reply);
    return { ok: true, reply };
  } catch (error) {
    stream.drop();
    signal.throwIfAborted();
    if (error instanceof ModelError) return { ok: false, error };
    throw new ModelError('rejected', `The model client failed: ${messageOf(error)}`);
  }
}

/** `on`, which says `heard` as soon as anything comes. */
function heardBy(on: ModelListener, heard: () => void): ModelListener {
  let first = true;
  const hear = () => {
    if (first) heard();
    first = false;
  };
  return {
    text(piece) {
      hear();
      on.text(piece);
    },
    reasoning(piece) {
      hear();
      on.reasoning(piece);
    },
  };
}

/** Logs one attempt's pieces in order, few events for many pieces. */
function openStream(run: Run, call: string) {
  const { clock, emit } = run.ports;
  let streamed = 0;
  let reasoned = 0;
  let open = true;
  const wait = () => flushInterval(run.limiter.inFlight);
  const text = createCoalescer(clock.now, (piece) => emit({ type: 'call.text', call, text: piece }), wait);
  const reasoning = createCoalescer(clock.now, (piece) => emit({ type: 'call.reasoned', call, text: piece }), wait);
  const stream = {
    text(piece: string) {
      if (!open) return;
      reasoning.flush();
      streamed += piece.length;
      text.push(piece);
    },
    reasoning(piece: string) {
      if (!open) return;
      text.flush();
      reasoned += piece.length;
      reasoning.push(piece);
    },
    /** A model that does not stream says everything at the end. */
    finish(reply: ModelReply) {
      if (reasoned === 0) stream.reasoning(reply.reasoning);
      if (streamed === 0) stream.text(reply.text);
      reasoning.flush();
      text.flush();
      open = false;
    },
    /** The attempt is void: what is held, or comes late, is nobody's. */
    drop() {
      open = false;
    },
  };
  return stream;
}
