import type { PdfJs } from './pdf-library.ts';
import type { PDFDataRangeTransport } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** Hands pdf.js the stretches of a file that it asks for, so that the file is never here as a whole. */
export function rangeTransport({ PDFDataRangeTransport }: PdfJs, file: Blob): PDFDataRangeTransport {
  class BlobTransport extends PDFDataRangeTransport {
    override requestDataRange(begin: number, end: number): void {
      file
        .slice(begin, end)
        .arrayBuffer()
        .then(
          (bytes) => this.onDataRange(begin, new Uint8Array(bytes)),
          // What asked for it fails by its limit of time: pdf.js has no word for a file that has gone.
          () => this.abort(),
        );
    }
  }
  return new BlobTransport(file.size, null);
}
