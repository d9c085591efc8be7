import type { DocumentInfo } from '../trajectory/events.ts';

/** How the bytes of a document's text decode; the labels `TextDecoder` takes. */
export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/**
 * One dropped file as text. The text itself stays in `blob` (the dropped File where it is text
 * already): handing a document to a worker copies a reference, not the characters.
 */
export interface SourceDocument {
  readonly info: DocumentInfo;
  readonly text: TextSource;
  /** What the person should know, e.g. «Read as windows-1252: it is not valid UTF-8.» */
  readonly notice: string | null;
}

export interface TextSource {
  readonly blob: Blob;
  readonly encoding: TextEncoding;
  /** Bytes of byte-order mark to skip at the start of `blob`: 0, 2 or 3. */
  readonly skip: number;
  /** Where characters are, for UTF-8 that is not all ASCII; null where every code unit has the same number of bytes. */
  readonly index: TextIndex | null;
}

/**
 * Places where a character begins, about one every 256 KiB: UTF-8 decoded afresh from such a byte
 * gives the same characters as decoding the whole. The first entry is the start of the text.
 */
export interface TextIndex {
  /** Bytes from the start of `blob`, ascending. */
  readonly bytes: Float64Array;
  /** UTF-16 code units before that byte. */
  readonly chars: Float64Array;
}
