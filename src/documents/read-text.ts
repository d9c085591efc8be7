import { type BinaryKind, binaryKind } from './binary-kind.ts';
import { PIECE_BYTES, blobPieces, readBytes } from './blob-pieces.ts';
import { type TextCount, createTextCounter } from './count-text.ts';
import { WHOLE_BYTES, createDigest } from './digest.ts';
import type { SourceDocument } from './document.ts';
import { safePath } from './archive/safe-path.ts';
import { safeFileName } from './file-name.ts';
import type { TextKind } from '../trajectory/document-kinds.ts';
import { HEAD_BYTES, guessEncoding } from './text-encoding.ts';
import { emptyFile, orVanished, UnreadableFile } from './unreadable-file.ts';

export interface ReadOptions {
  /** The document's id. */
  readonly id: string;
  /** What it will be called, with the folders that it came in; else its file's name. */
  readonly path?: string;
  readonly kind?: TextKind;
  /** How it is laid out, in a sentence for the model. */
  readonly shape?: string | null;
  readonly signal?: AbortSignal;
  /** Bytes read so far: never falls, and ends at `file.size`. */
  readonly onProgress?: (done: number) => void;
}

/**
 * Reads a file of any size once, in pieces, and says what it is as text: encoding, code units,
 * lines, where its characters are. Byte-order marks are believed; UTF-16 without one is told by its
 * NULs; else the text is UTF-8 if all of it is valid (or nearly all, which the notice says), else
 * windows-1252 with a notice. The document keeps the file itself, not a copy.
 *
 * `info.sha256` is '' for files above 64 MiB: `hashBlob` takes longer than reading does.
 *
 * @throws UnreadableFile with one sentence for the person.
 * @throws the reason of `signal` when it aborts.
 */
export async function readText(file: File, options: ReadOptions): Promise<SourceDocument> {
  const name = options.path === undefined ? safeFileName(file.name) : safePath(options.path);
  const signal = options.signal ?? new AbortController().signal;
  return orVanished(name, signal, () => readPieces(file, name, options, signal));
}

async function readPieces(
  file: File,
  name: string,
  { id, kind = 'text', shape, onProgress }: ReadOptions,
  signal: AbortSignal,
): Promise<SourceDocument> {
  signal.throwIfAborted();
  if (file.size === 0) throw emptyFile(name, 'it is 0 bytes long');

  const atOnce = file.size <= PIECE_BYTES;
  const start = await readBytes(file, 0, atOnce ? file.size : HEAD_BYTES);
  const head = start.subarray(0, HEAD_BYTES);
  const format = binaryKind(head);
  if (format) throw binaryFile(name, format);
  const { encoding, skip } = guessEncoding(head);
  if (encoding === 'utf-32') {
    throw new UnreadableFile(
      `“${name}” is text in UTF-32, which is not read: save it as UTF-8 and add it again.`,
    );
  }
  if (skip === file.size) throw emptyFile(name, 'it holds only a byte-order mark');

  const digest = file.size <= WHOLE_BYTES ? createDigest(file.size) : null;
  const counter = createTextCounter({ encoding, skip });
  let done = 0;
  for await (const piece of atOnce ? [start] : blobPieces(file, signal)) {
    digest?.update(piece);
    counter.add(done === 0 ? piece.subarray(skip) : piece);
    done += piece.length;
    onProgress?.(done);
  }

  const count = counter.finish();
  if (count.binary) throw binaryFile(name, null);
  const sha256 = (await digest?.finish()) ?? '';
  const { chars, lines, index, lineIndex } = count;
  return {
    info: { id, name, kind, chars, lines, bytes: file.size, sha256, ...(shape && { shape }) },
    text: { blob: file, encoding: count.encoding, skip, index, lineIndex },
    notice: noticeOf(count, skip),
  };
}

/** What the person should know of how a text was read. */
function noticeOf({ encoding, broken }: TextCount, skip: number): string | null {
  const remarks: string[] = [];
  switch (encoding) {
    case 'windows-1252':
      return 'Read as windows-1252: it is not valid UTF-8. If letters look wrong, save it as UTF-8 and add it again.';
    case 'utf-8':
      if (broken > 0) remarks.push('Read as UTF-8.');
      break;
    case 'utf-16le':
    case 'utf-16be':
      if (skip === 0) {
        const order = encoding === 'utf-16le' ? 'little-endian' : 'big-endian';
        remarks.push(`Read as UTF-16 (${order}), by its pattern of zero bytes: it has no byte-order mark.`);
      }
  }
  if (broken === 1) remarks.push('One broken character is shown as \ufffd.');
  if (broken > 1) remarks.push(`${broken.toLocaleString('en')} broken characters are shown as \ufffd.`);
  return remarks.length > 0 ? remarks.join(' ') : null;
}

/** A file of a format that is no text, or of none that is known. */
export const binaryFile = (name: string, kind: BinaryKind | null): UnreadableFile =>
  new UnreadableFile(
    kind
      ? `“${name}” is ${kind.name}, ${kind.advice}.`
      : `“${name}” is not text but binary data: export or save it as plain text and add that.`,
  );
