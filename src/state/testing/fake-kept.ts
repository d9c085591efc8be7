import type { LogEvent } from '../../trajectory/events.ts';
import type { Kept, KeptDocument, KeptRun } from '../kept.ts';

/** A device's storage in memory, which outlives the tabs that use it, as the real one does. */
export function createFakeKept() {
  const runs = new Map<string, { run: KeptRun; events: LogEvent[] }>();
  const documents = new Map<string, { document: KeptDocument; blob: Blob }>();
  const holders = new Map<string, object>();
  const waiting = new Map<string, (() => void)[]>();
  const writes: { readonly id: string; readonly count: number }[] = [];
  const faults = { write: null as Error | null };

  const letGo = (id: string) => {
    holders.delete(id);
    for (const resolve of waiting.get(id)?.splice(0) ?? []) resolve();
  };

  /** The storage as one tab sees it. */
  const tab = () => {
    const me = {};
    const kept: Kept = {
      openRuns: () => Promise.resolve(),
      async writeRun(run, events, { replace = false } = {}) {
        if (faults.write) throw faults.write;
        const before = replace ? [] : (runs.get(run.id)?.events ?? []);
        runs.set(run.id, { run, events: [...before, ...events] });
        writes.push({ id: run.id, count: events.length });
      },
      listRuns: async () =>
        [...runs.values()]
          .map(({ run }) => run)
          .toSorted((a, b) => Date.parse(b.header.startedAt) - Date.parse(a.header.startedAt)),
      async openRun(id) {
        const stored = runs.get(id);
        return stored ? { header: stored.run.header, events: stored.events, whole: true } : null;
      },
      forgetRun: async (id) => void runs.delete(id),
      pruneRuns: async () => [],
      async holdRun(id) {
        if (holders.has(id)) return null;
        holders.set(id, me);
        return () => letGo(id);
      },
      async runIsFree(id) {
        if (holders.has(id)) {
          await new Promise<void>((resolve) => waiting.set(id, [...(waiting.get(id) ?? []), resolve]));
        }
      },
      copyDocument: async (document, blob) => void documents.set(document.key, { document, blob }),
      async openDocument(key) {
        const stored = documents.get(key);
        return stored ? new File([stored.blob], stored.document.name, { lastModified: stored.document.lastModified }) : null;
      },
      listDocuments: async () => [...documents.values()].map(({ document }) => document),
      async keepDocuments(keep, only) {
        for (const [key, stored] of documents) {
          if (only?.has(key) === false) continue;
          documents.set(key, { ...stored, document: { ...stored.document, keep } });
        }
      },
      async sweepDocuments(inUse) {
        const needed = new Set(inUse);
        for (const { run } of runs.values()) {
          if (run.summary.outcome !== null) continue;
          for (const origin of run.origins) if (origin.from === 'copy') needed.add(origin.key);
        }
        for (const [key, { document }] of documents) if (!document.keep && !needed.has(key)) documents.delete(key);
      },
      dropDocument: async (key) => void documents.delete(key),
      dropDocuments: async () => documents.clear(),
    };
    return {
      kept,
      /** The tab is closed: what it held is free. */
      close() {
        for (const [id, holder] of holders) if (holder === me) letGo(id);
      },
    };
  };
  return { tab, runs, documents, writes, holders, faults };
}
