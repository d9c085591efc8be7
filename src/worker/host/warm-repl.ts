import type { SourceDocument } from '../../documents/document.ts';
import type { WarmRepl } from '../../engine/engine.ts';
import type { ReplSession } from '../../repl/port.ts';
import type { StartRun } from '../protocol.ts';
import type { RunRepl } from './engine-host.ts';

/** The REPL of one run, and what outlives the run. */
export interface LentRepl {
  readonly repl: RunRepl;
  readonly warm: WarmRepl;
  /** The run has ended: its REPL is kept for a follow-up where it left a session, else ended. */
  giveBack(): void;
}

/** REPLs of runs. That of the last one stays, with its root's session, for the run that follows it: one at most. */
export interface ReplKeeper {
  lend(request: StartRun): LentRepl;
}

interface Kept {
  readonly run: string;
  readonly repl: RunRepl;
  readonly session: ReplSession;
  /** What a run must have in common with the one that left it. */
  readonly base: string;
}

export function createReplKeeper(create: (documents: readonly SourceDocument[]) => RunRepl): ReplKeeper {
  let kept: Kept | null = null;

  return {
    lend(request) {
      const base = baseOf(request);
      const mine = kept;
      kept = null;
      const follows = mine !== null && mine.base === base && mine.run === request.before?.at(-1)?.run;
      if (!follows) mine?.repl.dispose();
      const repl = follows ? mine.repl : create(request.documents);
      let session = follows ? mine.session : null;
      let left: ReplSession | null = null;
      return {
        repl,
        warm: {
          take() {
            const taken = session;
            session = null;
            return taken;
          },
          keep: (of) => void (left = of),
        },
        giveBack() {
          session?.close();
          if (left === null) {
            repl.dispose();
            return;
          }
          kept?.repl.dispose();
          kept = { run: request.run, repl, session: left, base };
        },
      };
    },
  };
}

/** The same documents under the same ids, and as much memory. */
function baseOf({ documents, settings }: StartRun): string {
  const texts = documents.map(({ info: { id, name, chars, bytes } }) => [id, name, chars, bytes]);
  return JSON.stringify([settings.replMemoryMb, texts]);
}
