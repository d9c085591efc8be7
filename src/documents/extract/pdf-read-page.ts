import { notesOf } from './pdf-notes.ts';
import type { PdfPageInput, PdfTextItem, PdfTextStyle, PdfTitle } from './pdf-items.ts';
import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** UTF-16 code units that are taken of one page: some twenty thousand full lines. */
const MOST_CHARS = 2_000_000;
const MOST_ITEMS = 500_000;

export interface PdfPageRead {
  readonly input: PdfPageInput;
  /** The page holds more than is taken. */
  readonly cut: boolean;
  /** Its fonts do not tell which characters many of its letters are: those are not in its text. */
  readonly unnamed: boolean;
}

/** Letters that are none of a font, as bullets and rules may be, are not spoken of below these: in number, and for each letter. */
const FEW_UNNAMED = 8;
const UNNAMED_SHARE = 0.02;

/** What pdf.js gives for a letter of which the font does not tell the character. */
const UNNAMED = /\u0000/g;

type TextChunk = Awaited<ReturnType<PDFPageProxy['getTextContent']>>;

/**
 * What the text of a page is composed of. The extractor and what draws pages read it alike.
 * @param number from 1
 * @throws what pdf.js throws of a damaged page
 */
export async function readPage(
  document: PDFDocumentProxy,
  number: number,
  titles: readonly PdfTitle[],
): Promise<PdfPageRead> {
  const page = await document.getPage(number);
  try {
    const [{ items, styles, cut }, annotations] = await Promise.all([
      textOf(page),
      // A page whose comments are damaged still has its text.
      page.getAnnotations().catch((): readonly unknown[] => []),
    ]);
    return { input: { items, styles, notes: notesOf(annotations), titles }, cut, unnamed: hasUnnamed(items) };
  } finally {
    page.cleanup();
  }
}

/** Whether more letters than a few are lost, as their font does not say what they are. */
export function hasUnnamed(items: readonly Pick<PdfTextItem, 'str'>[]): boolean {
  let [chars, unnamed] = [0, 0];
  for (const { str } of items) {
    chars += str.length;
    unnamed += str.match(UNNAMED)?.length ?? 0;
  }
  return unnamed > FEW_UNNAMED && unnamed > UNNAMED_SHARE * chars;
}

async function textOf(page: PDFPageProxy): Promise<{ items: PdfTextItem[]; styles: Record<string, PdfTextStyle>; cut: boolean }> {
  const items: PdfTextItem[] = [];
  const styles: Record<string, PdfTextStyle> = {};
  let chars = 0;
  const stream: ReadableStream<TextChunk> = page.streamTextContent();
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return { items, styles, cut: false };
    Object.assign(styles, value.styles);
    for (const item of value.items) {
      if (!('str' in item)) continue;
      items.push(item);
      chars += item.str.length;
    }
    if (chars > MOST_CHARS || items.length > MOST_ITEMS) {
      // It need not be waited for: what it has found until then is not asked for.
      reader.cancel(new Error('enough')).catch(() => {});
      return { items, styles, cut: true };
    }
  }
}
