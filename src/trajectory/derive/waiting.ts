import type { CallState, RunState, TurnState } from '../run-state.ts';
import { codeBeingWritten } from './reply-parts.ts';

/** What a run needs of the person before it can go on. */
export type Waiting =
  /** The root has written this code, which has not run. */
  | { readonly for: 'cell'; readonly turn: number; readonly code: string }
  /** A turn of the root is over, and the next is not asked for. */
  | { readonly for: 'turn'; readonly turn: number }
  /** Something that only the person can decide; `message` says what. */
  | { readonly for: 'provider' | 'sub-calls'; readonly message: string }
  /** The root's reply, which the person writes; `shown` is the last message that the root was sent. */
  | { readonly for: 'reply'; readonly turn: number; readonly shown: string };

/** What `state` waits for from the person, or null where it goes on by itself or is over. */
export function waitingFor(state: RunState): Waiting | null {
  if (state.finished) return null;
  const root = state.calls.get('0');
  const turn = root?.turns.at(-1);
  if (state.started?.settings.rootBy === 'person' && root && turn && isAsked(root, turn)) {
    return { for: 'reply', turn: turn.turn, shown: turn.messages.at(-1)?.content ?? '' };
  }
  if (state.paused) {
    const { why, message } = state.paused;
    if (why !== 'person') return { for: why, message };
    const code = turn && isWritten(turn) ? codeBeingWritten(turn.text) : null;
    return code !== null && turn ? { for: 'cell', turn: turn.turn, code } : { for: 'turn', turn: turn?.turn ?? 0 };
  }
  return null;
}

const isWritten = (turn: TurnState): boolean => turn.repliedAt !== null && turn.cell === null;

const isAsked = (root: CallState, turn: TurnState): boolean =>
  root.status === 'running' && turn.repliedAt === null && root.requests.at(-1)?.turn === turn.turn;
