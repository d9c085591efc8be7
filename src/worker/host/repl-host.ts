import { createLocalRepl } from '../../repl/local-repl.ts';
import { ReplError } from '../../repl/port.ts';
import { serve, type Channel } from '../rpc.ts';
import type { Cell, CellOutcome, QueryReply, Repl, ReplSession } from '../../repl/port.ts';
import type { ProgressEvent, ProgressNotice, RepliesNotice, ReplMethods } from '../repl-protocol.ts';

/** Printed characters, and milliseconds, after which output leaves in the middle of guest code. */
const FLUSH_CHARS = 64 * 1024;
const FLUSH_MS = 100;
/** Milliseconds for which a guest need not say that it waits, where its next reply is there and it has asked nothing. */
const SHORT_MS = 20;

interface Opened {
  readonly session: ReplSession;
  /** Queries of the running cell that have no reply yet. */
  readonly queries: Map<number, (reply: QueryReply) => void>;
  replies: number;
  /** Guest code goes on from now. */
  resumed: () => void;
}

/** Answers `ReplMethods` on a channel: the sessions of one run, root and children, in this thread. */
export function serveRepl(channel: Channel): void {
  const sessions = new Map<number, Opened>();
  let nextSession = 0;
  let repl: Repl | null = null;
  // The far side ends a session by closing it, and this thread by terminating it.
  const never = new AbortController().signal;

  const find = (session: number): Opened => {
    const opened = sessions.get(session);
    if (!opened) throw new ReplError('The REPL has been closed.');
    return opened;
  };

  const server = serve<ReplMethods, ProgressNotice, RepliesNotice>(channel, {
    begin({ documents, wasm }) {
      repl = createLocalRepl({ documents, ...(wasm ? { wasm } : {}) });
      return null;
    },
    async open(options) {
      if (!repl) throw new ReplError('The REPL has not begun.');
      const session = await repl.open(options, never);
      const id = nextSession++;
      sessions.set(id, { session, queries: new Map(), replies: 0, resumed: () => {} });
      return { session: id, documents: session.documents, single: session.single };
    },
    run: ({ session, cell }) => run(session, find(session), cell),
    async remember({ session, exchange }) {
      await find(session).session.remember(exchange);
      return null;
    },
    close({ session }) {
      sessions.get(session)?.session.close();
      sessions.delete(session);
      return null;
    },
  });

  server.onNotice((replies) => {
    for (const { session, query, reply } of replies) {
      const opened = sessions.get(session);
      const settle = opened?.queries.get(query);
      if (!opened || !settle) continue;
      opened.queries.delete(query);
      opened.replies += 1;
      opened.resumed();
      settle(reply);
    }
  });

  async function run(id: number, opened: Opened, cell: Cell): Promise<CellOutcome> {
    let events: ProgressEvent[] = [];
    let printed: string[] = [];
    let chars = 0;
    let nextQuery = 0;
    /** Replies that the guest has been given. */
    let taken = 0;
    /** CPU of the cell, and when that was so. */
    let known = { cpuMs: 0, at: performance.now() };
    let since = known.at;
    opened.queries.clear();
    opened.replies = 0;
    opened.resumed = () => (known = { ...known, at: performance.now() });

    const gather = () => {
      if (printed.length > 0) events.push({ kind: 'printed', text: printed.join('') });
      printed = [];
    };
    const flush = (waiting: boolean) => {
      gather();
      const { cpuMs } = known;
      server.notify({ session: id, events, cpuMs, replies: opened.replies, waiting });
      events = [];
      chars = 0;
      since = performance.now();
    };
    const outcome = await opened.session.run(
      cell,
      {
        print(text) {
          printed.push(text);
          chars += text.length;
          const now = performance.now();
          if (chars <= FLUSH_CHARS && now - since <= FLUSH_MS) return;
          known = { cpuMs: known.cpuMs + now - known.at, at: now };
          flush(false);
        },
        query(ask) {
          gather();
          const query = nextQuery++;
          events.push({ kind: 'asked', query, ask });
          return new Promise((resolve) => opened.queries.set(query, resolve));
        },
        waiting(cpuMs) {
          known = { cpuMs, at: performance.now() };
          // It goes on at once with the replies that are here, one after the other.
          const here = opened.replies - taken++;
          const isSilent = events.length === 0 && printed.length === 0;
          if (here > 0 && isSilent && known.at - since <= SHORT_MS) return;
          flush(true);
        },
        searching(cpuMs) {
          known = { cpuMs, at: performance.now() };
          flush(false);
        },
      },
      never,
    );
    if (events.length > 0 || printed.length > 0) flush(false);
    return outcome;
  }
}
