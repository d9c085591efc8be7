import type { FileKind } from '../../trajectory/document-kinds.ts';

/** What the first entries of a ZIP file say. */
export interface PackageHead {
  /** Paths of the entries that the head holds, in order. */
  readonly paths: readonly string[];
  /** The text of an uncompressed first entry `mimetype`, as OpenDocument and EPUB have it; else null. */
  readonly mimetype: string | null;
}

const MIMETYPES: readonly (readonly [string, FileKind])[] = [
  ['application/vnd.oasis.opendocument.text', 'odt'],
  ['application/vnd.oasis.opendocument.spreadsheet', 'ods'],
  ['application/vnd.oasis.opendocument.presentation', 'odp'],
  ['application/epub+zip', 'epub'],
];

/**
 * What a ZIP file is, from the paths inside it and the text of its entry `mimetype` (null where it
 * has none): a document of Office, OpenDocument or EPUB, else `zip`.
 */
export function kindOfPackage(paths: readonly string[], mimetype: string | null): FileKind {
  const type = mimetype?.trim().toLowerCase();
  // Templates have a longer name: «…opendocument.text-template».
  const known = type && MIMETYPES.find(([name]) => type === name || type === `${name}-template`);
  if (known) return known[1];
  const has = (pattern: RegExp): boolean => paths.some((path) => pattern.test(path.replace(/^[/\\]+/, '')));
  if (has(/^META-INF[/\\]container\.xml$/i)) return 'epub';
  const office = has(/^\[Content_Types\]\.xml$/i);
  if (has(office ? /^word[/\\]/i : /^word[/\\]document\.xml$/i)) return 'docx';
  if (has(office ? /^xl[/\\]/i : /^xl[/\\]workbook\.(xml|bin)$/i)) return 'xlsx';
  if (has(office ? /^ppt[/\\]/i : /^ppt[/\\]presentation\.xml$/i)) return 'pptx';
  return 'zip';
}

/** Whether paths in a ZIP are those of an Apple Pages, Numbers or Keynote document. */
export const isIwork = (paths: readonly string[]): boolean =>
  paths.some((path) => /^(?:Index\/.*\.iwa|Index\.zip|index\.apxl)$/.test(path));

/** Whether paths are those of a document of some sort, even if the head does not say which. */
export const isPackage = ({ paths, mimetype }: PackageHead): boolean =>
  paths.length === 0 ||
  mimetype !== null ||
  paths.some((path) => /^(?:mimetype|\[Content_Types\]\.xml|_rels\/|docProps\/|META-INF\/)/i.test(path));

/**
 * Walks the local headers at the start of a ZIP file. It goes from one to the next by the sizes they
 * tell, so that a document stored inside an archive is not taken for the archive itself.
 */
export function packageHead(head: Uint8Array): PackageHead {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const paths: string[] = [];
  let mimetype: string | null = null;
  let at = 0;
  while (at + 30 <= head.length && view.getUint32(at, true) === 0x04034b50) {
    const streamed = (view.getUint16(at + 6, true) & 8) !== 0;
    const stored = view.getUint16(at + 8, true) === 0;
    const size = view.getUint32(at + 18, true);
    const name = at + 30;
    const data = name + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
    if (data > head.length && paths.length > 0) break;
    const path = new TextDecoder().decode(head.subarray(name, name + view.getUint16(at + 26, true)));
    paths.push(path);
    if (path === 'mimetype' && stored && size > 0 && size < 256) {
      mimetype = new TextDecoder().decode(head.subarray(data, data + size));
    }
    if (!streamed || size > 0) at = data + size;
    else if (stored && !path.endsWith('/')) break;
    else at = nextHeader(head, data);
  }
  return { paths, mimetype };
}

/** Where the next local header begins; the end of the head where there is none. */
function nextHeader(head: Uint8Array, from: number): number {
  for (let at = head.indexOf(0x50, from); at >= 0; at = head.indexOf(0x50, at + 1)) {
    if (head[at + 1] === 0x4b && head[at + 2] === 3 && head[at + 3] === 4) return at;
  }
  return head.length;
}
