import type { CallState, RunState } from '../run-state.ts';
import { variablesAt, type VariableState } from './reading.ts';

/** A variable at a turn, and what the turn did to it. */
export interface VariableAtTurn extends VariableState {
  readonly change: 'kept' | 'made' | 'changed';
  /** Its value before this turn, where the turn changed it. */
  readonly earlier: VariableState | null;
}

/** Variables a call holds after `turn`: what the turn made or changed first, then the rest, newest first. */
export function variablesOfTurn(state: RunState, call: CallState, turn: number): readonly VariableAtTurn[] {
  const before = new Map(variablesAt(state, call, turn - 1).map((each) => [each.name, each]));
  const cell = call.turns.find((each) => each.turn === turn)?.cell ?? null;
  return variablesAt(state, call, turn)
    .toReversed()
    .map((variable): VariableAtTurn => {
      if (variable.cell !== cell) return { ...variable, change: 'kept', earlier: null };
      const earlier = before.get(variable.name) ?? null;
      return { ...variable, change: earlier === null ? 'made' : 'changed', earlier };
    });
}
