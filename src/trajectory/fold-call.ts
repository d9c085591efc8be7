import { assertUnreachable } from '../base/assert.ts';
import type { EventOf } from './events.ts';
import type { CallState, CallStatus, RequestState, TurnState } from './run-state.ts';

/** Events that change a call which has started. */
export type CallEvent = EventOf<
  | 'call.sent'
  | 'turn.started'
  | 'call.text'
  | 'call.reasoned'
  | 'turn.finished'
  | 'call.finished'
  | 'call.failed'
  | 'call.retried'
>;

/** True for a call that asks a model itself, and so counts; false while it takes the reply of another. */
export function isSent({ shares, requests }: Pick<CallState, 'shares' | 'requests'>): boolean {
  return shares === null || requests.length > 0;
}

/** True once nothing more can happen to a call. */
export function isFinal(status: CallStatus): boolean {
  return status === 'finished' || status === 'failed' || status === 'cut';
}

/** The call that `call.started` tells of; `cell` is the parent's cell that asked, where it is known. */
export function newCall(event: EventOf<'call.started'>, cell: string | null): CallState {
  return {
    id: event.call,
    parent: event.parent,
    cell,
    line: event.line ?? null,
    kind: event.kind,
    asked: event.asked ?? event.kind,
    depth: event.depth,
    model: event.model,
    prompt: event.prompt,
    shares: event.shares ?? null,
    share: event.share ?? null,
    contextChars: event.contextChars ?? null,
    status: 'queued',
    startedAt: event.at,
    sentAt: null,
    endedAt: null,
    turns: [],
    text: '',
    textEnd: '',
    reasoning: '',
    answer: null,
    format: 'text',
    finishReason: null,
    failure: null,
    cancelled: false,
    own: null,
    retries: [],
    requests: [],
    children: [],
  };
}

/** The open `call` after `event`; the same object where the event makes no sense for it. */
export function applyToCall(call: CallState, event: CallEvent): CallState {
  switch (event.type) {
    case 'call.sent':
      return sent(call, event);
    case 'turn.started':
      return turnStarted(call, event);
    case 'call.text':
      return textCame(call, event);
    case 'call.reasoned':
      return withReply(call, (text, reasoning) => [text, reasoning + event.text]);
    case 'turn.finished':
      return turnFinished(call, event);
    case 'call.finished':
      return {
        ...call,
        status: 'finished',
        endedAt: event.at,
        answer: event.answer ?? null,
        format: event.format ?? 'text',
        finishReason: event.finishReason,
        own: { usage: event.usage, costUsd: event.costUsd },
        requests: closed(call.requests, event.at),
      };
    case 'call.failed':
      return {
        ...call,
        status: 'failed',
        endedAt: event.at,
        failure: event.message,
        cancelled: event.cancelled ?? false,
        own: event.usage === undefined ? call.own : { usage: event.usage, costUsd: event.costUsd ?? null },
        requests: closed(call.requests, event.at),
      };
    case 'call.retried': {
      const { at, attempt, waitMs, reason } = event;
      return {
        ...withReply(call, () => ['', '']),
        status: 'retrying',
        retries: [...call.retries, { at, attempt, waitMs, reason }],
        requests: closed(call.requests, at),
      };
    }
    default:
      return assertUnreachable(event);
  }
}

/** A call that was open when the run ended. */
export function cutCall(call: CallState, at: number): CallState {
  return { ...call, status: 'cut', endedAt: at, requests: closed(call.requests, at) };
}

/** A call when the run was resumed: a request in flight, and what had come of its reply, is void. */
export function voidRequest(call: CallState, at: number): CallState {
  if (isFinal(call.status) || call.requests.at(-1)?.endedAt !== null) return call;
  return { ...withReply(call, () => ['', '']), status: 'queued', requests: closed(call.requests, at) };
}

function sent(call: CallState, event: EventOf<'call.sent'>): CallState {
  if (call.requests.at(-1)?.endedAt === null) return call;
  const turn = call.kind === 'rlm' ? (call.turns.at(-1)?.turn ?? null) : null;
  const request: RequestState = { attempt: event.attempt, turn, sentAt: event.at, endedAt: null };
  return {
    ...call,
    status: 'running',
    sentAt: call.sentAt ?? event.at,
    requests: [...call.requests, request],
  };
}

function turnStarted(call: CallState, event: EventOf<'turn.started'>): CallState {
  if (call.kind !== 'rlm' || event.turn <= (call.turns.at(-1)?.turn ?? 0)) return call;
  const turn: TurnState = {
    turn: event.turn,
    messages: event.messages,
    text: '',
    reasoning: '',
    finishReason: null,
    startedAt: event.at,
    repliedAt: null,
    cell: null,
  };
  return { ...call, turns: [...call.turns, turn] };
}

function turnFinished(call: CallState, event: EventOf<'turn.finished'>): CallState {
  const turn = call.turns.at(-1);
  if (turn === undefined || turn.turn !== event.turn || turn.repliedAt !== null) return call;
  return {
    ...call,
    turns: call.turns.with(-1, { ...turn, finishReason: event.finishReason, repliedAt: event.at }),
    own: event.soFar,
    requests: closed(call.requests, event.at),
  };
}

type Reply = readonly [text: string, reasoning: string];

/** Changes the reply that is being written: an `llm` call's own, or that of an `rlm` call's open turn. */
function withReply(call: CallState, change: (...reply: Reply) => Reply): CallState {
  if (call.kind === 'llm') {
    const [text, reasoning] = change(call.text, call.reasoning);
    return { ...call, text, reasoning, textEnd: text === '' ? '' : call.textEnd };
  }
  const turn = call.turns.at(-1);
  if (turn === undefined || turn.repliedAt !== null) return call;
  const [text, reasoning] = change(turn.text, turn.reasoning);
  return { ...call, turns: call.turns.with(-1, { ...turn, text, reasoning }) };
}

const END_CHARS = 200;

function textCame(call: CallState, event: EventOf<'call.text'>): CallState {
  const next = withReply(call, (text, reasoning) => [text + event.text, reasoning]);
  if (call.kind === 'rlm') return next;
  return { ...next, textEnd: (call.textEnd + event.text.slice(-END_CHARS)).slice(-END_CHARS) };
}

function closed(requests: readonly RequestState[], at: number): readonly RequestState[] {
  const last = requests.at(-1);
  return last?.endedAt === null ? requests.with(-1, { ...last, endedAt: at }) : requests;
}
