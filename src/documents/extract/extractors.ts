import type { ExtractedKind } from '../../trajectory/document-kinds.ts';
import type { Extractor } from './extractor.ts';

/** Loads the extractor of a kind, and its library with it, when the first such file comes. */
const LOADERS: Readonly<Record<ExtractedKind, () => Promise<Extractor>>> = {
  html: async () => (await import('./html.ts')).extractHtml,
  pdf: async () => (await import('./pdf.ts')).extractPdf,
  docx: async () => (await import('./docx.ts')).extractDocx,
  xlsx: async () => (await import('./sheets.ts')).extractSheets,
  xls: async () => (await import('./sheets.ts')).extractSheets,
  ods: async () => (await import('./sheets.ts')).extractSheets,
  pptx: async () => (await import('./pptx.ts')).extractPptx,
  odt: async () => (await import('./odf.ts')).extractOdf,
  odp: async () => (await import('./odf.ts')).extractOdf,
  epub: async () => (await import('./epub.ts')).extractEpub,
  eml: async () => (await import('./mail.ts')).extractMail,
  mbox: async () => (await import('./mail.ts')).extractMail,
};

export const loadExtractor = (kind: ExtractedKind): Promise<Extractor> => LOADERS[kind]();
