import { decodeBytes, decodeText } from './decode.ts';
import type { SourceDocument } from './document.ts';

/** UTF-16 code units [from, to) of a document's text, clamped to it as `String.slice` does. */
export type TextSlices = (document: SourceDocument, from: number, to: number) => Promise<string>;

/**
 * Reads slices of documents. Where every code unit has the same number of bytes (UTF-16,
 * windows-1252, UTF-8 that is all ASCII) only those bytes are read. Other UTF-8 is decoded whole and
 * the last such text kept, so that scrolling through one document decodes it once.
 */
export function createTextSlices(): TextSlices {
  let last: { readonly key: string; readonly text: Promise<string> } | null = null;

  const wholeText = (document: SourceDocument): Promise<string> => {
    const { info, text } = document;
    // The bytes decide, not the object: each message brings a new copy of it.
    const key = `${info.sha256} ${text.encoding} ${text.skip}`;
    if (last?.key !== key) {
      const entry = { key, text: decodeText(text) };
      last = entry;
      entry.text.catch(() => {
        if (last === entry) last = null;
      });
    }
    return last.text;
  };

  return async (document, from, to) => {
    const start = clamp(from, document.info.chars);
    const end = clamp(to, document.info.chars);
    if (start >= end) return '';
    const width = bytesPerUnit(document);
    if (width === null) return (await wholeText(document)).slice(start, end);
    // One unit more on either side: half a surrogate pair would not decode to itself.
    const before = width === 2 && start > 0 ? 1 : 0;
    const { blob, skip } = document.text;
    const bytes = blob.slice(skip + (start - before) * width, skip + (end + 1) * width);
    const text = decodeBytes(await bytes.arrayBuffer(), document.text);
    return text.slice(before, before + end - start);
  };
}

/** Bytes of every code unit, or null where they differ. */
function bytesPerUnit({ info, text }: SourceDocument): number | null {
  switch (text.encoding) {
    case 'utf-16le':
    case 'utf-16be':
      return 2;
    case 'windows-1252':
      return 1;
    case 'utf-8':
      return info.chars === text.blob.size - text.skip ? 1 : null;
  }
}

const clamp = (offset: number, length: number): number =>
  Math.max(0, Math.min(length, Math.trunc(offset) || 0));
