import { chromium } from '@playwright/test';
import { BENCHES, type BenchArguments, type DocumentsPart } from '../bench-arguments.ts';
import { ensureBrowser, launchOptions } from '../browser.ts';
import { memoryPart } from './documents-memory.ts';
import type { DocumentsBench } from './documents-part.ts';
import { pdfPart } from './documents-pdf.ts';
import { sheetsPart } from './documents-sheets.ts';
import { textPart } from './documents-text.ts';
import { viewerPart } from './documents-viewer.ts';
import { zipPart } from './documents-zip.ts';
import type { Report } from './figure.ts';
import { withFolder } from './with-folder.ts';

const PARTS: Readonly<Record<DocumentsPart, (bench: DocumentsBench) => Promise<void>>> = {
  pdf: pdfPart,
  text: textPart,
  zip: zipPart,
  sheets: sheetsPart,
  memory: memoryPart,
  viewer: viewerPart,
};

/**
 * Documents: how fast files of several kinds become text, beside the libraries alone on the same
 * files; what memory that takes; and how soon a long one is shown. A part that fails is told on
 * stderr, and the others go on.
 * @returns true where all parts were measured.
 */
export async function documentsBench(appUrl: string, report: Report, { only }: BenchArguments): Promise<boolean> {
  let whole = true;
  for (const part of BENCHES.documents) {
    if (only !== null && only !== part) continue;
    try {
      await withFolder(async (folder) => {
        // Each part has a browser of its own: none finds what another has warmed.
        const browser = await chromium.launch(launchOptions(ensureBrowser()));
        try {
          await PARTS[part]({ appUrl, report, folder, browser });
        } finally {
          await browser.close();
        }
      });
    } catch (error) {
      whole = false;
      process.stderr.write(`documents, ${part}: ${error instanceof Error ? error.message : String(error)}\n`);
    }
  }
  return whole;
}
