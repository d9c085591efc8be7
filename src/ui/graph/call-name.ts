import { plural } from '../../base/format.ts';
import { rangeName } from '../../trajectory/derive/grouping.ts';
import { progress } from '../../trajectory/derive/reading.ts';
import { isSent } from '../../trajectory/fold-call.ts';
import type { CallState, RunState } from '../../trajectory/run-state.ts';
import { MARK_WORDS } from '../kit/state-mark.tsx';
import { limitMet } from './limit-met.ts';
import type { Piece } from './graph-model.ts';
import { moneyOf } from './doll-rows.tsx';
import { spending } from '../../trajectory/derive/spending.ts';

/** Accessible name of a call: `Call 0.3, back, gpt-5-mini, $0.0019`. */
export function callName(state: RunState, call: CallState): string {
  const cost = moneyOf(spending(state, call).total);
  const what = call.kind === 'rlm' ? `, its own REPL, ${plural(call.turns.length, 'turn')}` : '';
  const from = sharedFrom(call);
  const shared = from === null ? '' : `, shares the reply of ${from}`;
  const limit = limitMet(state, call);
  const met = limit === null ? '' : `, limit reached: ${limit}`;
  return `Call ${call.id}, ${MARK_WORDS[call.status]}${met}${what}${shared}, ${call.model}, ${cost}`;
}

/** Accessible name of a piece of the graph; a fan-out begins with its first call. */
export function pieceName(state: RunState, piece: Piece): string {
  if (piece.kind !== 'strip') {
    const call = state.calls.get(piece.call);
    return call ? callName(state, call) : `Call ${piece.call},`;
  }
  const { asked, back, failed, inFlight } = progress(state, piece.calls);
  const words = [`${back} back`, ...(failed > 0 ? [`${failed} failed`] : []), `${inFlight} in flight`];
  return `Call ${piece.calls[0] ?? ''}, first of ${asked} calls ${rangeName(piece.calls)}: ${words.join(', ')}`;
}

/** The call whose reply a call took, nothing being sent for it; null for one that was sent. */
export const sharedFrom = (call: CallState): string | null => (isSent(call) ? null : call.shares);
