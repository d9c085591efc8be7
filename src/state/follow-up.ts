import type { LogEvent } from '../trajectory/events.ts';
import { isKnownEvent } from '../trajectory/known-event.ts';
import { isRlm } from '../trajectory/methods.ts';
import type { StartRun } from '../worker/protocol.ts';
import type { Device } from './device.ts';
import { isSameDocument } from './find-documents.ts';
import { readyDocuments, type Library } from './library-store.ts';
import type { RunStore } from './run-store.ts';
import { selectedRun, type Runs } from './runs-store.ts';
import type { Preferences } from './settings-store.ts';

/**
 * The run that the next question follows up on, where the person wants that: the one on screen, if it
 * has come to an end, is known by its id (one from a file is not), was an RLM as the next one will be,
 * and was on the documents that are there now. Else null.
 */
export function followable(runs: Runs, library: Library, { method }: Pick<Preferences, 'method'>): RunStore | null {
  const store = selectedRun(runs);
  if (!store) return null;
  const { isOurs, live } = store.getState();
  const { started, finished } = live;
  if (!isOurs || !started || !finished || finished.outcome === 'failed') return null;
  if (!isRlm(started.method) || !isRlm(method)) return null;
  const documents = readyDocuments(library);
  const isSame =
    documents.length === started.documents.length &&
    started.documents.every((info, at) => {
      const document = documents[at];
      return document !== undefined && isSameDocument(info, document.info);
    });
  return isSame ? store : null;
}

type Before = NonNullable<StartRun['before']>;

/**
 * The logs of a conversation up to `run`, oldest first, from this visit and this device; from the
 * first missing one on where not all are there.
 */
export async function conversationUpTo(run: string | null, runs: () => Runs, device: Device): Promise<Before> {
  const chain: Before[number][] = [];
  for (let next = run; next !== null && chain.every((one) => one.run !== next); ) {
    const log = await logOf(next, runs(), device);
    if (!log) break;
    chain.unshift({ run: next, log });
    next = followedBy(log);
  }
  return chain;
}

async function logOf(id: string, { runs }: Runs, device: Device): Promise<readonly LogEvent[] | null> {
  const here = runs.map((store) => store.getState()).find((run) => run.isOurs && run.id === id);
  if (here) return here.log;
  return (await device.now?.openRun(id).catch(() => null))?.events ?? null;
}

function followedBy([first]: readonly LogEvent[]): string | null {
  return first && isKnownEvent(first) && first.type === 'run.started' ? (first.follows ?? null) : null;
}
