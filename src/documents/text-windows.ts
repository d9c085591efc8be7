import { nextTask } from '../base/next-task.ts';
import { blobPieces } from './blob-pieces.ts';
import { decodeBytes } from './decode.ts';
import type { SourceDocument, TextSource } from './document.ts';
import { countLineEnds, knownLineBefore, lineAt } from './line-at.ts';
import { bytesPerUnit, placeBefore } from './locate.ts';
import { lastBreak } from './utf8-break.ts';
import { joinBytes } from './join-bytes.ts';

/** Large enough that a window costs little beside its characters, small enough to be searched in milliseconds. */
export const WINDOW_CHARS = 4 * 2 ** 20;

export interface WindowOptions {
  /** UTF-16 code units of a window, about: where characters take several bytes, a third of it. */
  readonly chars?: number;
  /** Units that the end of a window and the start of the next have in common. */
  readonly overlap?: number;
  /** Where the first window begins, in units; inside a pair of surrogates, one before. */
  readonly from?: number;
  readonly signal?: AbortSignal;
}

export interface TextWindow {
  readonly text: string;
  /** UTF-16 code units of the document before it. */
  readonly from: number;
  /** 1-based line of its first unit. */
  readonly line: number;
}

/**
 * The text of a document in windows, of which one or two are in memory at a time. No window begins
 * or ends inside a pair of surrogates. Messages get their turn between windows.
 * @throws the abort reason of `signal`; DOMException when the file cannot be read any more.
 */
export async function* eachWindow(
  document: SourceDocument,
  { chars = WINDOW_CHARS, overlap = 0, from = 0, signal = new AbortController().signal }: WindowOptions = {},
): AsyncGenerator<TextWindow, void, undefined> {
  const index = document.text.lineIndex;
  const start = Math.max(0, Math.min(document.info.chars, Math.trunc(from) || 0));
  let last: TextWindow | null = null;
  for await (const { text: decoded, from: at } of decodedPieces(document.text, start, chars, signal)) {
    const begin: number = last ? cutAt(last.text, last.text.length - overlap) : 0;
    const kept: string = last ? last.text.slice(begin) : '';
    const windowFrom = at - kept.length;
    let line: number;
    if (last) {
      const known = knownLineBefore(index, windowFrom);
      const [counted, ends] = known.char >= last.from ? [known.char - last.from, known.lineEnds + 1] : [0, last.line];
      line = ends + countLineEnds(last.text, counted, begin);
    } else {
      line = await lineAt(document, windowFrom);
    }
    last = { text: kept + decoded, from: windowFrom, line };
    yield last;
    await nextTask();
    signal.throwIfAborted();
  }
}

interface Decoded {
  readonly text: string;
  readonly from: number;
}

/** The text from the unit `start` on, in pieces of about `chars` units that cut no character. */
async function* decodedPieces(
  source: TextSource,
  start: number,
  chars: number,
  signal: AbortSignal,
): AsyncGenerator<Decoded, void, undefined> {
  const { blob } = source;
  const width = bytesPerUnit(source);
  // One unit sooner: the first may be the second half of a pair.
  const place = placeBefore(source, Math.max(0, start - 1));
  let at = place.char;
  let carried = new Uint8Array(0);
  const decode = (bytes: Uint8Array<ArrayBuffer>): Decoded | null => {
    const text = decodeBytes(bytes, source);
    const skip = Math.max(0, Math.min(text.length, start - at));
    const begin = cutAt(text, skip);
    const decoded = { text: text.slice(begin), from: at + begin };
    at += text.length;
    return decoded.text === '' ? null : decoded;
  };
  for await (const piece of blobPieces(blob.slice(place.byte), signal, Math.max(4, chars * (width ?? 1)))) {
    const bytes = carried.length > 0 ? joinBytes(carried, piece) : piece;
    const end = wholeCharacters(bytes, source);
    // The piece's memory is given back after this turn, so what is kept is copied.
    carried = bytes.slice(end);
    const decoded = decode(bytes.subarray(0, end));
    if (decoded) yield decoded;
  }
  const decoded = decode(carried);
  if (decoded) yield decoded;
}

/** Bytes from the start that end where a character does, whatever may follow. */
function wholeCharacters(bytes: Uint8Array, { encoding }: TextSource): number {
  switch (encoding) {
    case 'windows-1252':
      return bytes.length;
    case 'utf-8':
      return lastBreak(bytes);
    case 'utf-16le':
    case 'utf-16be': {
      const even = bytes.length & ~1;
      const high = bytes[encoding === 'utf-16le' ? even - 1 : even - 2] ?? 0;
      return (high & 0xfc) === 0xd8 ? even - 2 : even;
    }
  }
}

/** `at`, or one before where that is inside a pair; within the text. */
function cutAt(text: string, at: number): number {
  if (at <= 0) return 0;
  const inPair = (text.charCodeAt(at) & 0xfc00) === 0xdc00 && (text.charCodeAt(at - 1) & 0xfc00) === 0xd800;
  return inPair ? at - 1 : at;
}
