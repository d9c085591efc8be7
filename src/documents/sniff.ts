import { type BinaryKind, binaryKind } from './binary-kind.ts';
import { looksBinary } from './looks-binary.ts';
import { kindOfName } from './sniff/kind-of-name.ts';
import { isOle, oleKind } from './sniff/ole-kind.ts';
import { isIwork, isPackage, kindOfPackage, packageHead } from './sniff/package-kind.ts';
import type { Sniffed } from './sniff/sniffed.ts';
import { textKind } from './sniff/text-kind.ts';
import { guessEncoding, isControl } from './text-encoding.ts';

export { kindOfName } from './sniff/kind-of-name.ts';
export { kindOfPackage } from './sniff/package-kind.ts';
export type { Sniffed } from './sniff/sniffed.ts';
export { extensionMismatch } from './sniff/text-kind.ts';

const RTF: BinaryKind = { name: 'a Rich Text document', advice: 'which is not read: save it as DOCX or text and add that' };
const IWORK: BinaryKind = {
  name: 'a Pages, Numbers or Keynote document',
  advice: 'which is not read: export it as DOCX, XLSX, PPTX or PDF and add that',
};
const UNKNOWN: BinaryKind = { name: 'binary data', advice: 'not text: export or save it as plain text and add that' };

/**
 * What a file is, by its first bytes (64 KiB are plenty, fewer will do) before its name (or path).
 * A ZIP file whose first entries do not tell is `zip`; `kindOfPackage` tells it from its listing.
 */
export function sniff(head: Uint8Array, name: string): Sniffed {
  const start = latin1(head.subarray(0, 1100));
  if (isPdf(start, head, name)) return { kind: 'pdf' };
  if (/^PK(\x03\x04|\x05\x06)/.test(start)) return packageKind(head, name);
  if (start.startsWith('PK00PK\x03\x04')) return packageKind(head.subarray(4), name);
  if (isOle(head)) return oleKind(head, name);
  if (start.startsWith('\x1f\x8b\x08')) return { kind: 'gz' };
  // Workbooks of Excel 2 to 4 begin with their first record.
  if (/^\x09[\x00\x02\x04][\x04\x06]\x00/.test(start)) return { kind: 'xls' };
  if (/^\s*\{\\rtf/.test(start)) return { binary: RTF };
  const binary = binaryKind(head);
  if (binary) return { binary };
  const { encoding, skip } = guessEncoding(head);
  if (encoding === 'utf-32') return { kind: 'text' };
  if (encoding === 'bytes' && isBinary(head)) return { binary: UNKNOWN };
  const text = new TextDecoder(encoding === 'bytes' ? 'utf-8' : encoding).decode(head.subarray(skip));
  return { kind: textKind(text, name) };
}

function packageKind(head: Uint8Array, name: string): Sniffed {
  const first = packageHead(head);
  if (isIwork(first.paths)) return { binary: IWORK };
  const kind = kindOfPackage(first.paths, first.mimetype);
  if (kind !== 'zip' || !isPackage(first)) return { kind };
  switch (kindOfName(name)) {
    case 'docx':
    case 'xlsx':
    case 'pptx':
    case 'odt':
    case 'ods':
    case 'odp':
    case 'epub':
      return { kind: kindOfName(name) ?? kind };
    default:
      return { kind };
  }
}

/** A PDF may begin with up to a kilobyte of junk; a text about PDFs is none. */
function isPdf(start: string, head: Uint8Array, name: string): boolean {
  const at = start.slice(0, 1029).search(/%PDF-/);
  if (at < 0) return false;
  return /^[\s\xef\xbb\xbf\0]*%PDF-/.test(start) || kindOfName(name) === 'pdf' || / obj\b/.test(latin1(head.subarray(at, at + 4096)));
}

function isBinary(head: Uint8Array): boolean {
  let controls = 0;
  let nuls = 0;
  for (const byte of head) {
    if (byte === 0) nuls++;
    else if (isControl(byte)) controls++;
  }
  return looksBinary({ unicode: isUtf8(head), controls, nuls, of: head.length });
}

function isUtf8(head: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return true;
  } catch {
    return false;
  }
}

function latin1(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}
