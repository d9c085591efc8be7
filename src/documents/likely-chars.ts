import { DOCUMENT_KINDS, type ExtractedKind, type FileKind } from '../trajectory/document-kinds.ts';
import { guessEncoding } from './text-encoding.ts';

/**
 * Characters of text for each byte of a file. Measured: papers as PDF 0.08, a novel as DOCX 2.3, as ODT
 * 2.1, with pictures as EPUB 0.7; tables as XLSX and ODS 1.0, as XLS 0.4. Where pictures are usual it is less.
 */
const PER_BYTE: Readonly<Record<ExtractedKind, number>> = {
  html: 0.4,
  pdf: 0.08,
  docx: 1.5,
  xlsx: 1,
  xls: 0.4,
  ods: 1,
  pptx: 0.02,
  odt: 1.5,
  odp: 0.02,
  epub: 0.7,
  eml: 0.4,
  mbox: 0.4,
};

/** Bytes of a file without any text: styles, themes and settings. Measured on one-line documents. */
const BARE: Readonly<Partial<Record<ExtractedKind, number>>> = { docx: 12_000, pptx: 30_000, odt: 8_000, odp: 10_000, xlsx: 5_000, ods: 6_000 };

/**
 * Characters of text (UTF-16 code units) that a file is likely to hold.
 * @param head its first bytes, where they are known: they tell how many bytes a character of a text takes.
 */
export function likelyChars(kind: FileKind, bytes: number, head?: Uint8Array): number {
  const { family } = DOCUMENT_KINDS[kind];
  switch (family) {
    case 'text':
      return Math.round(bytes * (head === undefined ? 1 : charsPerByte(head)));
    case 'archive':
      // Text packs to about a third.
      return bytes * 3;
    case 'extracted':
      return isExtracted(kind) ? extractedChars(kind, bytes) : 0;
  }
}

/** A document with a sentence in it is never told to hold nothing. */
const extractedChars = (kind: ExtractedKind, bytes: number): number =>
  Math.round(Math.max(bytes - (BARE[kind] ?? 0), Math.min(bytes, 1000)) * PER_BYTE[kind]);

const isExtracted = (kind: FileKind): kind is ExtractedKind => Object.hasOwn(PER_BYTE, kind);

function charsPerByte(head: Uint8Array): number {
  if (head.length === 0) return 1;
  const { encoding } = guessEncoding(head);
  return new TextDecoder(encoding === 'bytes' || encoding === 'utf-32' ? 'utf-8' : encoding).decode(head).length / head.length;
}
