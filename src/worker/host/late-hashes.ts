import type { Fact } from '../../trajectory/events.ts';
import { EMPTY, fold } from '../../trajectory/fold.ts';
import type { StartRun } from '../protocol.ts';

/** Logs the hashes of a run's documents that were not known when the run began, each once. */
export interface LateHashes {
  add(document: string, sha256: string): void;
  /** The log is open: what has come so far, and what comes, goes to `log`. Only the first call counts. */
  begin(log: (fact: Fact) => void): void;
  /** Nothing more is logged. */
  end(): void;
}

export function createLateHashes({ documents, past = [] }: StartRun): LateHashes {
  const infos = documents.map(({ info }) => info);
  const logged = past.length > 0 ? (fold(EMPTY, past).started?.documents ?? []) : infos;
  const unknown = new Set(logged.flatMap(({ id, sha256 }) => (sha256 === '' ? [id] : [])));
  const held = new Map<string, string>();
  let log: ((fact: Fact) => void) | null = null;
  let ended = false;

  const add = (document: string, sha256: string) => {
    if (ended || sha256 === '' || !unknown.has(document)) return;
    if (log === null) {
      held.set(document, sha256);
      return;
    }
    unknown.delete(document);
    log({ type: 'document.hashed', document, sha256 });
  };
  // A run that is gone on with may bring what was still unknown when the page was closed.
  for (const { id, sha256 } of infos) add(id, sha256);

  return {
    add,
    begin(to) {
      if (log !== null || ended) return;
      log = to;
      for (const [document, sha256] of held) add(document, sha256);
      held.clear();
    },
    end() {
      ended = true;
    },
  };
}
