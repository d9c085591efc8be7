import { gunzip } from './archive/gunzip.ts';
import { openZip, type OpenZip } from './archive/open-zip.ts';
import { safePath } from './archive/safe-path.ts';
import { PIECE_BYTES, blobPieces, readBytes } from './blob-pieces.ts';
import { type ExtractedKind, isExtractedKind, isTextKind } from '../trajectory/document-kinds.ts';
import { createTextCounter } from './count-text.ts';
import { WHOLE_BYTES, createDigest } from './digest.ts';
import type { SourceDocument } from './document.ts';
import type { Extract, ExtractedText, ExtractJob } from './extract/extracted-text.ts';
import type { ProgressUnit } from './extract/extractor.ts';
import { markerLine } from './extract/marker.ts';
import { plainShape } from './plain-shape.ts';
import { binaryFile, readText } from './read-text.ts';
import { extensionMismatch, kindOfPackage, sniff } from './sniff.ts';
import { HEAD_BYTES, guessEncoding } from './text-encoding.ts';
import { emptyFile, orVanished, UnreadableFile } from './unreadable-file.ts';

/** Archives in archives that are opened. */
export const DEEPEST = 5;

export interface FileReading {
  /** The document's id. */
  readonly id: string;
  /** What it will be called, with the folders and archives that it came in. */
  readonly path: string;
  /** Archives that it lies in. */
  readonly depth?: number;
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, total: number, unit: ProgressUnit) => void;
  /** Extracts text, on another thread. */
  readonly extract: Extract;
  /** Waits for its turn with what is done on this thread. */
  readonly turn: <T>(job: () => Promise<T>) => Promise<T>;
}

export type FileRead =
  | { readonly kind: 'document'; readonly document: SourceDocument }
  /** `depth` counts this one too. */
  | { readonly kind: 'archive'; readonly path: string; readonly archive: OpenZip; readonly depth: number };

/** What a file turned out to be: read already, or to be extracted. */
type Seen =
  | FileRead
  | { readonly kind: 'extract'; readonly job: ExtractJob; readonly notice: string | null };

/**
 * Makes a file a document, or an archive that is open: told by its first bytes, read as text, or
 * extracted. What is gzipped is read as the file inside it, `notes.txt.gz/notes.txt`.
 * @throws UnreadableFile in one sentence for the person; the reason of `signal` when it aborts.
 */
export async function readFile(file: File, reading: FileReading): Promise<FileRead> {
  const name = safePath(reading.path);
  return orVanished(name, reading.signal, async () => {
    const seen = await reading.turn(() => look(file, reading));
    if (seen.kind !== 'extract') return seen;
    const extracted = await reading.extract(seen.job, reading);
    const document = await reading.turn(() => documentOf(seen.job, extracted, reading));
    return { kind: 'document', document: withNotice(document, seen.notice) };
  });
}

/** @param notice what the person should know of how it was unpacked. */
async function look(file: File, reading: FileReading, notice: string | null = null): Promise<Seen> {
  const { depth = 0, signal, onProgress } = reading;
  const name = safePath(reading.path);
  signal.throwIfAborted();
  if (file.size === 0) throw emptyFile(name, 'it is 0 bytes long');
  const head = await readBytes(file, 0, Math.min(file.size, HEAD_BYTES));
  const sniffed = sniff(head, name);
  if ('binary' in sniffed) throw binaryFile(name, sniffed.binary);
  const { kind } = sniffed;
  if (isTextKind(kind)) {
    const document = await readText(file, {
      ...reading,
      kind,
      shape: plainShape(headText(head), kind, name),
      onProgress: (done) => onProgress(done, file.size, 'bytes'),
    });
    return { kind: 'document', document: withNotice(document, notice, extensionMismatch(kind, name)) };
  }
  const toExtract = (kind: ExtractedKind): Seen => ({
    kind: 'extract',
    job: { file, name, kind },
    notice: joined(notice, extensionMismatch(kind, name)),
  });
  if (isExtractedKind(kind)) return toExtract(kind);
  const archive = kind === 'zip' ? await openZip(file, name, signal) : null;
  // The first bytes of a document made by an unusual program do not tell what its list does.
  const inside = archive && kindOfPackage(archive.listing.entries.map((entry) => entry.path), null);
  if (inside !== null && isExtractedKind(inside)) {
    await archive?.close();
    return toExtract(inside);
  }
  if (depth >= DEEPEST) {
    await archive?.close();
    throw new UnreadableFile(
      `“${name}” lies in ${DEEPEST} archives inside each other and is one more: unpack it and add the files inside.`,
    );
  }
  if (archive !== null) return { kind: 'archive', path: name, archive, depth: depth + 1 };
  const inner = await gunzip(file, name, { signal, onProgress: (done, total) => onProgress(done, total, 'bytes') });
  const path = `${name}/${inner.file.name}`;
  return look(inner.file, { ...reading, path, depth: depth + 1 }, joined(notice, inner.notice));
}

/** The first characters of a text, as they are likely to be meant. */
function headText(head: Uint8Array<ArrayBuffer>): string {
  const { encoding, skip } = guessEncoding(head);
  const text = head.subarray(skip);
  return new TextDecoder(encoding === 'utf-16le' || encoding === 'utf-16be' ? encoding : 'utf-8').decode(text);
}

async function documentOf(
  { file, name, kind }: ExtractJob,
  { text, parts, pages, shape, notice }: ExtractedText,
  { id, signal }: FileReading,
): Promise<SourceDocument> {
  const counter = createTextCounter({ encoding: 'bytes', skip: 0 });
  for await (const piece of blobPieces(text, signal)) counter.add(piece);
  const { chars, lines, index, lineIndex } = counter.finish();
  if (await isEmpty(text, chars, parts)) {
    throw new UnreadableFile(
      `“${name}” holds no text: where it is a scan or a picture, have its text recognised (OCR), and add that.`,
    );
  }
  const sha256 = file.size <= WHOLE_BYTES ? await hash(file, signal) : '';
  const facts = { ...(pages !== undefined && { pages }), ...(shape !== null && { shape }) };
  return {
    info: { id, name, kind, chars, lines, bytes: file.size, sha256, ...facts },
    text: { blob: text, encoding: 'utf-8', skip: 0, index, lineIndex },
    notice,
    ...(parts.length > 0 && { parts }),
    original: file,
  };
}

/** Whether there is nothing but marker lines and white space. */
async function isEmpty(text: Blob, chars: number, parts: ExtractedText['parts']): Promise<boolean> {
  const marked = parts.reduce((sum, part) => sum + markerLine(part).length, 0);
  // Line ends around the markers are all that such a text may have besides.
  if (chars > marked + 4 * (parts.length + 1)) return false;
  const left = parts.reduce((rest, part) => rest.replace(markerLine(part), ''), await text.text());
  return left.trim() === '';
}

async function hash(file: Blob, signal: AbortSignal): Promise<string> {
  const digest = createDigest(file.size);
  // A digest keeps a file that comes in one piece, and `blobPieces` gives its pieces back.
  if (file.size <= PIECE_BYTES) digest.update(await readBytes(file, 0, file.size));
  else for await (const piece of blobPieces(file, signal)) digest.update(piece);
  return digest.finish();
}

const joined = (...notices: readonly (string | null)[]): string | null =>
  notices.filter((notice) => notice !== null).join(' ') || null;

const withNotice = (document: SourceDocument, ...before: readonly (string | null)[]): SourceDocument => ({
  ...document,
  notice: joined(...before, document.notice),
});
