import type { ModelReply } from '../../models/port.ts';
import type { Message } from '../../trajectory/events.ts';
import type { Spending } from '../../trajectory/run-state.ts';
import { askModel } from '../ask-model.ts';
import type { Reservation } from '../budget.ts';
import { failureOf, nextAttempt } from '../past.ts';
import { withTurnLine, type TurnNotes } from '../prompts.ts';
import type { Run } from '../run.ts';
import { addReply, NO_SPENDING } from '../spending.ts';

/** Characters that the last turn's prompt may be longer than this turn's: an output and a reply. */
const GROWTH_CHARS = 24_000;

/** What a call has come to so far, whatever happens to it. */
export interface Progress {
  draft: string | null;
  spending: Spending;
  finishReason: string;
}

export type Reply = Pick<ModelReply, 'text' | 'finishReason'>;

/** The reply of a turn, or the limit that let it not be asked for. `ending` makes it the last. */
export type TurnReply =
  | { readonly refused: 'usd' | 'seconds' }
  | { readonly refused: null; readonly reply: Reply; readonly ending: 'usd' | 'seconds' | null };

export interface TurnReplies {
  /**
   * The model's reply in `turn`, to the conversation so far and `added`, which ends with `body` as
   * the user's; from the past where it is there. Turns are asked for in order.
   * @throws ModelError or the abort reason: the call failed.
   */
  ask(turn: number, added: readonly Message[], body: () => string): Promise<TurnReply>;
}

/** The conversation of one `rlm` call. */
export function createTurnReplies(
  run: Run,
  { call, depth, model }: { readonly call: string; readonly depth: number; readonly model: string },
  progress: Progress,
  signal: AbortSignal,
): TurnReplies {
  const { budget, limiter, past } = run;
  const { emit } = run.ports;
  const { settings } = run.request;
  const turns = settings.maxTurns;
  const isRoot = depth === 0;
  const messages: Message[] = [];
  const charsOf = (all: readonly Message[]) => all.reduce((sum, { content }) => sum + content.length, 0);

  const send = async (turn: number, reservation: Reservation, firstAttempt: number): Promise<Reply> => {
    const request = { model, messages: [...messages] };
    const ask = { call, request, reservation, limiter: isRoot ? null : limiter, firstAttempt };
    const reply = await askModel(run, ask, signal);
    progress.spending = addReply(progress.spending, reply);
    progress.finishReason = reply.finishReason;
    const { finishReason } = reply;
    emit({ type: 'turn.finished', call, turn, finishReason, soFar: progress.spending });
    return reply;
  };

  /** A turn that the past has: its reply, or its request once more. */
  const again = async (turn: number): Promise<TurnReply | null> => {
    const earlier = past?.call(call) ?? null;
    const before = past?.turn(call, turn) ?? null;
    if (!past || !earlier) return null;
    if (before?.repliedAt == null) {
      const failure = failureOf(earlier);
      if (failure !== null) throw new Error(failure);
      if (earlier.status === 'finished') {
        return { refused: past.state.limits.some(({ limit }) => limit === 'seconds') ? 'seconds' : 'usd' };
      }
    }
    if (!before) return null;
    messages.push(...before.messages);
    const chars = charsOf(messages);
    budget.keepForLast({ model, chars: chars + GROWTH_CHARS });
    const ending = past.ending(call, turn);
    // The log tells what a call has cost up to its last reply.
    progress.spending = earlier.own ?? NO_SPENDING;
    if (before.repliedAt === null) {
      const reservation = budget.reserveAgain({ model, chars }, 'turn');
      return { refused: null, reply: await send(turn, reservation, nextAttempt(earlier, turn)), ending };
    }
    const finishReason = before.finishReason ?? 'stop';
    progress.finishReason = finishReason;
    return { refused: null, reply: { text: before.text, finishReason }, ending };
  };

  const fresh = async (turn: number, added: readonly Message[], body: string): Promise<TurnReply> => {
    const chars = charsOf(messages) + charsOf(added) + body.length;
    if (turns > 1) budget.planTurn({ model, chars }, { model, chars: chars + GROWTH_CHARS });
    const { ending } = budget;
    const reservation = budget.reserveTurn({ model, chars });
    if (!reservation.ok) return { refused: reservation.limit === 'seconds' ? 'seconds' : 'usd' };
    const last: TurnNotes['last'] = ending ?? (turn === turns ? 'turns' : null);
    const notes = { turn, turns, last, budget: budget.view(turns - turn), settings };
    const sent: Message[] = [...added, { role: 'user', content: withTurnLine(body, notes) }];
    messages.push(...sent);
    emit({ type: 'turn.started', call, turn, messages: sent });
    return { refused: null, reply: await send(turn, reservation, 1), ending };
  };

  return {
    ask: async (turn, added, body) => (await again(turn)) ?? fresh(turn, added, body()),
  };
}
