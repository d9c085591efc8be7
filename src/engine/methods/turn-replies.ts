import type { ModelReply } from '../../models/port.ts';
import type { Message } from '../../trajectory/events.ts';
import type { Spending } from '../../trajectory/run-state.ts';
import type { RunSettings } from '../../trajectory/settings.ts';
import { askModel } from '../ask-model.ts';
import type { Budget, Reservation } from '../budget.ts';
import { failureOf, nextAttempt } from '../past.ts';
import { withTurnLine, type TurnNotes } from '../prompts.ts';
import type { Run } from '../run.ts';
import { addReply, NO_SPENDING } from '../spending.ts';

/** Characters that the last turn's prompt may be longer than this turn's: an output and a reply. */
const GROWTH_CHARS = 24_000;

/** What a call has come to so far, whatever happens to it. */
export interface Progress {
  draft: string | null;
  /** What the draft was: `answer` in the REPL, or a final that was doubted and not given again. */
  draftFrom: 'answer' | 'unconfirmed';
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

export interface TurnRepliesOptions {
  readonly call: string;
  readonly depth: number;
  readonly model: string;
  /** Turns that the call has; those of the settings where absent. */
  readonly turns?: number;
  /** The message that `body` becomes: with a line on the turn and what is left, where absent. */
  readonly closing?: (body: string, notes: TurnNotes) => string;
  /** Before the last turn: variables that may hold the answer. */
  readonly candidates?: (turn: number) => readonly string[];
}

/** What a turn is asked for with. */
interface NewTurn extends Omit<TurnRepliesOptions, 'call' | 'depth'> {
  readonly turn: number;
  /** Characters of the conversation before it. */
  readonly chars: number;
  readonly added: readonly Message[];
  readonly body: string;
}

/** The messages that a turn adds, with its money reserved; or the limit that does not let it be. */
export function planTurn(
  budget: Budget,
  settings: RunSettings,
  { model, turns = settings.maxTurns, closing = withTurnLine, candidates, turn, chars: before, added, body }: NewTurn,
) {
  const chars = before + charsOf(added) + body.length;
  // A call of one turn has no last one beside it.
  if (turns > 1) budget.planTurn({ model, chars }, { model, chars: chars + GROWTH_CHARS });
  const { ending } = budget;
  const reservation = budget.reserveTurn({ model, chars });
  if (!reservation.ok) return { refused: reservation.limit === 'seconds' ? 'seconds' : 'usd' } as const;
  const last: TurnNotes['last'] = ending ?? (turn === turns ? 'turns' : null);
  const held = last === null ? [] : (candidates?.(turn) ?? []);
  const notes = { turn, turns, last, budget: budget.view(turns - turn), share: budget.share, settings, candidates: held };
  const sent: Message[] = [...added, { role: 'user', content: closing(body, notes) }];
  return { refused: null, sent, reservation, ending } as const;
}

const charsOf = (all: readonly Message[]) => all.reduce((sum, { content }) => sum + content.length, 0);

/** The conversation of one `rlm` call. */
export function createTurnReplies(
  run: Run,
  options: TurnRepliesOptions,
  progress: Progress,
  signal: AbortSignal,
): TurnReplies {
  const { budget, limiter, past } = run;
  const { emit } = run.ports;
  const { settings } = run.request;
  const { call, depth, model } = options;
  const isRoot = depth === 0;
  const messages: Message[] = [];

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
    const planned = planTurn(budget, settings, { ...options, turn, chars: charsOf(messages), added, body });
    if (planned.refused !== null) return planned;
    const { sent, reservation, ending } = planned;
    messages.push(...sent);
    emit({ type: 'turn.started', call, turn, messages: sent });
    return { refused: null, reply: await send(turn, reservation, 1), ending };
  };

  return {
    ask: async (turn, added, body) => (await again(turn)) ?? fresh(turn, added, body()),
  };
}
