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
  /** Where its pages, sheets, slides, chapters or messages begin, ascending; absent where it has lines only. */
  readonly parts?: readonly DocumentPart[];
  /** The file that the text was extracted from; absent where `text.blob` is that file. */
  readonly original?: Blob;
}

/** What a document that is no plain text is made of. */
export type PartKind = 'page' | 'sheet' | 'slide' | 'chapter' | 'message';

/** A page, a sheet, a slide, a chapter or a message of a document, in its text. */
export interface DocumentPart {
  readonly kind: PartKind;
  /** From 1, among the parts of its kind. A sheet with wide gaps has several parts of one number. */
  readonly number: number;
  /** Its name: of a sheet, a chapter, a slide with a title, a page numbered otherwise («iv»). */
  readonly label?: string;
  /** UTF-16 code units of the text before it; its marker line is part of it. */
  readonly from: number;
  /** Of a sheet: the row, from 1, that the line after its marker line holds; each line is one row. */
  readonly firstRow?: number;
}

export interface TextSource {
  readonly blob: Blob;
  readonly encoding: TextEncoding;
  /** Bytes of byte-order mark to skip at the start of `blob`: 0, 2 or 3. */
  readonly skip: number;
  /** Where characters are, for UTF-8 that is not all ASCII; null where every code unit has the same number of bytes. */
  readonly index: TextIndex | null;
  /** Where lines are; absent where nobody counted them along the way. */
  readonly lineIndex?: LineIndex;
}

/** Lines counted along a text, about every 256 KiB of it. The first entry is the start. */
export interface LineIndex {
  /** UTF-16 code units from the start, ascending. */
  readonly chars: Float64Array;
  /** Line ends (`\n`) before them. */
  readonly lines: Float64Array;
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
