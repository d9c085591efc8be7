/** Kinds of file that are read as they are. */
export type TextKind = 'text' | 'markdown' | 'code' | 'csv' | 'tsv' | 'json' | 'jsonl' | 'log' | 'xml';
/** Kinds whose text is extracted. `xlsx` is any spreadsheet in Office Open XML, `xls` any older one. */
export type ExtractedKind =
  | 'html'
  | 'pdf'
  | 'docx'
  | 'xlsx'
  | 'xls'
  | 'ods'
  | 'pptx'
  | 'odt'
  | 'odp'
  | 'epub'
  | 'eml'
  | 'mbox';
/** Kinds that hold other files. */
export type ArchiveKind = 'zip' | 'gz';
export type FileKind = TextKind | ExtractedKind | ArchiveKind;

interface KindFacts {
  /** «PDF», «Word document». */
  readonly label: string;
  readonly family: 'text' | 'extracted' | 'archive';
}

/** What `DocumentInfo.kind` may say, and the archives that documents come in. */
export const DOCUMENT_KINDS: Readonly<Record<FileKind, KindFacts>> = {
  text: { label: 'Text', family: 'text' },
  markdown: { label: 'Markdown', family: 'text' },
  code: { label: 'Source code', family: 'text' },
  csv: { label: 'CSV table', family: 'text' },
  tsv: { label: 'TSV table', family: 'text' },
  json: { label: 'JSON', family: 'text' },
  jsonl: { label: 'JSON lines', family: 'text' },
  log: { label: 'Log', family: 'text' },
  xml: { label: 'XML', family: 'text' },
  html: { label: 'Web page', family: 'extracted' },
  pdf: { label: 'PDF', family: 'extracted' },
  docx: { label: 'Word document', family: 'extracted' },
  xlsx: { label: 'Excel workbook', family: 'extracted' },
  xls: { label: 'Excel workbook (97–2003)', family: 'extracted' },
  ods: { label: 'OpenDocument spreadsheet', family: 'extracted' },
  pptx: { label: 'PowerPoint slides', family: 'extracted' },
  odt: { label: 'OpenDocument text', family: 'extracted' },
  odp: { label: 'OpenDocument slides', family: 'extracted' },
  epub: { label: 'EPUB book', family: 'extracted' },
  eml: { label: 'E-mail', family: 'extracted' },
  mbox: { label: 'Mailbox', family: 'extracted' },
  zip: { label: 'ZIP archive', family: 'archive' },
  gz: { label: 'Gzip file', family: 'archive' },
};

export const isTextKind = (kind: FileKind): kind is TextKind => DOCUMENT_KINDS[kind].family === 'text';
export const isExtractedKind = (kind: FileKind): kind is ExtractedKind => DOCUMENT_KINDS[kind].family === 'extracted';

/** The label of a kind; a log may hold one that this version does not know. */
export const kindLabel = (kind: string): string =>
  Object.entries(DOCUMENT_KINDS).find(([id]) => id === kind)?.[1].label ?? kind;
