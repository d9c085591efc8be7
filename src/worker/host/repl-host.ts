import { createLocalRepl } from '../../repl/local-repl.ts';
import { ReplError } from '../../repl/port.ts';
import { serve, type Channel } from '../rpc.ts';
import type { Cell, CellOutcome, QueryReply, Repl, ReplSession } from '../../repl/port.ts';
import type { ProgressEvent, ProgressNotice, ReplMethods, ReplyNotice } from '../repl-protocol.ts';

/** Printed characters, and milliseconds, after which output leaves in the middle of guest code. */
const FLUSH_CHARS = 64 * 1024;
const FLUSH_MS = 100;

interface Opened {
  readonly session: ReplSession;
  /** Queries of the running cell that have no reply yet. */
  readonly queries: Map<number, (reply: QueryReply) => void>;
  replies: number;
  /** When guest code last went on, by `performance.now()`. */
  resumedAt: number;
}

/**
 * Answers `ReplMethods` on a channel: the sessions of one run, root and children, in this thread.
 * @param wasm compiles QuickJS; null lets it find its own file.
 */
export function serveRepl(channel: Channel, wasm: Promise<WebAssembly.Module> | null): void {
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

  const server = serve<ReplMethods, ProgressNotice, ReplyNotice>(channel, {
    async begin({ documents }) {
      const compiled = await wasm;
      repl = createLocalRepl({ documents, ...(compiled ? { wasm: compiled } : {}) });
      return null;
    },
    async open(options) {
      if (!repl) throw new ReplError('The REPL has not begun.');
      const session = await repl.open(options, never);
      const id = nextSession++;
      sessions.set(id, { session, queries: new Map(), replies: 0, resumedAt: 0 });
      return { session: id, documents: session.documents, single: session.single };
    },
    run: ({ session, cell }) => run(session, find(session), cell),
    close({ session }) {
      sessions.get(session)?.session.close();
      sessions.delete(session);
      return null;
    },
  });

  server.onNotice(({ session, query, reply }) => {
    const opened = sessions.get(session);
    const settle = opened?.queries.get(query);
    if (!opened || !settle) return;
    opened.queries.delete(query);
    opened.replies += 1;
    opened.resumedAt = performance.now();
    settle(reply);
  });

  async function run(id: number, opened: Opened, cell: Cell): Promise<CellOutcome> {
    let events: ProgressEvent[] = [];
    let chars = 0;
    let since = performance.now();
    let nextQuery = 0;
    opened.queries.clear();
    opened.replies = 0;
    opened.resumedAt = since;
    let pausedCpuMs = 0;

    const flush = (cpuMs: number, waiting: boolean) => {
      server.notify({ session: id, events, cpuMs, replies: opened.replies, waiting });
      events = [];
      chars = 0;
      since = performance.now();
    };
    const outcome = await opened.session.run(
      cell,
      {
        print(text) {
          const last = events.at(-1);
          if (last?.kind === 'printed') {
            events[events.length - 1] = { kind: 'printed', text: last.text + text };
          } else {
            events.push({ kind: 'printed', text });
          }
          chars += text.length;
          const now = performance.now();
          if (chars > FLUSH_CHARS || now - since > FLUSH_MS) {
            flush(pausedCpuMs + now - opened.resumedAt, false);
          }
        },
        query(ask) {
          const query = nextQuery++;
          events.push({ kind: 'asked', query, ask });
          return new Promise((resolve) => opened.queries.set(query, resolve));
        },
        waiting(cpuMs) {
          pausedCpuMs = cpuMs;
          flush(cpuMs, true);
        },
      },
      never,
    );
    if (events.length > 0) flush(outcome.cpuMs, false);
    return outcome;
  }
}
