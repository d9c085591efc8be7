import { PIECE_BYTES, blobPieces } from '../blob-pieces.ts';
import { joinBytes } from '../join-bytes.ts';

/** Bytes of a message; more are attachments that nobody reads as text. */
export const MOST_MESSAGE_BYTES = 100_000_000;

export interface MboxMessage {
  /** Without its `From ` line, until the next is asked for; null where it has more bytes than are read. */
  readonly bytes: Uint8Array<ArrayBuffer> | null;
  /** Bytes of the mailbox up to its end. */
  readonly end: number;
}

export interface MboxOptions {
  readonly signal: AbortSignal;
  readonly pieceBytes?: number;
  readonly mostBytes?: number;
}

const LF = 10;
const CR = 13;
/** «From » at the start of a line. */
const FROM = [0x46, 0x72, 0x6f, 0x6d, 0x20];
/** Bytes before a line that tell whether it follows an empty one. */
const CONTEXT = 4;
/** Bytes of a `From ` line; longer ones are text. */
const LONGEST_LINE = 1000;

/**
 * The messages of a mailbox, one after the other as it is read, never more than one (and a piece) in
 * memory. One begins at a `From ` line behind an empty line, if that line has a time, ends in a year,
 * or is bare, and a header follows; `>From ` within messages is `From ` again (mboxrd).
 * @throws the reason of the signal; what the browser throws when the file cannot be read.
 */
export async function* mboxMessages(
  blob: Blob,
  { signal, pieceBytes = PIECE_BYTES, mostBytes = MOST_MESSAGE_BYTES }: MboxOptions,
): AsyncGenerator<MboxMessage, void, undefined> {
  /** What is read and not given yet, of which the message at hand begins at `begin`. */
  let held = new Uint8Array(0);
  let begin = 0;
  /** In `held`: from where on to look for the line that begins the next message. */
  let look = 1;
  /** Bytes of the mailbox before `held`. */
  let before = 0;
  let tooLarge = false;

  const message = (to: number): MboxMessage | null => {
    const body = tooLarge ? null : unquoted(withoutFromLine(held.subarray(begin, to)));
    return body && isBlank(body) ? null : { bytes: body, end: before + to };
  };

  for await (const piece of blobPieces(blob, signal, pieceBytes)) {
    // A message that is too large is passed over: only the line that ends it matters.
    const keep = tooLarge ? Math.max(begin, look - CONTEXT) : begin;
    held = joinBytes(held.subarray(keep), piece);
    before += keep;
    look = Math.max(1, look - keep);
    begin = 0;
    const whole = before + held.length >= blob.size;
    for (;;) {
      const { start, from } = nextStart(held, look, whole);
      look = from;
      if (start === null) break;
      const done = message(start);
      if (done) yield done;
      tooLarge = false;
      begin = start;
      look = start + 1;
    }
    tooLarge ||= held.length - begin > mostBytes;
  }
  const last = message(held.length);
  if (last) yield last;
}

/**
 * Where the next message starts in `bytes`, looking from `at` on; else null, and from where to look
 * when there are more bytes.
 */
function nextStart(bytes: Uint8Array, at: number, whole: boolean): { start: number | null; from: number } {
  for (let end = bytes.indexOf(LF, Math.max(0, at - 1)); end >= 0; end = bytes.indexOf(LF, end + 1)) {
    const line = end + 1;
    const missing = !whole && line + FROM.length > bytes.length;
    if (!missing && !FROM.every((byte, i) => bytes[line + i] === byte)) continue;
    if (!missing && !afterEmptyLine(bytes, end)) continue;
    const two = missing ? null : twoLines(bytes, line);
    if (two === null && !whole && bytes.length - line < 2 * LONGEST_LINE) return { start: null, from: line };
    if (two !== null && isFromLine(two[0]) && isHeader(two[1])) return { start: line, from: line };
  }
  return { start: null, from: Math.max(1, bytes.length) };
}

/** Whether the line that ends at `end` is empty. */
const afterEmptyLine = (bytes: Uint8Array, end: number): boolean =>
  end === 0 || bytes[end - 1] === LF || (bytes[end - 1] === CR && (end === 1 || bytes[end - 2] === LF));

/** The line at `at` and the one after it; null where they do not end within bounds. */
function twoLines(bytes: Uint8Array, at: number): readonly [string, string] | null {
  const text = new TextDecoder('latin1').decode(bytes.subarray(at, at + 2 * LONGEST_LINE));
  const [, first, second] = /^([^\n]*)\n([^\n:]*[:\n])/.exec(text) ?? [];
  return first === undefined || second === undefined || first.length > LONGEST_LINE ? null : [first.trimEnd(), second];
}

const isFromLine = (line: string): boolean => line === 'From' || /\d\d:\d\d|\b\d{4}$/.test(line);

/** The start of a header; some programs write a second `From ` line before them. */
const isHeader = (line: string): boolean => /^[!-9;-~]+:$|^>From /.test(line);

function withoutFromLine(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  if (!FROM.every((byte, i) => bytes[i] === byte)) return bytes;
  const end = bytes.indexOf(LF);
  return end < 0 ? bytes.subarray(bytes.length) : bytes.subarray(end + 1);
}

/** Takes one `>` from lines that begin with `>From `, `>>From ` and so on. */
function unquoted(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const cuts: number[] = [];
  for (let at = bytes.indexOf(0x3e); at >= 0; at = bytes.indexOf(0x3e, at + 1)) {
    if (at > 0 && bytes[at - 1] !== LF) continue;
    let word = at + 1;
    while (bytes[word] === 0x3e) word++;
    if (FROM.every((byte, i) => bytes[word + i] === byte)) cuts.push(at);
    at = word - 1;
  }
  if (cuts.length === 0) return bytes;
  const rest = new Uint8Array(bytes.length - cuts.length);
  let from = 0;
  let to = 0;
  for (const cut of [...cuts, bytes.length]) {
    rest.set(bytes.subarray(from, cut), to);
    to += cut - from;
    from = cut + 1;
  }
  return rest;
}

const isBlank = (bytes: Uint8Array): boolean => bytes.every((byte) => byte === LF || byte === CR || byte === 32);
