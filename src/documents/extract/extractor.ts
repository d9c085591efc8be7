import type { ExtractedKind } from '../../trajectory/document-kinds.ts';
import type { DocumentPart } from '../document.ts';

/** What a file's progress is counted in. */
export type ProgressUnit = 'bytes' | 'pages' | 'sheets' | 'slides' | 'chapters' | 'messages';

/** What an extractor is given besides its file. */
export interface ExtractTools {
  /** The file's name, for sentences. */
  readonly name: string;
  readonly kind: ExtractedKind;
  /** Where the text goes, piece by piece, in reading order. */
  readonly out: TextSink;
  readonly signal: AbortSignal;
  /** To be called often: who is silent for three minutes is taken for stuck and ended. */
  readonly onProgress: (done: number, total: number, unit: ProgressUnit) => void;
}

export interface TextSink {
  /** UTF-16 code units written so far. */
  readonly length: number;
  /**
   * @throws UnreadableFile when the text grows past what a document may hold.
   */
  write(text: string): void;
  /** A part begins here; `from` is filled in. Its marker line is written by the extractor after this. */
  part(part: Omit<DocumentPart, 'from'>): void;
}

export interface Extracted {
  /** Pages or slides, where it has such. */
  readonly pages?: number;
  /** How the text is laid out, in one sentence for the model: its marker lines, sheets, columns. */
  readonly shape: string | null;
  /** What the person should know, in sentences: what was left out and why. */
  readonly notice: string | null;
}

/**
 * Writes the text of a file.
 * @throws UnreadableFile in one sentence for the person: what is wrong and what to do.
 * @throws the reason of `tools.signal` when it aborts.
 */
export type Extractor = (file: Blob, tools: ExtractTools) => Promise<Extracted>;
