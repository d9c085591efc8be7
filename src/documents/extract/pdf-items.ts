/** A piece of text as pdf.js gives it, and where it stands: in units of the page, y upwards. */
export interface PdfTextItem {
  readonly str: string;
  /** Of text that runs from right to left, or downwards. */
  readonly dir: string;
  /** [a, b, c, d, e, f]: (a, b) is where its letters point to, (e, f) where it begins. */
  readonly transform: readonly number[];
  readonly width: number;
  readonly height: number;
  readonly fontName: string;
  readonly hasEOL: boolean;
}

/** Of a font: how far its letters reach above and below their line, as shares of its size. */
export interface PdfTextStyle {
  /** What it is most like: `serif`, `sans-serif`, `monospace`. */
  readonly fontFamily: string;
  readonly ascent: number;
  readonly descent: number;
  readonly vertical: boolean;
}

/** A comment or a filled field, as a line of text, and where it stands: [x1, y1, x2, y2]. */
export interface PdfNote {
  readonly text: string;
  readonly rect: readonly [number, number, number, number];
}

/** What the text of one page is composed of. */
export interface PdfPageInput {
  readonly items: readonly PdfTextItem[];
  readonly styles: Readonly<Record<string, PdfTextStyle>>;
  readonly notes: readonly PdfNote[];
  /** Bookmarks that lead to the page, in their order. */
  readonly titles: readonly PdfTitle[];
}

export interface PdfTitle {
  readonly title: string;
  /** 1 is the outermost. */
  readonly depth: number;
}
