import { UnreadableFile } from '../unreadable-file.ts';
import type { DocumentPart } from '../document.ts';

export interface PageDrawing {
  /** From 1. */
  readonly page: number;
  /** Pixels of the picture across; bounded, as its height is. */
  readonly width: number;
  /** Passages to be marked: code units [from, to) of the document's text. */
  readonly marks: readonly { readonly from: number; readonly to: number }[];
  /** The document's parts, as they were told when its text was extracted. */
  readonly parts: readonly DocumentPart[];
}

export interface DrawnPage {
  readonly bitmap: ImageBitmap;
  readonly pages: number;
  /** Boxes of the passages on it, as shares of its width and height; `mark` is the number in `marks`. */
  readonly boxes: readonly {
    readonly mark: number;
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  }[];
}

export interface PdfPages {
  readonly pages: number;
  /**
   * @throws UnreadableFile in one sentence, where the page cannot be drawn.
   */
  draw(request: PageDrawing): Promise<DrawnPage>;
  /** Lets go of the file; what is being drawn rejects. */
  close(): void;
}

/**
 * Opens a PDF to look at its pages.
 * @throws UnreadableFile in one sentence.
 */
export async function openPdfPages(_file: Blob): Promise<PdfPages> {
  throw new UnreadableFile('Pages cannot be shown yet: read the text.');
}
