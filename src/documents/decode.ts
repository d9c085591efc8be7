import type { TextSource } from './document.ts';

/**
 * The whole text. Damaged places are U+FFFD, as they were counted; a byte-order mark at the start is
 * left out, one inside is kept.
 * @throws DOMException when the file cannot be read any more.
 */
export async function decodeText(source: TextSource): Promise<string> {
  return decodeBytes(await source.blob.slice(source.skip).arrayBuffer(), source);
}

/** Bytes of a source, not beginning inside a character, as text. */
export function decodeBytes(
  bytes: ArrayBuffer | Uint8Array<ArrayBuffer>,
  source: Pick<TextSource, 'encoding'>,
): string {
  return new TextDecoder(source.encoding, { ignoreBOM: true }).decode(bytes);
}
