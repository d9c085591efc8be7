import { BlobWriter, TextReader, Uint8ArrayReader, ZipWriter } from '@zip.js/zip.js';
import type { ExtractedKind } from '../../../trajectory/document-kinds.ts';
import type { DocumentPart } from '../../document.ts';
import type { Extracted, Extractor, ProgressUnit } from '../extractor.ts';
import { createTextWriter } from '../text-writer.ts';

/** A zip of these parts. */
export async function packed(parts: Readonly<Record<string, string | Uint8Array>>): Promise<Blob> {
  const writer = new ZipWriter(new BlobWriter(), { useWebWorkers: false });
  for (const [path, part] of Object.entries(parts)) {
    await writer.add(path, typeof part === 'string' ? new TextReader(part) : new Uint8ArrayReader(part));
  }
  return writer.close();
}

export interface ExtractedText extends Extracted {
  readonly text: string;
  readonly parts: readonly DocumentPart[];
  readonly progress: readonly (readonly [done: number, total: number, unit: ProgressUnit])[];
}

/** What an extractor makes of a file. */
export async function extracted(
  extractor: Extractor,
  file: Blob,
  kind: ExtractedKind,
  signal: AbortSignal = new AbortController().signal,
): Promise<ExtractedText> {
  const name = `file.${kind}`;
  const out = createTextWriter(name);
  const progress: (readonly [number, number, ProgressUnit])[] = [];
  const result = await extractor(file, {
    name,
    kind,
    out,
    signal,
    onProgress: (done, total, unit) => void progress.push([done, total, unit]),
  });
  return { ...result, text: await out.finish().text(), parts: out.parts, progress };
}

/** The extractor's sentence for a file that becomes no document. */
export async function refused(extractor: Extractor, file: Blob, kind: ExtractedKind): Promise<string> {
  try {
    await extracted(extractor, file, kind);
  } catch (error) {
    if (error instanceof Error && error.name === 'UnreadableFile') return error.message;
    throw error;
  }
  throw new Error('It was read.');
}
