import type { ByteWindow } from './byte-window.ts';
import { createInflater } from './inflater.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** Packed bytes that are inflated in one go: 64 MB come of them at the most. */
const STEP = 64 * 1024;
/** A header of 10 bytes, at least two of data, and the checksum and size at the end. */
const SHORTEST = 20;
/** What deflate can make of a byte at the most. */
const MOST_RATIO = 1032;
const TWO_32 = 2 ** 32;

export interface MemberTools {
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, total: number) => void;
  /** Is given what comes out, in order. May throw, which ends it. */
  readonly take: (bytes: Bytes) => void;
}

export interface Member {
  /** False where it is damaged or cut off; what came of it was given all the same. */
  readonly whole: boolean;
  /** Bytes of the file before what follows it. */
  readonly end: number;
}

/** Whether a member of a gzip file begins at a byte (RFC 1952). */
export async function isMember(file: ByteWindow, at: number): Promise<boolean> {
  return isHeader(await file.bytes(at, at + 4), 0);
}

const isHeader = (bytes: Uint8Array, at: number): boolean =>
  bytes[at] === 0x1f && bytes[at + 1] === 0x8b && bytes[at + 2] === 8 && ((bytes[at + 3] ?? 0xff) & 0xe0) === 0;

/**
 * Inflates the member that begins at `start`.
 *
 * A browser's stream takes one member and calls whatever follows it an error, without telling where
 * it ended. So it is given the bytes up to each place where a next member seems to begin, and asked
 * whether as much has come out as the four bytes before that place say: a member ends with its size.
 * Where it complains all the same, the end lies within one step. Then the member is inflated once
 * more, and in that step every place is tried whose last four bytes could be the size.
 */
export async function inflateMember(file: ByteWindow, start: number, tools: MemberTools): Promise<Member> {
  const first = await inflate(file, start, tools, { skip: 0, carefulAt: -1 });
  if (first.failedAt === null || first.failedAt === file.size) return { whole: first.failedAt === null, end: first.end };
  const again = await inflate(file, start, tools, { skip: first.size, carefulAt: first.failedAt });
  return { whole: again.failedAt === null, end: again.end };
}

interface Attempt {
  /** Bytes that came out. */
  readonly size: number;
  readonly end: number;
  /** Where the step begins in which the stream complained; the file's size where it wanted more; null where it is content. */
  readonly failedAt: number | null;
}

interface AttemptTools {
  /** Bytes at the start of what comes out that were given before. */
  readonly skip: number;
  /** Where the step begins in which every place may be the end. */
  readonly carefulAt: number;
}

async function inflate(file: ByteWindow, start: number, tools: MemberTools, how: AttemptTools): Promise<Attempt> {
  const inflater = createInflater(tools.take, how.skip);
  const result = (end: number, failedAt: number | null): Attempt => ({ size: inflater.size, end, failedAt });
  try {
    // The four bytes before a step, and the step.
    let seen: Bytes = new Uint8Array(4);
    for (let at = start; at < file.size; at += STEP) {
      tools.signal.throwIfAborted();
      const step = await file.bytes(at, at + STEP);
      seen = joined(seen.subarray(-4), step);
      let fed = 0;
      const next = at === how.carefulAt ? nextPlace : nextHeader;
      for (let i = next(step, Math.max(0, start + SHORTEST - at)); i >= 0; i = next(step, i + 1)) {
        const size = uint32(seen, i);
        const more = (size - (inflater.size % TWO_32) + TWO_32) % TWO_32;
        if (more > (i - fed) * MOST_RATIO + STEP) continue;
        if (!(await inflater.feed(step.slice(fed, i)))) return result(at, at);
        fed = i;
        await inflater.drained();
        if (inflater.size % TWO_32 === size) return result(at + i, (await inflater.finish()) ? null : at);
      }
      if (!(await inflater.feed(step.slice(fed)))) return result(at, at);
      tools.onProgress(at + step.length, file.size);
    }
    return (await inflater.finish()) ? result(file.size, null) : result(file.size, file.size);
  } finally {
    inflater.drop();
  }
}

const nextPlace = (step: Bytes, from: number): number => (from <= step.length ? from : -1);

function nextHeader(step: Bytes, from: number): number {
  let at = step.indexOf(0x1f, from);
  while (at >= 0 && !isHeader(step, at)) at = step.indexOf(0x1f, at + 1);
  return at;
}

const uint32 = (bytes: Bytes, at: number): number => new DataView(bytes.buffer, bytes.byteOffset).getUint32(at, true);

function joined(before: Bytes, after: Bytes): Bytes {
  const both = new Uint8Array(before.length + after.length);
  both.set(before);
  both.set(after, before.length);
  return both;
}
