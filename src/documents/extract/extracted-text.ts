import type { ExtractedKind } from '../../trajectory/document-kinds.ts';
import type { DocumentPart } from '../document.ts';
import type { Extracted, ProgressUnit } from './extractor.ts';

/** A file whose text is to be extracted. */
export interface ExtractJob {
  readonly file: Blob;
  /** For sentences. */
  readonly name: string;
  readonly kind: ExtractedKind;
}

/** What came of it. */
export interface ExtractedText extends Extracted {
  /** UTF-8. */
  readonly text: Blob;
  readonly parts: readonly DocumentPart[];
}

/**
 * Extracts the text of a file, wherever that is done.
 * @throws UnreadableFile in one sentence for the person.
 * @throws the reason of `signal` when it aborts.
 */
export type Extract = (job: ExtractJob, options: ExtractOptions) => Promise<ExtractedText>;

export interface ExtractOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, total: number, unit: ProgressUnit) => void;
}
