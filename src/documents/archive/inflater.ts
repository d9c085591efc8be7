import { nextTask } from '../../base/next-task.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** One gzip member being inflated by the browser. */
export interface Inflater {
  /** Bytes that came out so far. */
  readonly size: number;
  /**
   * False where the stream refuses the bytes.
   * @throws what `take` threw.
   */
  feed(bytes: Bytes): Promise<boolean>;
  /** Waits until all that has come of what was fed is given. */
  drained(): Promise<void>;
  /** No more comes. False where the member is not whole, or its checksum or size differ. */
  finish(): Promise<boolean>;
  drop(): void;
}

/**
 * @param take is given what comes out; where it throws, the stream ends.
 * @param skip bytes at the start of it that are not given.
 */
export function createInflater(take: (bytes: Bytes) => void, skip: number): Inflater {
  const stream = new DecompressionStream('gzip');
  const writer = stream.writable.getWriter();
  const reader: ReadableStreamDefaultReader<Bytes> = stream.readable.getReader();
  let size = 0;
  let refused: { readonly reason: unknown } | null = null;
  let failed = false;

  const give = (bytes: Bytes): void => {
    const from = Math.min(bytes.length, Math.max(0, skip - size));
    size += bytes.length;
    if (from === bytes.length) return;
    try {
      take(bytes.subarray(from));
    } catch (reason) {
      refused = { reason };
      throw reason;
    }
  };
  const pump = async (): Promise<void> => {
    try {
      for (let next = await reader.read(); !next.done; next = await reader.read()) give(next.value);
    } catch {
      failed = true;
      // Whoever waits to write would wait for ever.
      await reader.cancel().catch(() => {});
    }
  };
  const pumped = pump();

  const attempt = async (job: () => Promise<void>): Promise<boolean> => {
    try {
      await job();
    } catch {
      await pumped;
      failed = true;
    }
    if (refused !== null) throw refused.reason;
    return !failed;
  };

  return {
    get size() {
      return size;
    },
    feed: (bytes) => (bytes.length === 0 ? Promise.resolve(!failed) : attempt(() => writer.write(bytes))),
    drained: nextTask,
    finish: () =>
      attempt(async () => {
        await writer.close();
        await pumped;
      }),
    drop() {
      // A stream that is closed or has failed already refuses, and that is all the same.
      writer.abort().catch(() => {});
    },
  };
}
