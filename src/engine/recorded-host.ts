import { ReplError, type GuestQuery, type QueryReply, type ReplHost } from '../repl/port.ts';
import { sketchOf, type CellRecord } from './cell-record.ts';

export interface RecordedHost {
  readonly host: ReplHost;
  /** Rejects with a ReplError when the cell asks something else than it did before. */
  readonly diverged: Promise<never>;
  /** To be called when the cell has ended. @throws ReplError when it did not ask all that it asked before. */
  checkAll(): void;
  /** From here on no reply is handed on, and nothing new is asked. */
  close(): void;
}

export interface RecordedHostOptions {
  readonly print: (text: string) => void;
  /**
   * What a query without a recorded reply gets: a promise of how to hand the reply over. It is called
   * in the moment of handing, after all recorded replies. Null where it cannot have been asked.
   */
  readonly ask: (query: GuestQuery, index: number) => Promise<() => QueryReply> | null;
}

/**
 * The host of a cell that runs again: queries that were answered get the recorded replies, one after
 * the other in the recorded order, so that the guest goes on as it did; then the others theirs as
 * they come. With an empty record it is the host of any cell.
 */
export function createRecordedHost(record: CellRecord, { print, ask }: RecordedHostOptions): RecordedHost {
  // The record grows while the cell runs: what is new in it is not for this host.
  const answers = record.answers.slice();
  const answered = new Set(answers.map(({ query }) => query));
  const asked = new Map(record.asked);
  const waiting = new Map<number, (reply: QueryReply) => void>();
  let diverge = (_reason: ReplError) => {};
  const diverged = new Promise<never>((_, reject) => (diverge = reject));
  diverged.catch(() => {});
  let allReleased = () => {};
  const released = new Promise<void>((resolve) => (allReleased = resolve));
  let next = 0;
  let count = 0;
  let closed = false;

  let releasing = false;
  /** Hands on what can be: after the one who asked has begun to listen, and one reply after the other. */
  const release = async () => {
    if (releasing) return;
    releasing = true;
    await Promise.resolve();
    for (let answer = answers[next]; answer; answer = answers[next]) {
      const resolve = waiting.get(answer.query);
      if (!resolve) break;
      next++;
      resolve(answer.reply);
      await Promise.resolve();
    }
    releasing = false;
    if (next === answers.length) allReleased();
  };
  void release();

  const never = () => new Promise<never>(() => {});
  const fail = () => {
    diverge(new ReplError(DIVERGED));
    return never();
  };

  return {
    diverged,
    host: {
      print,
      // Not async: each promise between a reply and the guest could put replies out of order.
      query(query) {
        const index = count++;
        if (closed) return never();
        const before = asked.get(index);
        if (before && !isSame(query, before)) return fail();
        if (answered.has(index)) {
          return new Promise((resolve) => {
            waiting.set(index, resolve);
            void release();
          });
        }
        const reply = ask(query, index);
        if (reply === null) return fail();
        return reply.then((hand) => released.then(() => (closed ? never() : hand())));
      },
    },
    checkAll() {
      const known = [...asked.keys(), ...answered];
      if (known.some((index) => index >= count)) throw new ReplError(DIVERGED);
    },
    close() {
      closed = true;
    },
  };
}

const DIVERGED = 'The cells did not run as before.';

function isSame(query: GuestQuery, { kind, sketch }: { readonly kind: string; readonly sketch: string | null }): boolean {
  const text = query.kind === 'llm' ? query.prompt : query.question;
  return query.kind === kind && (sketch === null || sketch === sketchOf(text));
}
