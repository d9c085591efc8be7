import type { RunSummary } from '../trajectory/derive/run-summary.ts';
import type { LogEvent, TrajectoryHeader } from '../trajectory/events.ts';

/** Where a document can be had again after a reload. */
export type DocumentOrigin =
  /** From the person only. */
  | { readonly from: 'person' }
  /** The recipe of a sample writes it again; `file` counts from 0. */
  | { readonly from: 'sample'; readonly sample: string; readonly file: number }
  /** A copy on this device, by its key. */
  | { readonly from: 'copy'; readonly key: string };

/** What is kept of a run besides its log. */
export interface KeptRun {
  readonly id: string;
  readonly header: TrajectoryHeader;
  readonly summary: RunSummary;
  /** True where its endpoint was given a key. */
  readonly keyed: boolean;
  /** One for each document of the run, in their order. */
  readonly origins: readonly DocumentOrigin[];
}

/** A document's copy on this device. */
export interface KeptDocument {
  readonly key: string;
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** '' where it was not known when it was copied. */
  readonly sha256: string;
  readonly lastModified: number;
  /** True where the person wants it kept beyond the runs that need it. */
  readonly keep: boolean;
}

/** What the page needs of this device's storage; `storage/kept.ts` is the real one. */
export interface Kept {
  /** Rejects with a sentence where the browser keeps nothing. */
  openRuns(): Promise<unknown>;
  /** Writes what is known of a run, and events that follow those written before (or `replace` them). */
  writeRun(run: KeptRun, events: readonly LogEvent[], options?: { readonly replace?: boolean }): Promise<void>;
  /** Newest first. */
  listRuns(): Promise<readonly KeptRun[]>;
  /** The log as far as it can be read; null where nothing can. */
  openRun(id: string): Promise<{ readonly header: TrajectoryHeader; readonly events: readonly LogEvent[]; readonly whole: boolean } | null>;
  forgetRun(id: string): Promise<void>;
  pruneRuns(): Promise<readonly string[]>;
  /** Takes a run for this tab; null where another tab has it, else the way to let it go. */
  holdRun(id: string): Promise<(() => void) | null>;
  /** Resolves when no tab has the run. */
  runIsFree(id: string): Promise<void>;
  /** Rejects where it does not fit. */
  copyDocument(document: KeptDocument, blob: Blob): Promise<void>;
  openDocument(key: string): Promise<File | null>;
  listDocuments(): Promise<readonly KeptDocument[]>;
  /** Says of all copies, or of `only` these, whether they are kept beyond the runs that need them. */
  keepDocuments(keep: boolean, only?: ReadonlySet<string>): Promise<void>;
  /** Removes copies that are not kept, nor needed by an unfinished run, nor in use here. */
  sweepDocuments(inUse: ReadonlySet<string>): Promise<void>;
  dropDocument(key: string): Promise<void>;
  dropDocuments(): Promise<void>;
}
