import type { LogEvent, TrajectoryEvent } from '../trajectory/events.ts';
import { EMPTY, fold } from '../trajectory/fold.ts';
import { isKnownEvent } from '../trajectory/known-event.ts';
import type { CallState, RunState, TurnState } from '../trajectory/run-state.ts';
import { factKey } from './fact-key.ts';
import type { Fact } from '../trajectory/events.ts';

/** What a run did before the page was closed on it, for the engine that goes on with it. */
export interface Past {
  readonly state: RunState;
  readonly events: readonly TrajectoryEvent[];
  /** True for a fact that the log holds already. */
  holds(fact: Fact): boolean;
  /** The call, as far as it got. */
  call(id: string): CallState | null;
  turn(call: string, turn: number): TurnState | null;
  /** The limit that made a turn of a call its last, as `Budget.ending` told when it began. */
  ending(call: string, turn: number): 'usd' | 'seconds' | null;
  /** The time that the guest was told last, milliseconds since 1970; 0 if none. */
  readonly wall: number;
}

/** Reads the log of a run as far as it got. */
export function readPast(log: readonly LogEvent[]): Past {
  const events = log.filter(isKnownEvent);
  const state = fold(EMPTY, log);
  const keys = new Set<string>();
  const endings = new Map<string, 'usd' | 'seconds'>();
  const reached = new Set<string>();
  let wall = 0;
  for (const event of events) {
    const key = factKey(event);
    if (key !== null) keys.add(key);
    // What the run met is the root's.
    if (event.type === 'limit.reached') reached.add(`${event.limit} ${event.call ?? '0'}`);
    if (event.type === 'turn.started') {
      const { call, turn } = event;
      if (call === '0' && reached.has('seconds 0')) endings.set(`${call} ${turn}`, 'seconds');
      else if (reached.has(`usd ${call}`)) endings.set(`${call} ${turn}`, 'usd');
    }
    if (event.type === 'cell.started' || event.type === 'query.answered') wall = Math.max(wall, event.now ?? 0);
  }
  const turnOf: Past['turn'] = (call, turn) =>
    state.calls.get(call)?.turns.find((each) => each.turn === turn) ?? null;
  return {
    state,
    events,
    holds(fact) {
      const key = factKey(fact);
      return key !== null && keys.has(key);
    },
    call: (id) => state.calls.get(id) ?? null,
    turn: turnOf,
    ending: (call, turn) => endings.get(`${call} ${turn}`) ?? null,
    wall,
  };
}

/** Number of the next attempt of a request that was under way, from 1. */
export function nextAttempt(call: CallState | null, turn: number | null): number {
  const last = call?.requests.at(-1);
  if (!call || !last || last.turn !== turn) return 1;
  return call.status === 'retrying' ? last.attempt + 1 : last.attempt;
}

/** How a call ended before, in the words of its log; null where it had not ended. */
export function failureOf(call: CallState | null): string | null {
  return call?.status === 'failed' ? (call.failure ?? 'It failed.') : null;
}
