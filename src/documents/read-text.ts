import { blobPieces } from './blob-pieces.ts';
import { type BinaryKind, binaryKind } from './binary-kind.ts';
import { type TextCount, createTextCounter } from './count-text.ts';
import { measureDamage } from './damaged-utf8.ts';
import { createDigest } from './digest.ts';
import type { SourceDocument } from './document.ts';
import { safeFileName } from './file-name.ts';
import { HEAD_BYTES, guessEncoding } from './text-encoding.ts';
import { UnreadableFile } from './unreadable-file.ts';

/** UTF-16 code units of the largest text this version holds as one string with room to work. */
export const MAX_CHARS = 256_000_000;

export interface ReadOptions {
  /** The document's id. */
  readonly id: string;
  readonly signal?: AbortSignal;
  /** Bytes read so far: never falls, and ends at `file.size`. */
  readonly onProgress?: (done: number) => void;
}

/**
 * Reads a file once, in pieces, and says what it is as text: encoding, code units, lines, SHA-256.
 * Byte-order marks are believed; UTF-16 without one is told by its NULs; else the text is UTF-8 if
 * all of it is valid (or nearly all, which the notice says), else windows-1252 with a notice. The
 * document keeps the file itself, not a copy.
 *
 * @throws UnreadableFile with one sentence for the person.
 * @throws the reason of `signal` when it aborts.
 */
export async function readText(file: File, options: ReadOptions): Promise<SourceDocument> {
  const name = safeFileName(file.name);
  const signal = options.signal ?? new AbortController().signal;
  try {
    return await readPieces(file, name, options, signal);
  } catch (reason) {
    if (signal.aborted) throw signal.reason;
    if (reason instanceof DOMException) throw vanished(name, reason);
    throw reason;
  }
}

async function readPieces(
  file: File,
  name: string,
  { id, onProgress }: ReadOptions,
  signal: AbortSignal,
): Promise<SourceDocument> {
  signal.throwIfAborted();
  if (file.size === 0) throw empty(name, 'it is 0 bytes long');
  // No encoding has more than three bytes for a code unit, so this is certain before reading.
  if (file.size > 3 * MAX_CHARS + 3) throw tooLarge(name);

  const head = new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer());
  const kind = binaryKind(head);
  if (kind) throw binary(name, kind);
  const { encoding: guess, skip } = guessEncoding(head);
  if (guess === 'utf-32') {
    throw new UnreadableFile(
      `“${name}” is text in UTF-32, which is not read: save it as UTF-8 and add it again.`,
    );
  }
  if (skip === file.size) throw empty(name, 'it holds only a byte-order mark');

  const digest = createDigest(file.size);
  digest.update(head.subarray(0, skip));
  const counter = createTextCounter(guess);
  let done = skip;
  for await (const piece of blobPieces(file, skip, signal)) {
    digest.update(piece);
    counter.add(piece);
    if (counter.atLeast > MAX_CHARS) throw tooLarge(name);
    done += piece.length;
    onProgress?.(done);
  }

  const count = counter.finish();
  if (looksBinary(count)) throw binary(name, null);
  const { encoding, chars, notice } = await settle(file, skip, count, signal);
  if (chars > MAX_CHARS) throw tooLarge(name);
  return {
    info: {
      id,
      name,
      kind: 'text',
      chars,
      lines: count.lines,
      bytes: file.size,
      sha256: await digest.finish(),
    },
    text: { blob: file, encoding, skip, index: null },
    notice,
  };
}

/** The encoding in the end, and what the person should know of it. */
async function settle(
  file: File,
  skip: 0 | 2 | 3,
  count: TextCount,
  signal: AbortSignal,
): Promise<Pick<TextCount, 'encoding' | 'chars'> & { readonly notice: string | null }> {
  if (count.encoding === 'windows-1252') {
    const damage = await measureDamage(file, skip, signal);
    if (damage) {
      const notice = `Read as UTF-8. ${broken(damage.damaged)}`;
      return { encoding: 'utf-8', chars: damage.chars, notice };
    }
    const notice =
      'Read as windows-1252: it is not valid UTF-8. If letters look wrong, save it as UTF-8 and add it again.';
    return { ...count, notice };
  }
  if (count.encoding === 'utf-8') return { ...count, notice: null };
  const remarks: string[] = [];
  if (skip === 0) {
    const order = count.encoding === 'utf-16le' ? 'little-endian' : 'big-endian';
    remarks.push(`Read as UTF-16 (${order}), by its pattern of zero bytes: it has no byte-order mark.`);
  }
  if (count.broken > 0) remarks.push(broken(count.broken));
  return { ...count, notice: remarks.length > 0 ? remarks.join(' ') : null };
}

const broken = (places: number): string =>
  places === 1
    ? 'One broken character is shown as \ufffd.'
    : `${places.toLocaleString('en')} broken characters are shown as \ufffd.`;

/**
 * Bytes that are valid Unicode are text even with field separators such as U+0001 all over, or a
 * few NULs; what is not valid is text only if control characters are rare in it. Compressed or
 * random bytes have about one in ten.
 */
function looksBinary({ encoding, chars, controls, nuls }: TextCount): boolean {
  if ((controls + nuls) * chars < 3) return false;
  if (encoding === 'windows-1252') return controls + nuls > 0.02;
  return nuls > 0.1 || controls > 0.3;
}

const empty = (name: string, how: string): UnreadableFile =>
  new UnreadableFile(`“${name}” is empty (${how}): add a file with text in it.`);

const tooLarge = (name: string): UnreadableFile =>
  new UnreadableFile(
    `“${name}” is too large for this version, which reads texts of up to ${MAX_CHARS / 1e6} million characters: split it into smaller files and add those.`,
  );

const binary = (name: string, kind: BinaryKind | null): UnreadableFile =>
  new UnreadableFile(
    kind
      ? `“${name}” is ${kind.name}, ${kind.advice}.`
      : `“${name}” is not text but binary data: export or save it as plain text and add that.`,
  );

/** A folder dropped as a file, or a file that was moved, changed or locked meanwhile. */
const vanished = (name: string, reason: DOMException): UnreadableFile =>
  new UnreadableFile(
    `“${name}” could not be read (${reason.name}), as it was moved, changed or deleted since, or is a folder: add it again.`,
  );
