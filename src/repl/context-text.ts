import type { TextSource } from '../documents/document.ts';

/**
 * The characters of a document. Malformed bytes become U+FFFD, as the reading of the file has
 * announced already.
 * @throws the blob's own error when the file has gone or changed since it was dropped.
 */
export async function readText({ blob, encoding, skip }: TextSource): Promise<string> {
  const bytes = await blob.slice(skip).arrayBuffer();
  return new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes);
}

/** Lines as an editor counts them: a text without a newline is one, an empty text none. */
export function countLines(text: string): number {
  if (text === '') return 0;
  let lines = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at + 1 < text.length; at = text.indexOf('\n', at + 1)) {
    lines += 1;
  }
  return lines;
}
