import type { ExtractJob, ExtractedText } from '../../documents/extract/extracted-text.ts';
import type { ProgressUnit } from '../../documents/extract/extractor.ts';
import type { PageRequest, PageView } from '../protocol.ts';

/** What the documents worker may ask of a worker that extracts: one thing at a time. */
export type ExtractMethods = {
  extract: { params: ExtractJob; result: ExtractedText };
  /** Draws a page; the document stays open for the next. */
  page: { params: PageRequest; result: PageView };
};

/** How far the one thing has got. */
export interface ExtractNotice {
  readonly kind: 'progress';
  readonly done: number;
  readonly total: number;
  readonly unit: ProgressUnit;
}
