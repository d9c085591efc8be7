import { DOCUMENT_KINDS, type ExtractedKind, type FileKind } from '../trajectory/document-kinds.ts';
import { guessEncoding } from './text-encoding.ts';

/** Characters of text for each byte of a file. */
const PER_BYTE: Readonly<Record<ExtractedKind, number>> = {
  html: 0.4,
  pdf: 0.05,
  docx: 0.3,
  xlsx: 1.5,
  xls: 0.25,
  ods: 1.5,
  pptx: 0.02,
  odt: 0.5,
  odp: 0.02,
  epub: 1.2,
  eml: 0.4,
  mbox: 0.4,
};

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
      return bytes * 3;
    case 'extracted':
      return Math.round(bytes * (isExtracted(kind) ? PER_BYTE[kind] : 1));
  }
}

const isExtracted = (kind: FileKind): kind is ExtractedKind => Object.hasOwn(PER_BYTE, kind);

function charsPerByte(head: Uint8Array): number {
  if (head.length === 0) return 1;
  const { encoding } = guessEncoding(head);
  return new TextDecoder(encoding === 'bytes' || encoding === 'utf-32' ? 'utf-8' : encoding).decode(head).length / head.length;
}
