import type { GuestQuery, QueryReply } from '../repl/port.ts';
import type { CellRecord } from './cell-record.ts';
import type { RecordedHostOptions } from './recorded-host.ts';
import type { Run } from './run.ts';

/** Where a query was asked: `index` is its number in the cell. */
export interface AskedIn {
  readonly cell: string;
  readonly turn: number;
  readonly index: number;
}

/** What came of a query; `call` is the sub-call that it became, null where it was refused. */
export type Answered = { readonly call: string | null } & (
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly message: string }
);

/** The replies to one call's queries: waited for once, however often their cell has to run. */
export interface Replies {
  /** Asks for a cell that runs, or runs on; `flush` logs what it printed before the reply. */
  live(record: CellRecord, flush: () => void): RecordedHostOptions['ask'];
  /** Asks for a cell that had ended: it asks nothing that it did not ask before. */
  again(record: CellRecord): RecordedHostOptions['ask'];
  /** Nothing is asked that no guest was handed. */
  readonly idle: boolean;
  /** What is in flight is nobody's any more. */
  forget(): void;
}

export interface RepliesOptions {
  readonly turnsLeft: (turn: number) => number;
  /** Answers a query; never rejects. */
  readonly answer: (query: GuestQuery, asked: AskedIn) => Promise<Answered>;
}

export function createReplies(run: Run, { turnsLeft, answer }: RepliesOptions): Replies {
  /** Asked and not handed to a guest yet. */
  const inFlight = new Map<string, Promise<Answered>>();

  const ask = ({ cell, turn }: CellRecord, query: GuestQuery, index: number, flush: () => void) => {
    const key = `${cell} ${index}`;
    flush();
    const answering = inFlight.get(key) ?? answer(query, { cell, turn, index });
    inFlight.set(key, answering);
    return answering.then((answered) => () => {
      inFlight.delete(key);
      flush();
      return hand(run, cell, index, answered, run.budget.view(turnsLeft(turn)));
    });
  };

  return {
    live: (record, flush) => (query, index) => ask(record, query, index, flush),
    again: (record) => (query, index) =>
      record.asked.has(index) || inFlight.has(`${record.cell} ${index}`)
        ? ask(record, query, index, () => {})
        : null,
    get idle() {
      return inFlight.size === 0;
    },
    forget: () => inFlight.clear(),
  };
}

/** Logs that a reply is handed to the guest now. */
function hand(run: Run, cell: string, query: number, answered: Answered, budget: QueryReply['budget']): QueryReply {
  const { ok, call } = answered;
  const now = run.wall();
  const text = answered.ok ? answered.text : answered.message;
  const isOfCall = call !== null && run.records.textOf(call, ok) === text;
  run.ports.emit({ type: 'query.answered', cell, query, ok, call, ...(!isOfCall && { text }), now, budget });
  return answered.ok ? { ok: true, text, budget, now } : { ok: false, message: text, budget, now };
}
