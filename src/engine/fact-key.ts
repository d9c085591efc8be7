import type { Fact } from '../trajectory/events.ts';

/**
 * What makes a fact the same fact when a run is gone through again, or null where it is always a new
 * one: what requests bring is logged only when they are sent, and printed pieces are counted.
 */
export function factKey(fact: Fact): string | null {
  switch (fact.type) {
    case 'run.started':
    case 'run.finished':
      return fact.type;
    case 'run.resumed':
    case 'run.paused':
    case 'run.continued':
    case 'parallel.changed':
    case 'call.sent':
    case 'call.text':
    case 'call.reasoned':
    case 'call.retried':
    case 'cell.printed':
      return null;
    case 'document.hashed':
      return `${fact.type} ${fact.document}`;
    case 'call.started':
      return `${fact.type} ${fact.call}`;
    // A call has one end.
    case 'call.finished':
    case 'call.failed':
      return `call.ended ${fact.call}`;
    case 'turn.started':
    case 'turn.finished':
      return `${fact.type} ${fact.call} ${fact.turn}`;
    case 'cell.started':
    case 'cell.finished':
      return `${fact.type} ${fact.cell}`;
    case 'query.answered':
      return `${fact.type} ${fact.cell} ${fact.query}`;
    case 'variable.changed':
      return `${fact.type} ${fact.cell} ${fact.name}`;
    case 'limit.reached':
      return `${fact.type} ${fact.limit} ${fact.call ?? ''}`;
    case 'note.added':
      return `${fact.type} ${fact.by} ${fact.call ?? ''} ${fact.turn ?? ''} ${fact.text}`;
  }
}
