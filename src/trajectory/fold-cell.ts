import { assertUnreachable } from '../base/assert.ts';
import type { EventOf } from './events.ts';
import type { CellState } from './run-state.ts';

/** Events that change a cell which has started. */
export type CellEvent = EventOf<'cell.printed' | 'cell.finished' | 'variable.changed'>;

/** The cell that `cell.started` tells of. */
export function newCell(event: EventOf<'cell.started'>): CellState {
  return {
    id: event.cell,
    call: event.call,
    turn: event.turn,
    code: event.code,
    edited: event.edited ?? false,
    printed: '',
    startedAt: event.at,
    endedAt: null,
    ok: null,
    error: null,
    cpuMs: 0,
    waitMs: 0,
    observation: null,
    variables: [],
    calls: [],
  };
}

/**
 * `cell` after `event`; the same object where the event makes no sense for it. Prints and variables
 * may come after the end: a promise nobody awaited still prints. `grown` appends to a list.
 */
export function applyToCell(
  cell: CellState,
  event: CellEvent,
  grown: <T>(list: readonly T[], item: T) => readonly T[],
): CellState {
  switch (event.type) {
    case 'cell.printed':
      return { ...cell, printed: cell.printed + event.text };
    case 'variable.changed': {
      const { name, kind, size, preview } = event;
      return { ...cell, variables: grown(cell.variables, { name, kind, size, preview }) };
    }
    case 'cell.finished': {
      if (cell.endedAt !== null) return cell;
      const { at: endedAt, ok, error = null, cpuMs, waitMs, observation } = event;
      return { ...cell, endedAt, ok, error, cpuMs, waitMs, observation };
    }
    default:
      return assertUnreachable(event);
  }
}
