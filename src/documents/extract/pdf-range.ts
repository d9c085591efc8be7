import type { PdfJs } from './pdf-library.ts';
import type { PDFDataRangeTransport } from 'pdfjs-dist/legacy/build/pdf.mjs';

/**
 * Hands pdf.js the stretches of a file that it asks for, so that the file is never here as a whole.
 * @param onFailed the file has changed or gone; pdf.js has no word for it, and what asked waits on
 */
export function rangeTransport(
  { PDFDataRangeTransport }: PdfJs,
  file: Blob,
  onFailed: () => void,
): PDFDataRangeTransport {
  class BlobTransport extends PDFDataRangeTransport {
    override requestDataRange(begin: number, end: number): void {
      file
        .slice(begin, end)
        .arrayBuffer()
        .then(
          (bytes) => this.onDataRange(begin, new Uint8Array(bytes)),
          onFailed,
        );
    }
  }
  return new BlobTransport(file.size, null);
}
