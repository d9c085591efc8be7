import { safeFileName } from './file-name.ts';

/** Extensions of what servers send under names without one. */
const EXTENSIONS: Readonly<Record<string, string>> = {
  'text/html': 'html',
  'application/xhtml+xml': 'html',
  'text/plain': 'txt',
  'text/markdown': 'md',
  'text/csv': 'csv',
  'text/tab-separated-values': 'tsv',
  'application/json': 'json',
  'application/x-ndjson': 'jsonl',
  'application/jsonl': 'jsonl',
  'text/xml': 'xml',
  'application/xml': 'xml',
  'application/pdf': 'pdf',
  'application/zip': 'zip',
  'application/gzip': 'gz',
  'application/epub+zip': 'epub',
  'application/msword': 'doc',
  'application/vnd.ms-excel': 'xls',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'pptx',
  'application/vnd.oasis.opendocument.text': 'odt',
  'application/vnd.oasis.opendocument.spreadsheet': 'ods',
  'application/vnd.oasis.opendocument.presentation': 'odp',
  'message/rfc822': 'eml',
  'application/mbox': 'mbox',
};

/**
 * The name of what came from an address: as its server says, else the last part of the path, else
 * the host; with an extension by its content type where it has none.
 */
export function nameOfResponse({ hostname, pathname }: URL, headers: Headers): string {
  const said = saidName(headers.get('content-disposition') ?? '');
  const last = decoded(pathname.split('/').findLast((part) => part !== '') ?? '');
  const name = said ?? (last === '' ? hostname : last);
  const type = (headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  const extension = EXTENSIONS[type];
  // «example.org» and «v1.2» have dots, but no extension.
  const isNamed = /\.[a-z][a-z0-9]{0,9}$/i.test(name) && (said !== null || last !== '');
  return safeFileName(isNamed || extension === undefined ? name : `${name}.${extension}`);
}

/** RFC 6266: the name in UTF-8 goes before the plain one. */
function saidName(disposition: string): string | null {
  const encoded = /filename\*\s*=\s*(?:utf-8|iso-8859-1)'[^']*'([^;\s]+)/i.exec(disposition)?.[1];
  if (encoded !== undefined) return decoded(encoded);
  const [, quoted, bare] = /filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))/i.exec(disposition) ?? [];
  const name = quoted?.replace(/\\(.)/g, '$1') ?? bare;
  return name === undefined || name.trim() === '' ? null : name;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
