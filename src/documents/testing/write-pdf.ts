export interface PdfToWrite {
  /** A page for each: what it draws, in the language of page contents. `F1` is Helvetica. */
  readonly pages: readonly string[];
  /** Entries of each page besides the usual ones, «/Rotate 90». */
  readonly pageEntries?: string;
  /** Entries of the catalog: objects of `more` are numbered from `firstMore` on. */
  readonly catalogEntries?: string;
  readonly more?: readonly string[];
}

/** Number of the first of `more` among the objects, for so many pages. */
export const firstMore = (pages: number): number => 4 + 2 * pages;

/** Number of a page's object; `page` from 1. */
export const pageObject = (page: number): number => 2 + 2 * page;

/** Writes a small PDF: only ASCII, no compression. */
export function writePdf({ pages, pageEntries = '', catalogEntries = '', more = [] }: PdfToWrite): Blob {
  const kids = pages.map((_, at) => `${pageObject(at + 1)} 0 R`).join(' ');
  const objects = [
    `<< /Type /Catalog /Pages 2 0 R ${catalogEntries} >>`,
    `<< /Type /Pages /Count ${pages.length} /Kids [${kids}] >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
    ...pages.flatMap((content, at) => [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> ${pageEntries} ` +
        `/Contents ${pageObject(at + 1) + 1} 0 R >>`,
      `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    ]),
    ...more,
  ];
  let text = '%PDF-1.7\n';
  const offsets: number[] = [];
  for (const [at, object] of objects.entries()) {
    offsets.push(text.length);
    text += `${at + 1} 0 obj\n${object}\nendobj\n`;
  }
  const xref = text.length;
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n`;
  for (const offset of offsets) text += `${String(offset).padStart(10, '0')} 00000 n \n`;
  text += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${xref}\n%%EOF`;
  return new Blob([text], { type: 'application/pdf' });
}

/** Page contents that show a text at a place, in units from the bottom left. */
export const showText = (x: number, y: number, text: string, size = 12): string =>
  `BT /F1 ${size} Tf ${x} ${y} Td (${text}) Tj ET`;
