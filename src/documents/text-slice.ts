import { readBytes } from './blob-pieces.ts';
import { decodeBytes } from './decode.ts';
import type { SourceDocument, TextSource } from './document.ts';
import { type Place, bytesPerUnit, placeAfter, placeBefore } from './locate.ts';

/**
 * UTF-16 code units [from, to) of a document's text, clamped to it as `String.slice` does. Only the
 * bytes between the nearest known places are read.
 * @throws DOMException when the file cannot be read any more.
 */
export async function sliceText(
  { info, text }: SourceDocument,
  from: number,
  to: number,
): Promise<string> {
  const start = clamp(from, info.chars);
  const end = clamp(to, info.chars);
  if (start >= end) return '';
  // One unit more on either side of UTF-16: half a surrogate pair would not decode to itself.
  const beside = bytesPerUnit(text) === 2 ? 1 : 0;
  const first = placeBefore(text, Math.max(0, start - beside));
  const last = placeAfter(text, Math.min(info.chars, end + beside), info.chars);
  const units = await decodeBetween(text, first, last);
  return units.slice(start - first.char, end - first.char);
}

async function decodeBetween(text: TextSource, first: Place, last: Place): Promise<string> {
  // The last unit of UTF-16 may be half a one.
  const to = Math.min(text.blob.size, last.byte);
  return decodeBytes(await readBytes(text.blob, first.byte, to), text);
}

const clamp = (offset: number, length: number): number =>
  Math.max(0, Math.min(length, Math.trunc(offset) || 0));
