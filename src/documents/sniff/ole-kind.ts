import type { BinaryKind } from '../binary-kind.ts';
import { extensionOf, kindOfName } from './kind-of-name.ts';
import type { Sniffed } from './sniffed.ts';

const LOCKED: BinaryKind = {
  name: 'a document protected with a password',
  advice: 'which cannot be read without it: open it, save it without the password and add that',
};
const WORD: BinaryKind = {
  name: 'a Word 97–2003 document',
  advice: 'which is not read: save it as DOCX or PDF and add that',
};
const POWERPOINT: BinaryKind = {
  name: 'a PowerPoint 97–2003 file',
  advice: 'which is not read: save it as PPTX or PDF and add that',
};
const OUTLOOK: BinaryKind = {
  name: 'an Outlook message',
  advice: 'which is not read: save it as EML or text and add that',
};
const OTHER: BinaryKind = {
  name: 'a file in an old Office format',
  advice: 'which is not read: save it as DOCX, XLSX, PPTX or PDF and add that',
};

export const isOle = (head: Uint8Array): boolean =>
  [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1].every((byte, i) => head[i] === byte);

/**
 * What a file of the format before Office Open XML (a compound file, [MS-CFB]) is: by the names in
 * its directory, else, as the directory may stand anywhere in the file, by its extension.
 */
export function oleKind(head: Uint8Array, name: string): Sniffed {
  const inside = directoryNames(head);
  if (inside.has('encryptedpackage') || inside.has('encryptioninfo')) return { binary: LOCKED };
  // In order: what is embedded stands behind what it is embedded in.
  for (const entry of inside) {
    if (entry === 'worddocument') return { binary: WORD };
    if (entry === 'powerpoint document') return { binary: POWERPOINT };
    if (entry === 'workbook' || entry === 'book') return { kind: 'xls' };
    if (/^__(?:substg1\.0_|properties_version)/.test(entry)) return { binary: OUTLOOK };
  }
  switch (kindOfName(name)) {
    case 'xls':
    // An old workbook with a new name, or a protected one: the reader of workbooks tells.
    case 'xlsx':
      return { kind: 'xls' };
    case 'docx':
    case 'pptx':
      return { binary: LOCKED };
    default:
      return { binary: byExtension(extensionOf(name)) };
  }
}

function byExtension(extension: string): BinaryKind {
  if (extension === 'doc' || extension === 'dot') return WORD;
  if (/^(ppt|pps|pot)$/.test(extension)) return POWERPOINT;
  return extension === 'msg' ? OUTLOOK : OTHER;
}

/** Names of directory entries in the head, in small letters. They are 128 bytes each, and aligned so. */
function directoryNames(head: Uint8Array): ReadonlySet<string> {
  const names = new Set<string>();
  for (let at = 512; at + 128 <= head.length; at += 128) {
    const length = (head[at + 64] ?? 0) + 256 * (head[at + 65] ?? 0);
    const type = head[at + 66];
    if (length < 4 || length > 64 || length % 2 !== 0 || (type !== 1 && type !== 2 && type !== 5)) continue;
    names.add(new TextDecoder('utf-16le').decode(head.subarray(at, at + length - 2)).toLowerCase());
  }
  return names;
}
