import { DOCUMENT_KINDS, type FileKind } from '../../trajectory/document-kinds.ts';
import { extensionOf, kindOfName } from './kind-of-name.ts';

/** Headers that nothing but a mail begins with. */
const OF_MAIL = /^(received|message-id|mime-version|return-path|delivered-to|x-mozilla-status|dkim-signature)$/;
const OF_LETTERS = /^(from|to|cc|subject|date|sender|reply-to|content-type)$/;

/** The kind of a file that is text, by its first characters and its name. */
export function textKind(head: string, name: string): FileKind {
  const named = kindOfName(name);
  const start = head.replace(/^\ufeff/, '');
  switch (named) {
    // What such a file holds is not told by how it begins: a template begins like a page.
    case 'code':
    case 'markdown':
    case 'csv':
    case 'tsv':
    case 'json':
    case 'jsonl':
    case 'log':
      return named;
    case 'html':
    case 'eml':
      return beginsMailbox(start, false) ? 'mbox' : named;
    case 'xml':
      return isWorkbookXml(start) ? 'xls' : named;
    case 'mbox':
      return beginsMailbox(start, true) ? 'mbox' : beginsMail(start) ? 'eml' : 'text';
    default: {
      const seen = kindByContent(start);
      if (seen) return seen;
      return named !== null && DOCUMENT_KINDS[named].family === 'text' ? named : 'text';
    }
  }
}

/** For names that promise plain text, nothing, or what the file is not. */
function kindByContent(start: string): FileKind | null {
  if (/^\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--[^>]{0,500}-->\s*)?<(?:!doctype\s+html|html)[\s>]/i.test(start)) return 'html';
  if (isWorkbookXml(start)) return 'xls';
  if (/^\s*<\?xml\s/.test(start)) return 'xml';
  if (beginsMailbox(start, false)) return 'mbox';
  return beginsMail(start) ? 'eml' : null;
}

/** Excel 2003's workbooks in XML; often named `.xls`. */
const isWorkbookXml = (start: string): boolean =>
  /^\s*<\?xml\s/.test(start) && start.slice(0, 4096).includes('urn:schemas-microsoft-com:office:spreadsheet');

/** Two headers that letters have, one of which only mail has. */
function beginsMail(start: string): boolean {
  let mail = 0;
  let letters = 0;
  for (const line of start.slice(0, 16_384).split(/\r?\n/)) {
    if (/^[ \t]/.test(line) && mail + letters > 0) continue;
    const header = /^([A-Za-z][A-Za-z\d-]{0,60}):/.exec(line)?.[1]?.toLowerCase();
    if (header === undefined) break;
    if (OF_MAIL.test(header)) mail++;
    else if (OF_LETTERS.test(header)) letters++;
  }
  return mail > 0 && mail + letters > 1;
}

/** `named`: the name says that it is a mailbox. */
function beginsMailbox(start: string, named: boolean): boolean {
  const lines = /^(From [^\r\n]{1,300})\r?\n([^\r\n]{0,300})/.exec(start);
  if (!lines) return false;
  const [, from = '', next = ''] = lines;
  return named || (/ \S+ .*(?:\d{4}\s*$|\d\d:\d\d)/.test(from) && /^>?[A-Za-z][\w-]*:/.test(next));
}

/**
 * One sentence for the person where a file is not what its name says, else null: «It is a PDF,
 * although its name ends in “.txt”.»
 */
export function extensionMismatch(kind: FileKind, name: string): string | null {
  const named = kindOfName(name);
  if (named === null || named === kind) return null;
  const { label, family } = DOCUMENT_KINDS[kind];
  const extension = extensionOf(name);
  // A text is a text whatever it is called; a file without an extension promised nothing.
  if (extension === '' || (family === 'text' && DOCUMENT_KINDS[named].family === 'text')) return null;
  return family === 'text'
    ? `Read as text: its name ends in “.${extension}”, but that is not what is in it.`
    : `Its name ends in “.${extension}”, but it was read as what is in it (${label}).`;
}
