import type { Fact } from '../trajectory/events.ts';
import { shapeObservation } from '../trajectory/observation.ts';

/**
 * Calls and cells that have begun and not ended, as the log of a run that is gone on with tells. What
 * nobody goes on with, as its asker ended first this time, must end in the log too.
 */
export interface OpenFacts {
  add(fact: Fact): void;
  /** Facts that end what is open below `call`, and its own cells: the latest first, children before parents. */
  endsBelow(call: string): readonly Fact[];
}

const MESSAGE = 'The call that asked for it ended first.';

export function createOpenFacts(): OpenFacts {
  /** Cells with what they printed, calls with nothing, in the order in which they began. */
  const open = new Map<string, { readonly kind: 'call' | 'cell'; printed: string }>();
  return {
    add(fact) {
      switch (fact.type) {
        case 'call.started':
          open.set(fact.call, { kind: 'call', printed: '' });
          break;
        case 'cell.started':
          open.set(fact.cell, { kind: 'cell', printed: '' });
          break;
        case 'cell.printed': {
          const cell = open.get(fact.cell);
          if (cell) cell.printed += fact.text;
          break;
        }
        case 'call.finished':
        case 'call.failed':
          open.delete(fact.call);
          break;
        case 'cell.finished':
          open.delete(fact.cell);
          break;
        default:
      }
    },
    endsBelow(call) {
      const below = [...open].filter(([id]) => id.startsWith(`${call}.`) || id.startsWith(`${call}:`));
      return below.toReversed().map(([id, { kind, printed }]): Fact => {
        if (kind === 'call') return { type: 'call.failed', call: id, message: MESSAGE, cancelled: true };
        const error = { name: 'Cancelled', message: MESSAGE };
        const observation = shapeObservation(printed, error);
        return { type: 'cell.finished', cell: id, ok: false, error, cpuMs: 0, waitMs: 0, observation, lost: true };
      });
    },
  };
}
