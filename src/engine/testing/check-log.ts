import { TrajectoryEvent } from '../../trajectory/events.ts';

/** Characters of output that are always shown whole, with room for an error. */
const SHORT_OUTPUT = 15_000;

/**
 * What must hold of every finished run's log; returns the sentences of what does not.
 * Calls may be left open only where the run was stopped.
 */
export function faultsOfLog(events: readonly TrajectoryEvent[]): string[] {
  const faults: string[] = [];
  const open = new Map<string, number>();
  const cells = new Set<string>();
  const known = new Set<string>();
  const begun = new Set<string>();
  const asked = new Set<string>();
  const answered = new Set<string>();
  const printed = new Map<string, string>();
  let now = 0;
  let at = 0;
  events.forEach((event, index) => {
    const where = `event ${index} (${event.type})`;
    const parsed = TrajectoryEvent.safeParse(event);
    if (!parsed.success) faults.push(`${where} is not of the schema: ${parsed.error.message}`);
    if (event.seq !== index) faults.push(`${where} has seq ${event.seq}`);
    if (event.at < at) faults.push(`${where} goes back in time`);
    at = event.at;
    if ((event.type === 'run.started') !== (index === 0)) faults.push(`${where}: run.started is not first`);
    if ((event.type === 'run.finished') !== (index === events.length - 1)) {
      faults.push(`${where}: run.finished is not last`);
    }
    if (event.type === 'call.started') {
      if (known.has(event.call)) faults.push(`${where} starts ${event.call} again`);
      if (event.parent !== null && !open.has(event.parent)) faults.push(`${where} has no open parent`);
      known.add(event.call);
      open.set(event.call, index);
      if (event.cell !== null) {
        const query = `${event.cell} ${event.query}`;
        if (event.query === undefined) faults.push(`${where} does not tell its query`);
        if (asked.has(query)) faults.push(`${where} is of query ${query}, which has a call`);
        asked.add(query);
      }
    } else if (event.type === 'query.answered') {
      const query = `${event.cell} ${event.query}`;
      if (answered.has(query)) faults.push(`${where} answers ${query} again`);
      if (!begun.has(event.cell)) faults.push(`${where} is of no cell`);
      if (event.call === null ? event.text === undefined : !asked.has(query)) {
        faults.push(`${where} is of a query that nobody asked`);
      }
      if (event.now < now) faults.push(`${where} turns the guest's clock back`);
      now = event.now;
      answered.add(query);
    } else if ('call' in event && event.call !== undefined && !open.has(event.call)) {
      faults.push(`${where} is of ${event.call}, which is not open`);
    }
    if (event.type === 'call.finished' || event.type === 'call.failed') open.delete(event.call);
    if (event.type === 'cell.started') {
      if ((event.now ?? 0) < now) faults.push(`${where} turns the guest's clock back`);
      now = event.now ?? now;
      if (begun.has(event.cell)) faults.push(`${where} starts ${event.cell} again`);
      if (event.now === undefined || event.seed === undefined || event.budget === undefined) {
        faults.push(`${where} cannot be run again`);
      }
      cells.add(event.cell);
      begun.add(event.cell);
    }
    if (event.type === 'cell.printed' || event.type === 'variable.changed') {
      if (!cells.has(event.cell)) faults.push(`${where} is of no running cell`);
    }
    if (event.type === 'cell.printed') printed.set(event.cell, (printed.get(event.cell) ?? '') + event.text);
    if (event.type === 'cell.finished') {
      if (!cells.delete(event.cell)) faults.push(`${where} ends no running cell`);
      // Long output is shown by its head and tail.
      const output = printed.get(event.cell) ?? '';
      if (output.length < SHORT_OUTPUT && !event.observation.startsWith(output)) {
        faults.push(`${where} shows something else than was printed: ${output}`);
      }
    }
  });
  const end = events.at(-1);
  if (end?.type === 'run.finished' && end.outcome !== 'stopped') {
    for (const call of open.keys()) faults.push(`call ${call} has no end`);
    for (const cell of cells) faults.push(`cell ${cell} has no end`);
  }
  return faults;
}
