import { copyDocument, dropDocument, dropDocuments, keepDocuments, listDocuments, openDocument, sweepDocuments } from './documents.ts';
import { holdRun, liveRuns, runIsFree } from './run-locks.ts';
import { forgetRun, listRuns, openRun, openRuns, pruneRuns, writeRun } from './runs.ts';

/** Everything that is kept on this device but keys, for the page: loaded when it is first needed. */
export const kept = {
  openRuns,
  writeRun,
  listRuns,
  openRun,
  forgetRun,
  /** Removes what is more than is kept of runs; none that a tab runs now. */
  async pruneRuns(): Promise<readonly string[]> {
    const live = await liveRuns();
    return pruneRuns((id) => live.has(id));
  },
  holdRun,
  runIsFree,
  copyDocument,
  openDocument,
  listDocuments,
  keepDocuments,
  sweepDocuments,
  dropDocument,
  dropDocuments,
};
