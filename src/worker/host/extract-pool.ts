import type { Extract } from '../../documents/extract/extracted-text.ts';
import { createLanes } from './lanes.ts';
import { type After, ExtractThread, realAfter, type ThreadWorker } from './extract-thread.ts';
import { unreadable } from './extract-sentences.ts';

/** Bytes of files after which a worker is replaced: only its end surely gives its memory back. */
const WORN_BYTES = 50 * 2 ** 20;

/** Milliseconds that a worker is kept with nothing to do. */
const IDLE_MS = 10_000;

export interface PoolOptions {
  readonly spawn: () => ThreadWorker;
  /** Workers at once, at most. */
  readonly most: number;
  readonly after?: After;
}

export interface ExtractPool {
  /** Waits for a worker, and has it extract. Ends with the text, a sentence, or the abort's reason. */
  readonly extract: Extract;
  /** Resolves when nothing is extracted or waits. */
  idle(): Promise<void>;
}

/**
 * As many workers that extract as the machine has use for. One core is left to the page, but there are
 * always two: a book does not hold up the letters behind it.
 */
export const workersFor = (cores: number): number => Math.max(2, Math.min(4, cores - 1));

/**
 * Workers that extract text, each one file at a time. They are made when they are needed, used again,
 * and ended when they are worn, when something went wrong in them, or when there is nothing to do.
 */
export function createExtractPool({ spawn, most, after = realAfter }: PoolOptions): ExtractPool {
  const lanes = createLanes(most);
  const resting = new Map<ExtractThread, () => void>();

  const take = (): ExtractThread => {
    for (const [thread, wake] of resting) {
      wake();
      resting.delete(thread);
      if (!thread.isOver) return thread;
    }
    return new ExtractThread(spawn, after);
  };
  const giveBack = (thread: ExtractThread): void => {
    if (thread.isOver) return;
    if (thread.bytes >= WORN_BYTES) {
      thread.end(new Error('This worker is worn.'));
      return;
    }
    const sleep = after(IDLE_MS, () => {
      resting.delete(thread);
      thread.end(new Error('This worker had nothing to do.'));
    });
    resting.set(thread, sleep);
  };

  return {
    extract: (job, { signal, onProgress }) =>
      lanes.run(async () => {
        signal.throwIfAborted();
        const thread = take();
        try {
          thread.bytes += job.file.size;
          return await thread.ask('extract', job, { signal, onProgress });
        } catch (reason) {
          if (signal.aborted) throw signal.reason;
          const isRefusal = reason instanceof Error && reason.name === 'UnreadableFile';
          // What a library left behind when it failed is nobody's business any more.
          if (!isRefusal) thread.end(new Error('This worker has failed.'));
          throw unreadable(reason, job.name, job.kind);
        } finally {
          giveBack(thread);
        }
      }, signal),
    idle: () => lanes.idle(),
  };
}
