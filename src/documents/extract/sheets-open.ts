import { type WorkBook, read, set_cptable } from '@e965/xlsx';
import { formatBytes } from '../../base/format.ts';
import { openPackage } from '../archive/open-package.ts';
import { readBytes } from '../blob-pieces.ts';
import { UnreadableFile } from '../unreadable-file.ts';
import type { ExtractTools } from './extractor.ts';
import { CODEPAGES } from './sheets-codepages.ts';
import { disarm } from './sheets-disarm.ts';

/**
 * Bytes of a workbook, unpacked. SheetJS holds a whole workbook in objects: 284 MB of XML (six
 * million cells) became 1 GB of them.
 */
export const MOST_BYTES = 256_000_000;
/** Of one in the binary format before it, in which a cell is a tenth as long. */
export const MOST_BYTES_OLD = 100_000_000;

/** Parts that hold no cells, and may be large. */
const NO_CELLS = /(?:^|\/)(?:media|embeddings|pivotCache|printerSettings|activeX|Pictures|Thumbnails|Object[^/]*)\/|vbaProject/i;

/**
 * Reads a workbook of any format.
 * @throws UnreadableFile with one sentence; the reason of the signal.
 */
export async function openWorkbook(file: Blob, { name, kind, signal }: ExtractTools): Promise<WorkBook> {
  const bytes = kind === 'xls' ? await oldBytes(file, name) : await packageBytes(file, name, signal);
  signal.throwIfAborted();
  set_cptable(CODEPAGES);
  try {
    return read(bytes, {
      type: 'array',
      dense: true,
      cellNF: true,
      cellFormula: false,
      cellHTML: false,
      // OpenDocument tells by the text of a cell alone that a number is a percentage.
      cellText: kind === 'ods',
    });
  } catch (error) {
    throw sentence(error, name);
  }
}

async function oldBytes(file: Blob, name: string): Promise<Uint8Array> {
  if (file.size > MOST_BYTES_OLD) throw tooLarge(name, file.size, MOST_BYTES_OLD);
  return readBytes(file, 0, file.size);
}

async function packageBytes(file: Blob, name: string, signal: AbortSignal): Promise<Uint8Array> {
  const parts = await openPackage(file, name, signal);
  try {
    const bytes = await parts.repacked((path) => !NO_CELLS.test(path));
    if (bytes.length > MOST_BYTES) throw tooLarge(name, bytes.length, MOST_BYTES);
    disarm(bytes, name);
    return bytes;
  } finally {
    await parts.close();
  }
}

const tooLarge = (name: string, size: number, most: number): UnreadableFile =>
  new UnreadableFile(
    `“${name}” is a workbook of ${formatBytes(size)} (unpacked), and up to ${formatBytes(most)} can be read: save its sheets as CSV and add those.`,
  );

function sentence(error: unknown, name: string): UnreadableFile {
  const reason = error instanceof Error ? error.message : String(error);
  if (/password|encrypt/i.test(reason)) {
    return new UnreadableFile(
      `“${name}” is protected with a password: open it, save it without the password and add that.`,
    );
  }
  return new UnreadableFile(
    `“${name}” could not be read as a spreadsheet, as it is damaged or not one: open it, save it as XLSX or CSV and add that.`,
  );
}
